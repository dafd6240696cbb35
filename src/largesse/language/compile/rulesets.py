"""From a ruleset as stored to one that runs: read it, collect its templates, check it, compile it.

Reading and checking go through the whole ruleset before anything is compiled, so every mistake is reported at once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from largesse.language.check.canonical import key_of, sharable
from largesse.language.check.check import checking_in
from largesse.language.check.checked import Bound, Checked, Constant
from largesse.language.check.collect import height_of, reads_of
from largesse.language.check.scope import Checking, Scope
from largesse.language.check.templates import collect_templates
from largesse.language.compile.bindings import reader
from largesse.language.compile.callables import act_function, check_function, value_function
from largesse.language.compile.explain import explainer
from largesse.language.compile.written import WrittenBinding, WrittenRule, read_ruleset, written_paths
from largesse.language.diagnostics import Diagnostics, Mistake
from largesse.language.environment import Environment
from largesse.language.frame import UNSET, Frame
from largesse.language.kinds import Kind, Value
from largesse.language.limits import HEIGHT_MAX
from largesse.language.reads import together
from largesse.language.ruleset import Binding, Condition, Rule, Ruleset, RulesetSource
from largesse.language.syntax import Literal
from largesse.language.types import ANY, kinds_of, type_text

Reader: TypeAlias = Callable[[Frame], Value]

_NO_BINDINGS: Final[Mapping[str, Bound]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _CheckedBinding:
    kind: str | None
    bound: Bound
    value: Checked


@dataclass(frozen=True, slots=True)
class _CheckedRule:
    title: str
    bindings: tuple[_CheckedBinding, ...]
    conditions: tuple[tuple[Condition, Checked], ...]
    effects: tuple[Checked, ...]


def compile_ruleset(source: RulesetSource, environment: Environment, pointer: str = "") -> Ruleset | Diagnostics:
    """Compile a ruleset, or say everything that is wrong with it.

    `pointer` is put before the pointers of diagnostics, which lead to `/provided/<i>/expression`,
    `/bindings/<i>/expression`, `/rules/<i>/condition/<j>`, `/rules/<i>/effects/<j>` and
    `/rules/<i>/bindings/<j>/expression`.
    """
    checking = checking_in(environment)
    bindings, rules = read_ruleset(source, environment, pointer, checking.found)
    written = (
        *(node for binding in bindings for node in binding.nodes),
        *(node for rule in rules for node in rule.nodes),
    )
    for node in written:
        collect_templates(checking, node)
    slots = _Slots()
    common = _check_bindings(checking, bindings, _NO_BINDINGS, slots)
    scope = {each.bound.name: each.bound for each in common}
    checked = tuple(_check_rule(checking, rule, scope, slots) for rule in rules)
    if checking.found:
        return Diagnostics(tuple(checking.found))
    return _compiled(common, checked, slots)


@dataclass(slots=True)
class _Slots:
    """Counts the binding slots given out."""

    count: int = 0

    def next(self) -> int:
        self.count += 1
        return self.count - 1


def _check_bindings(
    checking: Checking, bindings: Sequence[WrittenBinding], around: Mapping[str, Bound], slots: _Slots
) -> tuple[_CheckedBinding, ...]:
    """Check bindings in order; each sees those before it."""
    checked: list[_CheckedBinding] = []
    names = dict(around)
    for written in bindings:
        value = _check_binding(checking, written, names)
        known = value.value if isinstance(value, Constant) else UNSET
        height = height_of(value)
        if height > HEIGHT_MAX:
            message = f"bindings may build on each other {HEIGHT_MAX} deep, their own nesting included"
            checking.report(Mistake.TOO_DEEP, message, value.node)
            height = 0
        bound = Bound(
            written.name, slots.next(), value.type, key_of(value), sharable(value), reads_of(value), known, height
        )
        names = names | {written.name: bound}
        checked.append(_CheckedBinding(written.kind, bound, value))
    return tuple(checked)


def _check_rule(checking: Checking, rule: WrittenRule, around: Mapping[str, Bound], slots: _Slots) -> _CheckedRule:
    bindings = _check_bindings(checking, rule.bindings, around, slots)
    names = {**around, **{each.bound.name: each.bound for each in bindings}}
    scope = Scope((), names, written_paths(rule.nodes))
    conditions = tuple((condition, _check_condition(checking, condition, scope)) for condition in rule.conditions)
    effects = tuple(checking.check(effect, scope) for effect in rule.effects)
    return _CheckedRule(rule.title, bindings, conditions, effects)


def _check_binding(checking: Checking, written: WrittenBinding, names: Mapping[str, Bound]) -> Checked:
    if written.node is None:
        return Constant(Literal(None), ANY, None)
    return checking.check(written.node, Scope((), names, written_paths(written.nodes)))


def _check_condition(checking: Checking, condition: Condition, scope: Scope) -> Checked:
    """Check a condition, which must be a truth value or a collection."""
    checked = checking.check(condition.node, scope)
    if kinds_of(checked.type) & (Kind.BOOLEAN | Kind.COLLECTION):
        return checked
    message = f"a condition must be Boolean, not {type_text(checked.type)}"
    return checking.report(Mistake.WRONG_KIND, message, condition.node)


def _compiled(bindings: tuple[_CheckedBinding, ...], rules: tuple[_CheckedRule, ...], slots: _Slots) -> Ruleset:
    readers: list[Reader] = []
    common = _compile_bindings(bindings, readers)
    compiled = tuple(_compile_rule(rule, readers) for rule in rules)
    reads = together((*(binding.reads for binding in common), *(rule.reads for rule in compiled)))
    return Ruleset(common, compiled, slots.count, reads)


def _compile_bindings(bindings: tuple[_CheckedBinding, ...], readers: list[Reader]) -> tuple[Binding, ...]:
    """Compile bindings in the order of their slots, adding to the readers that later code uses."""
    compiled: list[Binding] = []
    for each in bindings:
        bound = each.bound
        read = reader(bound.index, value_function(each.value, readers))
        readers.append(read)
        compiled.append(
            Binding(
                bound.name,
                each.kind,
                bound.index,
                bound.type,
                bound.key,
                bound.constant,
                bound.reads,
                read,
                each.value.node,
            )
        )
    return tuple(compiled)


def _compile_rule(rule: _CheckedRule, readers: list[Reader]) -> Rule:
    bindings = _compile_bindings(rule.bindings, readers)
    conditions = tuple(checked for _, checked in rule.conditions)
    return Rule(
        title=rule.title,
        reads=together(reads_of(checked) for checked in (*conditions, *rule.effects)),
        bindings=bindings,
        conditions=tuple(condition for condition, _ in rule.conditions),
        effects=tuple(checked.node for checked in rule.effects),
        check=check_function(conditions, readers),
        act=act_function(rule.effects, readers),
        explain=explainer(rule.title, conditions, readers),
    )

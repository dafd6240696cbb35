"""A ruleset as nodes: what was stored, read, with the shape of rules and conditions made plain. What cannot be read is
noted and left out, so that nothing more is said about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from largesse.language.diagnostics import Diagnostic, Mistake
from largesse.language.environment import Environment
from largesse.language.json_form import Json, from_json
from largesse.language.ruleset import BindingSource, Condition, RulesetSource, RuleSource
from largesse.language.syntax import Call, Literal, Node, walk
from largesse.language.values import text_of


@dataclass(frozen=True, slots=True)
class WrittenBinding:
    """A binding; `node` is None when it could not be read."""

    name: str
    kind: str | None
    node: Node | None

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Everything written in it."""
        return () if self.node is None else (self.node,)


@dataclass(frozen=True, slots=True)
class WrittenRule:
    """A rule; `conditions` are the members of its outermost `and`, or its one other expression."""

    title: str
    bindings: tuple[WrittenBinding, ...]
    conditions: tuple[Condition, ...]
    effects: tuple[Node, ...]

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Everything written in it, bindings included."""
        bound = (node for binding in self.bindings for node in binding.nodes)
        return (*bound, *(condition.node for condition in self.conditions), *self.effects)


@dataclass(frozen=True, slots=True)
class _Reader:
    environment: Environment
    found: list[Diagnostic]

    def read(self, json: Json, pointer: str) -> Node | None:
        node, found = from_json(json, pointer)
        self.found.extend(found)
        return None if found else node

    def array(self, json: Json, pointer: str, what: str) -> Sequence[Json]:
        if isinstance(json, Sequence) and not isinstance(json, str):
            return json
        self.found.append(Diagnostic(Mistake.BAD_JSON, f"{what} must be an array", pointer))
        return ()


def read_ruleset(
    source: RulesetSource, environment: Environment, pointer: str, found: list[Diagnostic]
) -> tuple[tuple[WrittenBinding, ...], tuple[WrittenRule, ...]]:
    """The bindings, those provided first, and the rules of a ruleset; what cannot be read is added to `found`."""
    reader = _Reader(environment, found)
    provided = _bindings(reader, source.provided, pointer, "provided")
    bindings = _bindings(reader, source.bindings, pointer)
    rules = (_rule(reader, rule, f"{pointer}/rules/{index}") for index, rule in enumerate(source.rules))
    return (*provided, *bindings), tuple(rules)


def _rule(reader: _Reader, rule: RuleSource, pointer: str) -> WrittenRule:
    effects = reader.array(rule.effects, f"{pointer}/effects", "the effects of a rule")
    read = (reader.read(effect, f"{pointer}/effects/{index}") for index, effect in enumerate(effects))
    return WrittenRule(
        rule.title,
        _bindings(reader, rule.bindings, pointer),
        _conditions(reader, rule.condition, f"{pointer}/condition"),
        tuple(node for node in read if node is not None),
    )


def _bindings(
    reader: _Reader, bindings: Sequence[BindingSource], pointer: str, among: str = "bindings"
) -> tuple[WrittenBinding, ...]:
    return tuple(
        WrittenBinding(
            binding.name,
            binding.kind,
            reader.read(_expression(reader, binding), f"{pointer}/{among}/{index}/expression"),
        )
        for index, binding in enumerate(bindings)
    )


def _expression(reader: _Reader, binding: BindingSource) -> Json:
    """The expression of a binding. Values of template parameters are sometimes bare lists; those become calls of
    `list`."""
    json = binding.expression
    if binding.kind != "templateParameter" or not isinstance(json, Sequence) or isinstance(json, str) or not json:
        return json
    atoms = all(not isinstance(each, Sequence | Mapping) or isinstance(each, str) for each in json)
    called = isinstance(json[0], str) and json[0].lower() in reader.environment.functions
    return ["list", *json] if atoms and not called else json


def _conditions(reader: _Reader, json: Json, pointer: str) -> tuple[Condition, ...]:
    node = reader.read(json, pointer)
    if isinstance(node, Literal):
        reader.array(json, pointer, "the condition of a rule")
        return ()
    match node:
        case None:
            return ()
        case Call(name, arguments) if name.lower() == "and":
            return tuple(Condition(argument, argument.place.pointer) for argument in arguments)
        case _:
            return (Condition(node, pointer),)


def written_paths(nodes: Sequence[Node]) -> frozenset[tuple[str, ...]]:
    """The paths that `set` writes anywhere in some nodes."""
    calls = (each for node in nodes for each in walk(node) if isinstance(each, Call) and each.name.lower() == "set")
    return frozenset(
        tuple(text_of(name.value) for name in call.arguments[:-1] if isinstance(name, Literal)) for call in calls
    )

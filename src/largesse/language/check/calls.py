"""Choosing the function a call means. [TL interpreter]

Candidates are the functions of that name, whatever its letter case, in the order of the environment. First the number
of arguments must fit, then their kinds. Where types decide, the choice is made here, once; where they cannot (a custom
attribute of unknown type), the call keeps several candidates and the values decide when the rule runs.
"""

from largesse.language.check.blocks import check_lazy, with_block
from largesse.language.check.checked import Block, Checked, Constant, Invoke, MakeMap
from largesse.language.check.fit import Fit, demand, fit
from largesse.language.check.scope import Checking, Scope
from largesse.language.diagnostics import Mistake, suggestion
from largesse.language.environment import Function, Known
from largesse.language.errors import FAILURES
from largesse.language.kinds import Kind, kind_of, kind_text
from largesse.language.limits import FOLDED_MAX, NODES_MAX, PATTERN_NODES
from largesse.language.sizes import extent
from largesse.language.syntax import Call, Node
from largesse.language.types import Type, join, kinds_of, type_of_kinds, type_text


def check_call(checking: Checking, call: Call, scope: Scope, others: tuple[str, ...]) -> Checked:
    """Check a call of a function; `others` are further names a mistyped one may have meant."""
    functions = checking.environment.functions.get(call.name.lower())
    if functions is None:
        for argument in call.arguments:
            checking.check(argument, scope)
        known = [each[0].name for each in checking.environment.functions.values()]
        message = f"there is no function `{call.name}`"
        return checking.report(Mistake.UNKNOWN_FUNCTION, message, call, suggestion(call.name, [*known, *others]))
    arguments = with_block(call.arguments, functions)
    candidates = _fitting_count(functions, len(arguments))
    if not candidates:
        noun = "argument" if len(arguments) == 1 else "arguments"
        message = f"{_taken(functions)}, not {len(arguments)} {noun}"
        return checking.report(Mistake.WRONG_ARGUMENTS, message, call)
    eager = [
        None if _lazy(candidates[0], position) else checking.check(argument, scope)
        for position, argument in enumerate(arguments)
    ]
    chosen = _fitting_kinds(candidates, eager)
    if not chosen:
        given = ", ".join("block" if each is None else type_text(each.type) for each in eager)
        return checking.report(Mistake.WRONG_ARGUMENTS, f"{_taken(functions)}, not ({given})", call)
    checked = _lazies(checking, chosen[0], arguments, eager, scope)
    return _refused(checking, _invoke(call, chosen, checked))


def _fitting_count(functions: tuple[Function, ...], count: int) -> list[Function]:
    """The overloads that take so many arguments and agree with the first of them about which are lazy."""
    fitting = [function for function in functions if function.shape.accepts_count(count)]
    return [
        function
        for function in fitting
        if all(_lazy(function, position) == _lazy(fitting[0], position) for position in range(count))
    ]


def _lazy(function: Function, position: int) -> bool:
    return Kind.TOKEN in function.shape.parameter(position)


def _fitting_kinds(candidates: list[Function], arguments: list[Checked | None]) -> tuple[Function, ...]:
    """The candidates whose kinds may fit, up to and including the first that surely does."""
    chosen: list[Function] = []
    for function in candidates:
        fits = [
            fit(argument, function.shape.parameter(position))
            for position, argument in enumerate(arguments)
            if argument is not None
        ]
        if Fit.NEVER in fits:
            continue
        chosen.append(function)
        if Fit.PERHAPS not in fits:
            break
    return tuple(chosen)


def _lazies(
    checking: Checking, function: Function, arguments: tuple[Node, ...], eager: list[Checked | None], scope: Scope
) -> tuple[Checked, ...]:
    """All arguments checked, the lazy ones now that the types of the others are known."""
    types = tuple(type_of_kinds(Kind.TOKEN) if each is None else each.type for each in eager)
    return tuple(
        check_lazy(checking, function, position, arguments[position], types, scope) if each is None else each
        for position, each in enumerate(eager)
    )


def _invoke(call: Call, functions: tuple[Function, ...], arguments: tuple[Checked, ...]) -> Invoke:
    first, *others = functions
    if not others:
        arguments = tuple(
            argument
            if isinstance(argument, Block)
            else demand(argument, first.shape.parameter(position), f"argument {position + 1} of `{first.name}`")
            for position, argument in enumerate(arguments)
        )
    types = tuple(argument.type for argument in arguments)
    result = result_type(first, types)
    for function in others:
        result = join(result, result_type(function, types))
    return Invoke(call, result, functions, arguments)


def result_type(function: Function, arguments: tuple[Type, ...]) -> Type:
    """The type of a call's value."""
    if function.result is None:
        return type_of_kinds(function.shape.result)
    return function.result(arguments) if callable(function.result) else function.result


def _refused(checking: Checking, invoke: Invoke) -> Checked:
    """The call, unless its one function refuses the arguments; its value, when that is known already."""
    function, *others = invoke.functions
    if others:
        return invoke
    if function.compiles and isinstance(invoke.arguments[0], Constant):
        checking.nodes += PATTERN_NODES
        if checking.nodes > NODES_MAX:
            return checking.report(Mistake.TOO_LARGE, f"a ruleset may have {NODES_MAX:,} nodes", invoke.node)
    if function.refuses is not None:
        refusal = function.refuses(tuple(map(_known, invoke.arguments)))
        if refusal is not None:
            return checking.report(Mistake.WRONG_VALUE, refusal, invoke.node)
    return _folded(checking, invoke, function)


def _known(argument: Checked) -> Known:
    match argument:
        case Constant():
            return Known(argument.type, argument.value)
        case MakeMap(entries=entries):
            return Known(argument.type, entries={key: _known(value) for key, value in entries})
        case _:
            return Known(argument.type)


def _folded(checking: Checking, invoke: Invoke, function: Function) -> Checked:
    """A call of constants becomes a constant; one that fails is left to fail when it runs, where `catch` may wait for
    it, and so is what would take long."""
    values = [argument.value for argument in invoke.arguments if isinstance(argument, Constant)]
    if function.needs_frame or len(values) < len(invoke.arguments):
        return invoke
    checking.folded += sum(map(extent, values))
    if checking.folded > FOLDED_MAX:
        return invoke
    try:
        value = function.implementation(*values)
    except FAILURES:
        return invoke
    checking.folded += extent(value)
    kind = kind_of(value)
    type_ = invoke.type if kinds_of(invoke.type) == kind else type_of_kinds(kind)
    return Constant(invoke.node, type_, value)


def _taken(functions: tuple[Function, ...]) -> str:
    ways = " or ".join(f"({_parameters(function)})" for function in functions)
    return f"`{functions[0].name}` takes {ways}"


def _parameters(function: Function) -> str:
    shape = function.shape
    named = [kind_text(kinds) for kinds in shape.parameters]
    return ", ".join(named) + ("..." if shape.repeated else "")

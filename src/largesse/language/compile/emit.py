"""From a checked expression to generated code: one small translation per kind of node."""

import ast
from collections.abc import Callable
from collections.abc import Sequence as Many
from typing import Final, TypeAlias, assert_never

from largesse.language.check.canonical import key_of, sharable
from largesse.language.check.checked import (
    Assign,
    Block,
    Bound,
    Checked,
    Constant,
    Demand,
    FieldStep,
    Invoke,
    KeyStep,
    Local,
    MakeMap,
    Read,
    ReadVariable,
    Sequence,
    Step,
    everything,
)
from largesse.language.compile import code as py
from largesse.language.compile import runtime, steps
from largesse.language.compile.code import Body, Code, Need
from largesse.language.compile.weave import FRAME, Weaver
from largesse.language.environment import Function, Root
from largesse.language.frame import UNSET, Frame
from largesse.language.kinds import Kind, Value
from largesse.language.limits import CHARACTERS_PER_STEP, NODES_PER_STEP
from largesse.language.types import Type, kinds_of

_QUICK: Final = {
    Kind.DECIMAL: runtime.wanted_decimal,
    Kind.STRING: runtime.wanted_string,
    Kind.BOOLEAN: runtime.wanted_boolean,
}


_AT_ONCE: Final = frozenset({"count", "head", "isempty", "item"})
"""Functions that look at a list without walking it."""


Readers: TypeAlias = Many[Callable[[Frame], Value]]
"""The functions that read the bindings, by slot."""

Observer: TypeAlias = Callable[[Checked, Code], Code]
"""What a tracer puts around the code of each part it wants to see."""


class Emitter:
    """Translates checked expressions into code on one weaver. Locals of the blocks around are Python variables. An
    observer sees every part outside blocks."""

    def __init__(self, readers: Readers, observer: Observer | None = None) -> None:
        self.weaver = Weaver()
        self._readers = readers
        self._observer = observer
        self._locals: dict[Local, str] = {}
        self._shared: dict[str, Code] = {}

    def emit(self, checked: Checked) -> Code:
        """The code of an expression. Definitions it needs are on the weaver."""
        code = self._emitted(checked)
        if self._observer is None or self._locals or isinstance(checked, Constant):
            return code
        return self._observer(checked, code)

    def _emitted(self, checked: Checked) -> Code:
        match checked:
            case Constant():
                return Code(self._constant(checked.value), checked.type)
            case Read():
                return self._read(checked)
            case ReadVariable():
                return self._helped(checked, runtime.read_variable, FRAME, self.weaver.name(checked.path))
            case Assign():
                value = self.strict(checked.value)
                return self._helped(checked, runtime.assign_variable, FRAME, self.weaver.name(checked.path), value)
            case MakeMap(entries=entries):
                keys: list[ast.expr | None] = [ast.Constant(key) for key, _ in entries]
                values = [self.strict(value) for _, value in entries]
                return Code(ast.Dict(keys, values), checked.type, fails=True)
            case Sequence(members=members):
                values = [self.strict(member) for member in members]
                last = ast.Subscript(ast.Tuple(values, ast.Load()), ast.Constant(-1), ast.Load())
                return Code(last, checked.type, fails=True)
            case Demand():
                return self._demand(checked)
            case Invoke():
                return self._shared_once(checked) if self._worth_sharing(checked) else self._invoke(checked)
            case Block(body=body):
                return self.emit(body)
            case _:
                assert_never(checked)

    def strict(self, checked: Checked) -> ast.expr:
        """An expression that has the value or raises."""
        return self.weaver.strict(self.emit(checked))

    def _helped(self, checked: Checked, function: object, *arguments: ast.expr) -> Code:
        return Code(py.call(self.weaver.name(function), *arguments), checked.type, fails=True)

    def _constant(self, value: object) -> ast.expr:
        return ast.Constant(value) if value is None or isinstance(value, bool | str) else self.weaver.name(value)

    def _demand(self, demand: Demand) -> Code:
        value, what = self.strict(demand.value), ast.Constant(demand.what)
        quick = _QUICK.get(demand.kinds)
        if quick is not None:
            return self._helped(demand, quick, value, what)
        return self._helped(demand, runtime.wanted, value, self.weaver.name(demand.kinds), what)

    def _read(self, read: Read) -> Code:
        match read.origin:
            case Local() as local:
                start = Code(py.name(self._locals[local]), local.type)
                missing = _perhaps_null(local.type)
            case Root() as root:
                start = Code(py.attribute(FRAME, root.attribute), root.type)
                missing = root.optional or _perhaps_null(root.type)
            case Bound() as bound:
                start = Code(py.call(self.weaver.name(self._readers[bound.index]), FRAME), bound.type, fails=True)
                missing = _perhaps_null(bound.type)
            case _:
                assert_never(read.origin)
        if missing:
            start = self._needing(start, read.origin.name)
        path = read.origin.name
        for step in read.steps:
            path = f"{path}.{step.field.name if isinstance(step, FieldStep) else step.key}"
            start = self._step(start, step, path)
        return py.typed(start, read.type)

    def _step(self, code: Code, step: Step, path: str) -> Code:
        match step:
            case FieldStep(field=field):
                there = _with(code, py.attribute(code.expression, field.attribute))
                return self._needing(there, path) if field.optional or _perhaps_null(field.type) else there
            case KeyStep(key=key, declared=True):
                get = py.attribute(code.expression, "get")
                return self._needing(_with(code, py.call(get, ast.Constant(key))), path)
            case KeyStep(key=key):
                looked_up = self.weaver.name(runtime.looked_up)
                owner = self.weaver.strict(code)
                return Code(py.call(looked_up, owner, ast.Constant(key), ast.Constant(path)), code.type, fails=True)

    def _needing(self, code: Code, path: str) -> Code:
        """The code, where None means missing: a need when it is a pure read, else looked at on the spot."""
        if code.fails:
            found = py.call(self.weaver.name(runtime.found), code.expression, ast.Constant(path))
            return Code(found, code.type, fails=True)
        return Code(code.expression, code.type, (*code.needs, Need(code.expression, path)))

    def _invoke(self, invoke: Invoke) -> Code:
        arguments = tuple(self._argument(invoke, position) for position in range(len(invoke.arguments)))
        first = invoke.functions[0]
        if len(invoke.functions) == 1 and first.inline is not None:
            inlined = first.inline(self.weaver, arguments)
            if inlined is not None:
                return py.typed(inlined, invoke.type)
        values = [self._passed(first, position, each) for position, each in enumerate(arguments)]
        if len(invoke.functions) > 1:
            return self._helped(invoke, runtime.chooser(invoke.functions), FRAME, *values)
        return self._helped(invoke, first.implementation, *([FRAME] if first.needs_frame else []), *values)

    def _passed(self, function: Function, position: int, argument: Code | Body) -> ast.expr:
        """An argument as the implementation receives it."""
        if isinstance(argument, Body):
            return self.weaver.closure(argument)
        if Kind.TOKEN in function.shape.parameter(position):
            return ast.Lambda(py.parameters(), self.weaver.strict(argument))
        return self.weaver.strict(argument)

    def _argument(self, invoke: Invoke, position: int) -> Code | Body:
        argument = invoke.arguments[position]
        if isinstance(argument, Block) and argument.parameters:
            return self._body(argument)
        code = self.emit(argument)
        return code if isinstance(argument, Block) else self._counted(invoke, position, argument, code)

    def _counted(self, invoke: Invoke, position: int, argument: Checked, code: Code) -> Code:
        """The code of an argument, which counts the steps that the call makes of it."""
        function = invoke.functions[0]
        kinds = kinds_of(argument.type)
        if kinds == Kind.LIST:
            if function.looks_through:
                return _with(code, py.call(self.weaver.name(steps.walked_through), FRAME, code.expression))
            blocks = [each for each in invoke.arguments if isinstance(each, Block) and each.parameters]
            if blocks or self._locals or function.name.lower() not in _AT_ONCE:
                return _with(code, self.weaver.walked(code.expression, 1 + sum(map(cost_of, blocks)) // NODES_PER_STEP))
        elif Kind.STRING in kinds and function.reads_texts and not _is_short(argument):
            count = steps.tried if function.compiles and position == 0 else steps.weighed
            if count is steps.tried and isinstance(argument, Constant):
                return code
            return _with(code, py.call(self.weaver.name(count), FRAME, code.expression))
        return code

    def _body(self, block: Block) -> Body:
        names = tuple(self.weaver.fresh("v") for _ in block.parameters)
        self._locals.update(zip(block.parameters, names, strict=True))
        with self.weaver.inside() as definitions:
            code = self.emit(block.body)
        for parameter in block.parameters:
            del self._locals[parameter]
        return Body(names, code, tuple(definitions))

    def _worth_sharing(self, invoke: Invoke) -> bool:
        """Whether the call walks a list and is the same in every rule of an evaluation, so that it is computed once. An
        observer wants to see the parts every time."""
        walks = any(isinstance(argument, Block) and argument.parameters for argument in invoke.arguments)
        return walks and self._observer is None and sharable(invoke)

    def _shared_once(self, invoke: Invoke) -> Code:
        """A call of a function, beside the rule's own, that computes the value unless the evaluation already has it."""
        key = key_of(invoke)
        if key not in self._shared:
            self._shared[key] = self._share(invoke, key)
        return self._shared[key]

    def _share(self, invoke: Invoke, key: str) -> Code:
        around, self._locals = self._locals, {}
        with self.weaver.inside() as definitions:
            code = self._invoke(invoke)
        self._locals = around
        kept = py.attribute(FRAME, "shared")
        lookup = py.call(py.attribute(kept, "get"), ast.Constant(key), self.weaver.name(UNSET))
        store = ast.Assign(
            [ast.Name("value", ast.Store()), ast.Subscript(kept, ast.Constant(key), ast.Store())],
            self.weaver.strict(code),
            lineno=1,
        )
        body = [
            py.assign("value", lookup),
            ast.If(py.compare(py.name("value"), ast.Is(), self.weaver.name(UNSET)), [*definitions, store], []),
            ast.Return(py.name("value")),
        ]
        reader = self.weaver.define_beside("shared", ("frame",), body)
        return Code(py.call(reader, FRAME), invoke.type, fails=code.fails or bool(code.needs))


def cost_of(checked: Checked) -> int:
    """The nodes of an expression, dear functions counted as many."""
    return sum(
        max(function.cost for function in each.functions) if isinstance(each, Invoke) else 1
        for each in everything(checked)
    )


def _is_short(argument: Checked) -> bool:
    """Whether an argument is a text so short that reading it costs nothing."""
    return (
        isinstance(argument, Constant)
        and isinstance(argument.value, str)
        and len(argument.value) < CHARACTERS_PER_STEP * NODES_PER_STEP
    )


def _with(code: Code, expression: ast.expr) -> Code:
    """Another expression under the same conditions."""
    return Code(expression, code.type, code.needs, code.fails)


def _perhaps_null(type_: Type) -> bool:
    """Whether a value of a type may be Null, which in a read means missing."""
    return Kind.NULL in kinds_of(type_)

"""The environment: the functions and roots a rule may name.

One declaration of a function carries everything: how it is called, what it does, its documentation, examples that run
as tests, and, where it pays, how to write it as Python directly. The checker, the compiler, the reference pages and
the tests all read the same declaration.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias

from largesse.language.compile.code import Body, Code
from largesse.language.compile.weave import Weaver
from largesse.language.errors import SignatureError
from largesse.language.frame import UNSET
from largesse.language.json_form import Json
from largesse.language.kinds import Kind, Value
from largesse.language.signature import Signature, parse_signature
from largesse.language.types import ANY, BindRule, ListType, ResultRule, Type

InlineRule: TypeAlias = Callable[[Weaver, tuple[Code | Body, ...]], Code | None]
"""How to write a call as Python: its code from the code of its arguments, or None to fall back on calling the
implementation. A lazy argument without parameters arrives as Code too: the rule decides where it runs."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an argument before the rule runs: its type, its value when it is a constant (else UNSET), and of
    a map written out as `kv` its entries."""

    type: Type
    value: Value = UNSET
    entries: "Mapping[str, Known] | None" = None


RefusalRule: TypeAlias = Callable[[tuple[Known, ...]], str | None]
"""What is wrong with arguments of fitting kinds, or None: a bad pattern, an unknown unit."""


@dataclass(frozen=True, slots=True)
class Example:
    """An expression and what comes of it: `result` as JSON, or `fails`, a piece of the message. Text is read in the
    text form, anything else as JSON."""

    expression: Json
    result: Json = None
    fails: str | None = None


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language.

    signature: the text form; several functions of one name are overloads, tried in the order of the environment.
    implementation: called with the evaluated arguments in order. An argument whose declared kinds include Token is
    lazy and arrives as a Python callable: with no parameters, or, when the function `binds`, with one per bound value.
    needs_frame: the frame comes first. result: the type of the value where the signature knows too little. binds: the
    types a block receives; `body`: the kinds its value must have. Exactly `Token` demands a block (`[["Item"], ...]`),
    `Decimal|Token` also takes a plain expression. named_body: `(list, "x", body)` is accepted for `(list, [["x"],
    body])`. inline: see InlineRule. refuses: see RefusalRule; it runs when the rule is checked, the implementation must
    still refuse such values when they are only known later. cost: the nodes a call counts as in a block that is walked
    with. looks_through: what lists inside its lists hold is looked at, too. compiles: its first text is a pattern.
    """

    signature: str
    implementation: Callable[..., Value]
    doc: str
    examples: tuple[Example, ...] = ()
    needs_frame: bool = False
    result: Type | ResultRule | None = None
    binds: BindRule | None = None
    body: Kind = Kind.ATOM | Kind.COLLECTION
    named_body: bool = False
    inline: InlineRule | None = None
    refuses: RefusalRule | None = None
    cost: int = 1
    looks_through: bool = False
    compiles: bool = False
    shape: Signature = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shape", parse_signature(self.signature))

    @property
    def reads_texts(self) -> bool:
        """Whether it takes texts and nothing else in some place, and so may take as long as they are."""
        return any(kinds == Kind.STRING for kinds in self.shape.parameters)

    @property
    def name(self) -> str:
        """The name as it is declared; calls find it in any letter case."""
        return self.shape.name


def each_element(types: tuple[Type, ...]) -> tuple[Type, ...]:
    """The BindRule of functions that walk a list: the block receives an element of the first list among the
    arguments."""
    return next(((type_.element,) for type_ in types if isinstance(type_, ListType)), (ANY,))


@dataclass(frozen=True, slots=True)
class Root:
    """A name every path starts with, read as an attribute of the frame.

    optional: the attribute may be None, and reading through it fails with "Unable to find". constant: it stays the
    same during one evaluation (except fields that say they vary), so that what is computed from it may be shared
    between rules.
    """

    name: str
    type: Type
    attribute: str
    optional: bool = False
    constant: bool = False
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Environment:
    """What a rule may name. functions and roots are keyed by lower-cased name; `aliases` are other names under which
    locals and roots are found, lower-cased, where nothing has the name itself. Made by `environment`."""

    functions: Mapping[str, tuple[Function, ...]]
    roots: Mapping[str, Root]
    aliases: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def environment(
    functions: Iterable[Function], roots: Iterable[Root], aliases: Mapping[str, str] | None = None
) -> Environment:
    """An environment from its parts; raises SignatureError when two functions, or two roots, cannot be told apart."""
    table: dict[str, tuple[Function, ...]] = {}
    for each in functions:
        overloads = table.get(each.name.lower(), ())
        if any(_clash(each.shape, other.shape) for other in overloads):
            raise SignatureError(f"`{each.signature}` is declared twice")
        table[each.name.lower()] = (*overloads, each)
    by_name: dict[str, Root] = {}
    for root in roots:
        if root.name.lower() in by_name:
            raise SignatureError(f"the root `{root.name}` is declared twice")
        by_name[root.name.lower()] = root
    also = {alias.lower(): name for alias, name in (aliases or {}).items()}
    return Environment(MappingProxyType(table), MappingProxyType(by_name), MappingProxyType(also))


def _clash(one: Signature, other: Signature) -> bool:
    return one.parameters == other.parameters and one.repeated == other.repeated

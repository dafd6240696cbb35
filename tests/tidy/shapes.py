"""Types and shapes: exact numbers, no `Any`, frozen data, flat classes, nothing that happens on import."""

import ast
from collections.abc import Iterator

from tests.tidy.rule import Finding, Rule, is_product
from tests.tidy.source import Source
from tests.tidy.syntax import classes, dotted, functions, imported, type_of_function, uses

MONEY_RINGS = ("src/largesse/language", "src/largesse/engine", "src/largesse/storage", "src/largesse/api")
TYPED_RINGS = ("src/largesse/language", "src/largesse/engine", "src/largesse/storage")
DOORS = ("src/largesse/cli", "src/largesse/main.py")
# Working copies that grow while one thing is done and are gone afterwards, each with that thing.
MUTABLE = {
    "src/largesse/engine/state.py": "one evaluation",
    "src/largesse/language/check/scope.py": "one check of a ruleset",
    "src/largesse/language/frame.py": "one run of a ruleset's rules",
    "src/largesse/plumbing/http/dispatch.py": "one request",
}
# Where a float is not an amount, each with what it is.
NOT_MONEY = {"src/largesse/language/diagnostics.py": "how alike two names are, for did-you-mean"}
DECORATORS_MAX = 2
SELF_REGISTERING = frozenset({"register", "command", "subscriber", "listener"})


def floats(source: Source) -> Iterator[Finding]:
    """Float literals and conversions to float."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Constant(value=float()):
                yield Finding(node.lineno, ast.unparse(node))
            case ast.Call(func=ast.Name(id="float")):
                yield Finding(node.lineno, ast.unparse(node))
            case _:
                pass


def any_types(source: Source) -> Iterator[Finding]:
    """Uses of typing.Any, but for the one that says JSON may be anything."""
    json = set(_json_aliases(source.tree))
    return (Finding(line, name) for line, name in uses(source.tree) if name == "typing.Any" and line not in json)


def _json_aliases(tree: ast.Module) -> Iterator[int]:
    """The lines on which a module says what JSON is."""
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="JSON")]) | ast.AnnAssign(target=ast.Name(id="JSON")):
                yield node.lineno
            case _:
                pass


def thawed(source: Source) -> Iterator[Finding]:
    """Structs and dataclasses that others see and that can be changed after they are made."""
    names = imported(source.tree)
    for node in classes(source.tree):
        if node.name.startswith("_"):
            continue
        is_struct = any(dotted(parent, names) == "msgspec.Struct" for parent in node.bases)
        decorators = [_called(decorator) for decorator in node.decorator_list]
        dataclass = next((call for call in decorators if dotted(call.func, names) == "dataclasses.dataclass"), None)
        if is_struct and not _is_true(node.keywords, "frozen"):
            yield Finding(node.lineno, f"struct {node.name} is not frozen")
        if dataclass and not (_is_true(dataclass.keywords, "frozen") and _is_true(dataclass.keywords, "slots")):
            yield Finding(node.lineno, f"dataclass {node.name} is not frozen with slots")


def _called(decorator: ast.expr) -> ast.Call:
    """A decorator as a call, whether it was written as one or not."""
    return decorator if isinstance(decorator, ast.Call) else ast.Call(decorator, [], [])


def _is_true(keywords: list[ast.keyword], name: str) -> bool:
    return any(
        word.arg == name and isinstance(word.value, ast.Constant) and word.value.value is True for word in keywords
    )


def towers(source: Source) -> Iterator[Finding]:
    """Functions under more than two decorators."""
    for function in functions(source.tree):
        if len(function.decorator_list) > DECORATORS_MAX:
            yield Finding(function.lineno, f"{function.name} has {len(function.decorator_list)} decorators")


def registration(source: Source) -> Iterator[Finding]:
    """Things that happen, or enter themselves somewhere, because a module is imported."""
    names = imported(source.tree)
    for line, name in uses(source.tree):
        if name.endswith(".__subclasses__") or name.startswith(("pkgutil.", "importlib.import_module")):
            yield Finding(line, f"{name} finds things instead of listing them")
    for node in ast.walk(source.tree):
        if isinstance(node, type_of_function) and node.name == "__init_subclass__":
            yield Finding(node.lineno, "a subclass enters itself")
        for decorator in getattr(node, "decorator_list", []):
            name = dotted(_called(decorator).func, names) or ""
            if name.rpartition(".")[2] in SELF_REGISTERING and not name.startswith("click."):
                yield Finding(decorator.lineno, f"@{name} enters a function somewhere on import")
    for statement in source.tree.body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
            yield Finding(statement.lineno, f"{ast.unparse(statement)} happens on import")


def prints(source: Source) -> Iterator[Finding]:
    """Calls of print."""
    return (Finding(line, name) for line, name in uses(source.tree) if name == "print")


EXACT = Rule(
    name="money never meets a float",
    instead="use Decimal('0.1') or an int; durations are timedelta or whole milliseconds",
    covers=lambda source: is_product(source) and source.under(*MONEY_RINGS) and not source.under(*NOT_MONEY),
    find=floats,
    refused=(("src/largesse/engine/a.py", "x = 0.1\n"), ("src/largesse/api/a.py", "x = float('1')\n")),
    allowed=(
        ("src/largesse/engine/a.py", "x = Decimal('0.1')\ny = isinstance(x, float)\n"),
        ("src/largesse/plumbing/a.py", "sleep_seconds = 0.1\n"),
    ),
)
NO_ANY = Rule(
    name="the inner rings know their types",
    instead="name the type: a union, a TypeVar, a Protocol, or the JSON type of language.values",
    covers=lambda source: is_product(source) and source.under(*TYPED_RINGS),
    find=any_types,
    refused=(
        ("src/largesse/engine/a.py", "from typing import Any\nx: Any = 1\n"),
        ("src/largesse/storage/a.py", "import typing as t\nx: dict[str, t.Any] = {}\n"),
    ),
    allowed=(
        ("src/largesse/engine/a.py", "x: object = any([])\n"),
        ("src/largesse/engine/a.py", "from typing import Any, TypeAlias\nJSON: TypeAlias = Any\n"),
        ("src/largesse/cli/a.py", "from typing import Any\nx: Any\n"),
    ),
)
FROZEN = Rule(
    name="data is frozen",
    instead="write Struct, frozen=True or @dataclass(frozen=True, slots=True), and make a changed copy with replace",
    covers=lambda source: is_product(source) and not source.under(*MUTABLE),
    find=thawed,
    refused=(
        ("src/largesse/engine/a.py", "from msgspec import Struct\nclass A(Struct):\n    x: int\n"),
        ("src/largesse/engine/a.py", "import msgspec\nclass A(msgspec.Struct, frozen=False):\n    x: int\n"),
        ("src/largesse/engine/a.py", "from dataclasses import dataclass\n@dataclass\nclass A:\n    x: int\n"),
        ("src/largesse/engine/a.py", "import dataclasses\n@dataclasses.dataclass(slots=True)\nclass A:\n    x: int\n"),
    ),
    allowed=(
        ("src/largesse/engine/a.py", "import msgspec\nclass A(msgspec.Struct, frozen=True):\n    x: int\n"),
        (
            "src/largesse/engine/a.py",
            "from dataclasses import dataclass\n@dataclass(frozen=True, slots=True)\nclass A:\n    x: int\n",
        ),
        ("src/largesse/language/parse.py", "from dataclasses import dataclass\n@dataclass\nclass _Open:\n    x: int\n"),
        ("src/largesse/engine/state.py", "from dataclasses import dataclass\n@dataclass\nclass A:\n    x: int\n"),
    ),
)
NO_TOWERS = Rule(
    name="at most two decorators on a function",
    instead="call what the decorators would do, in order, inside the function",
    covers=lambda source: is_product(source) and not source.under(*DOORS),
    find=towers,
    refused=(("src/largesse/api/a.py", "@a\n@b\n@c\ndef f(): ...\n"),),
    allowed=(
        ("src/largesse/api/a.py", "@a\n@b\ndef f(): ...\n"),
        ("src/largesse/cli/a.py", "@a\n@b\n@c\ndef f(): ...\n"),
    ),
)
NO_REGISTRATION = Rule(
    name="catalogues are explicit lists; importing a module does nothing",
    instead="add a line to the list a reader can grep (CATALOGUE, NOUNS, JOBS, COMMANDS)",
    covers=lambda source: is_product(source) and source.path.name != "__main__.py",
    find=registration,
    refused=(
        ("src/a.py", "@effects.register\ndef f(): ...\n"),
        ("src/a.py", "@group.command('x')\ndef f(): ...\n"),
        ("src/a.py", "CATALOGUE.append(f)\n"),
        ("src/a.py", "import pkgutil\nx = pkgutil.iter_modules()\n"),
        ("src/a.py", "class A:\n    def __init_subclass__(cls): ...\n"),
    ),
    allowed=(
        ("src/a.py", '"""Why."""\nimport click\n@click.command()\ndef f(): ...\nCATALOGUE = (f,)\n'),
        ("src/a.py", "if __name__ == '__main__':\n    main()\n"),
    ),
)
QUIET = Rule(
    name="only the command line prints",
    instead="return it, raise it, or log it through plumbing.telemetry",
    covers=lambda source: is_product(source) and not source.under(*DOORS),
    find=prints,
    refused=(("src/largesse/engine/a.py", "print(1)\n"),),
    allowed=(("src/largesse/cli/a.py", "print(1)\n"), ("src/largesse/engine/a.py", "blueprint(1)\n")),
)

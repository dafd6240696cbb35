"""Templates: macros written in the language itself, called with `!`. [TL templates.go]

All templates of a ruleset are collected before anything is checked. A call is replaced by the template's expression,
with the arguments in the places of their numbers; what comes out is checked where the call stands. Templates may call
templates, so expansions are counted.
"""

from decimal import Decimal

from largesse.language.check.checked import Checked
from largesse.language.check.fit import Fit, fit
from largesse.language.check.scope import Checking, Scope, Template
from largesse.language.diagnostics import Mistake, suggestion
from largesse.language.errors import SignatureError
from largesse.language.kinds import Kind
from largesse.language.limits import EXPANSIONS_MAX
from largesse.language.signature import parse_signature
from largesse.language.syntax import Call, Group, Literal, Node, walk


def collect_templates(checking: Checking, node: Node) -> None:
    """Note every template an expression defines."""
    for each in walk(node):
        match each:
            case Call(name, (Literal(str(text)), body)) if name.lower() == "settemplate":
                try:
                    checking.templates.append(Template(parse_signature(text), body))
                except SignatureError as error:
                    checking.report(Mistake.BAD_TEMPLATE, error.message, each)
            case Call(name) if name.lower() == "settemplate":
                checking.report(Mistake.BAD_TEMPLATE, "`setTemplate` takes a signature and an expression", each)
            case _:
                pass


def check_expansion(checking: Checking, call: Call, scope: Scope) -> Checked:
    """Check `!`."""
    match call.arguments:
        case (Literal(str(name)), *rest):
            arguments = tuple(rest)
        case _:
            return checking.report(Mistake.WRONG_ARGUMENTS, "`!` takes the name of a template", call)
    template = _chosen(checking, name, arguments, scope)
    if template is None:
        known = (each.signature.name for each in checking.templates)
        message = f"no template `{name}` takes these arguments"
        return checking.report(Mistake.UNKNOWN_FUNCTION, message, call, suggestion(name, known))
    if not checking.expand():
        return checking.report(Mistake.TOO_LARGE, f"templates may be called {EXPANSIONS_MAX:,} times", call)
    return checking.check(_expanded(template.body, arguments), scope)


def check_placeholder(checking: Checking, call: Call, scope: Scope) -> Checked:
    """Check `#` that no expansion has replaced."""
    return checking.report(
        Mistake.BAD_TEMPLATE, "`#` stands for an argument of a template, and there is none here", call
    )


def _chosen(checking: Checking, name: str, arguments: tuple[Node, ...], scope: Scope) -> Template | None:
    """The template meant: the first that takes so many arguments and whose kinds fit. Where only one takes so many,
    what is not written out is left for its expression to judge: looking twice at calls in calls would take ever
    longer."""
    fitting = [
        template
        for template in checking.templates
        if template.signature.name.lower() == name.lower() and template.signature.accepts_count(len(arguments))
    ]
    noted = len(checking.found)
    checked = [
        checking.check(argument, scope) if len(fitting) > 1 or isinstance(argument, Literal) else None
        for argument in arguments
    ]
    del checking.found[noted:]
    return next((template for template in fitting if _fits(template, checked)), None)


def _fits(template: Template, arguments: list[Checked | None]) -> bool:
    wanted = (template.signature.parameter(position) for position in range(len(arguments)))
    return all(
        argument is None or Kind.TOKEN in kinds or fit(argument, kinds) is not Fit.NEVER
        for argument, kinds in zip(arguments, wanted, strict=True)
    )


def _expanded(node: Node, arguments: tuple[Node, ...]) -> Node:
    """The template's expression with the arguments in place."""
    match node:
        case Call("#", (Literal(number),)):
            position = _position(number)
            return node if position is None or position >= len(arguments) else arguments[position]
        case Call(name, inner, place):
            return Call(name, tuple(_expanded(each, arguments) for each in inner), place)
        case Group(members, place):
            return Group(tuple(_expanded(each, arguments) for each in members), place)
        case Literal():
            return node


def _position(number: object) -> int | None:
    text = str(number) if isinstance(number, str | Decimal) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None

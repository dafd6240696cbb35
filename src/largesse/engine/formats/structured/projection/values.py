"""Values of expressions as blocks write them. Raises NoBlockError where there is no way to."""

from decimal import Decimal

from msgspec import UNSET

from largesse.engine.attributes import JSON
from largesse.engine.definitions import Definitions
from largesse.engine.formats.structured.notes import Notes
from largesse.engine.formats.structured.references import (
    AchievementReference,
    AudienceReference,
    CustomEffectReference,
)
from largesse.engine.formats.structured.values import PATH, value_node
from largesse.engine.money import ZERO
from largesse.language import Call, Literal, Node, format_formula, format_template, to_json


class NoBlockError(Exception):
    """An expression, or a part of one, that blocks cannot say."""


def attribute_json(node: Node) -> JSON:
    """What is compared: a path, a formula, or else the expression."""
    if isinstance(node, Literal):
        return _braces(node)
    formula = format_formula(node)
    if formula is None:
        return to_json(node)
    return formula if isinstance(node, Call) and node.name == "." else f"{{{{{formula}}}}}"


def path_text(node: Node) -> str:
    """A path where only a path will do."""
    formula = format_formula(node)
    if formula is None or not (isinstance(node, Call) and node.name == "."):
        raise NoBlockError
    return formula


def value_json(node: Node) -> JSON:
    """What something is compared with or set to."""
    match node:
        case Literal(bool() | str() | Decimal()):
            json = to_json(node)
        case Call("list", elements):
            json = [value_json(each) for each in elements]
        case Call("."):
            text = path_text(node)
            json = text if PATH.fullmatch(text) else f"{{{{{text}}}}}"
        case _:
            json = _braces(node)
    notes = Notes()
    if value_node(json, notes, "") != node or notes.found:
        raise NoBlockError
    return json


def list_json(node: Node) -> JSON:
    """A list of values, or the attribute or formula that gives one."""
    return value_json(node) if isinstance(node, Call) and node.name == "list" else attribute_or_braces(node)


def attribute_or_braces(node: Node) -> str:
    """A path or a formula, as text."""
    formula = format_formula(node)
    if formula is None:
        raise NoBlockError
    return formula if formula.startswith("$") and isinstance(node, Call) and node.name == "." else _braces(node)


def number_json(node: Node) -> JSON:
    """A number or a formula."""
    if isinstance(node, Literal) and isinstance(node.value, Decimal):
        return to_json(node)
    return _braces(node)


def text_json(node: Node) -> str:
    """A text, perhaps with formulas in it."""
    text = format_template(node)
    if text is None:
        raise NoBlockError
    return text


def string_of(node: Node) -> str:
    """A text without formulas."""
    if isinstance(node, Literal) and isinstance(node.value, str):
        return node.value
    raise NoBlockError


def whole_of(node: Node) -> int:
    """A whole number."""
    if isinstance(node, Literal) and isinstance(node.value, Decimal) and node.value == int(node.value):
        return int(node.value)
    raise NoBlockError


def achievement_reference(achievement_id: int, definitions: Definitions) -> AchievementReference:
    """An achievement with what is known of it."""
    known = definitions.achievements.get(achievement_id)
    if known is None:
        return AchievementReference(id=achievement_id, name="", title="", target=ZERO)
    return AchievementReference(id=achievement_id, name=known.name, title=known.title, target=known.target)


def program_reference(program_id: int, definitions: Definitions) -> CustomEffectReference:
    """How blocks name a loyalty program; one that is gone has no name."""
    found = next((each for each in definitions.loyalty_programs.values() if each.id == program_id), None)
    name, title = ("", "") if found is None else (found.name, found.title)
    return CustomEffectReference(id=program_id, name=name, title=title)


def audience_reference(audience_id: int, definitions: Definitions) -> AudienceReference:
    """An audience as blocks name it; one that is gone has no name."""
    audience = definitions.audiences.get(audience_id)
    if audience is None:
        return AudienceReference(id=audience_id, name="")
    return AudienceReference(
        id=audience_id,
        name=audience.name,
        integration=audience.integration or UNSET,
        integration_id=UNSET if audience.integration_id is None else audience.integration_id,
    )


def is_true(nodes: tuple[Node, ...]) -> bool:
    """Whether the last argument that may be left out is there and true; another one has no block."""
    if not nodes:
        return False
    if nodes != (Literal(True),):
        raise NoBlockError
    return True


def _braces(node: Node) -> str:
    formula = format_formula(node)
    if formula is None or "}}" in formula:
        raise NoBlockError
    return f"{{{{{formula}}}}}"

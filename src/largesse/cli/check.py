"""`largesse check`: whether rulesets in a file may be saved, without a server to ask."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import click
import msgspec

from largesse.api.rulesets.check import mistakes_in, mistakes_in_blocks
from largesse.api.rulesets.structured_wire import NewRulesetV2, plain_ruleset
from largesse.api.rulesets.wire import NewRuleset
from largesse.engine.applications import Application
from largesse.engine.attributes import JSON, AttributeDefinition, AttributeDefinitions
from largesse.engine.definitions import Definitions
from largesse.engine.formats.plain_data import from_plain
from largesse.engine.formats.plain_definitions import plain_definitions
from largesse.plumbing.http.codec import BodyReader, encode
from largesse.plumbing.problems import FieldError, Invalid, at_pointer

HELP = """Check the rulesets in a JSON file: one ruleset, as it is sent to the server, or a whole shop, as
`largesse.load` takes it. Rulesets are expressions or, in the structured form, blocks.

Every mistake is printed with its place, and the exit code is 1 if there is one. A shop brings its attributes; for a
single ruleset, --attributes names a file with them, as GET /v1/attributes answers.
"""

_BODY = BodyReader(NewRuleset)
_BLOCKS = BodyReader(NewRulesetV2)
_APPLICATION: Mapping[str, JSON] = {"id": 1, "accountId": 1, "name": "shop"}


def run(*, file: Path, attributes: Path | None) -> None:
    """Prints what is wrong, or how much is right."""
    data = _read(file)
    known = _definitions(data.get("attributes") or (), file)
    if attributes is not None:
        known += _definitions(_listed(_read_any(attributes), attributes), attributes)
    try:
        shop = from_plain({**_APPLICATION, **(data.get("application") or {})}, Application)
    except ValueError as error:
        raise click.ClickException(f"{file}: the application is not one: {error}.") from error
    plain = plain_definitions(data, shop.id)
    definitions = msgspec.structs.replace(plain, attributes=AttributeDefinitions(known, shop.id))
    rulesets = list(_rulesets(data))
    mistakes = [mistake for each in rulesets for mistake in _mistakes(*each, shop, definitions)]
    for mistake in mistakes:
        click.echo(f"{file}: {mistake.pointer}: {mistake.title}: {mistake.details}")
    if mistakes:
        raise click.exceptions.Exit(1)
    click.echo(f"{file}: no mistakes in {len(rulesets)} ruleset{'' if len(rulesets) == 1 else 's'}.")


def _rulesets(data: Mapping[str, JSON]) -> Iterator[tuple[JSON, str, int]]:
    """The rulesets of a file, each with its place and the id of its campaign."""
    if "campaigns" not in data:
        yield data, "", 0
        return
    for index, campaign in enumerate(data["campaigns"]):
        if isinstance(campaign, Mapping) and campaign.get("ruleset") is not None:
            ruleset = campaign["ruleset"]
            whole = ruleset if _is_structured(ruleset) else {"rules": [], "bindings": [], **ruleset}
            yield whole, f"/campaigns/{index}/ruleset", campaign.get("id", index + 1)


def _is_structured(ruleset: JSON) -> bool:
    return isinstance(ruleset, Mapping) and "promotionRules" in ruleset


def _mistakes(
    ruleset: JSON, place: str, campaign_id: int, shop: Application, definitions: Definitions
) -> Iterator[FieldError]:
    found: Sequence[FieldError]
    try:
        if _is_structured(ruleset):
            plain = plain_ruleset(_BLOCKS.read(encode(ruleset)))
            _, found = mistakes_in_blocks(plain, shop, definitions, campaign_id)
        else:
            found = mistakes_in(_BODY.read(encode(ruleset)), shop, definitions, campaign_id)
    except Invalid as refused:
        found = refused.errors
    for each in found:
        yield at_pointer(each.title, each.details or "", place + (each.pointer or ""))


def _definitions(listed: Sequence[JSON], file: Path) -> list[AttributeDefinition]:
    try:
        return [
            from_plain({"id": number, **each}, AttributeDefinition) if isinstance(each, Mapping) else _not_one(each)
            for number, each in enumerate(listed, 1)
        ]
    except ValueError as error:
        raise click.ClickException(f"{file}: an attribute is not one: {error}.") from error


def _not_one(each: JSON) -> AttributeDefinition:
    raise ValueError(f"{each!r} is no object")


def _listed(read: JSON, file: Path) -> Sequence[JSON]:
    listed = read.get("data") if isinstance(read, Mapping) else read
    if not isinstance(listed, list):
        raise click.ClickException(f"{file} holds no list of attributes.")
    return listed


def _read(file: Path) -> Mapping[str, JSON]:
    read = _read_any(file)
    if not isinstance(read, Mapping):
        raise click.ClickException(f"{file} holds neither a ruleset nor a shop.")
    return read


def _read_any(file: Path) -> JSON:
    try:
        read: JSON = msgspec.json.Decoder(float_hook=Decimal).decode(file.read_bytes())
    except (msgspec.DecodeError, RecursionError) as error:
        raise click.ClickException(f"{file} is not JSON: {error}.") from error
    return read


FILE = click.Argument(["file"], type=click.Path(exists=True, dir_okay=False, path_type=Path))
ATTRIBUTES = click.Option(
    ["--attributes"],
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A JSON file with the definitions of the custom attributes that rules may read.",
)

COMMAND = click.Command(
    "check", callback=run, help=HELP, short_help="Check the rulesets in a file.", params=[FILE, ATTRIBUTES]
)

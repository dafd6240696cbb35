"""The values that an attribute may have, from a CSV file."""

from collections.abc import Iterator
from decimal import Decimal

from largesse.api.attributes.wire import AttributePath
from largesse.api.imports import Import, begin_import, finish_import
from largesse.api.integration_ids import too_long
from largesse.engine.attributes import AttributeType, texts_of
from largesse.engine.refusals import REQUIRED, TOO_LONG, TOO_MANY
from largesse.plumbing.context import Call
from largesse.plumbing.http.files.csv_rows import CsvRow, WrongCell, WrongLines, decimal_cell, in_chunks, read_rows
from largesse.plumbing.http.files.uploads import Upload
from largesse.plumbing.http.operation import Access, AnyOperation, Operation, Reply, Request
from largesse.plumbing.problems import Invalid, NotFound
from largesse.storage import attributes
from largesse.storage.attributes import add_values, begin_list

ITEM = "item"
ENTITY = "AttributeAllowedList"

# Published.
ITEMS_MAX = 500_000

# Few enough that reading them holds up nobody else's request for more than some milliseconds.
ROWS_PER_STATEMENT = 2_000

# What a line of a file can be.
LISTABLE: dict[AttributeType, bool] = {"string": False, "(list string)": False, "number": True, "(list number)": True}


async def import_allowed_list(call: Call[object], request: Request[AttributePath, None, Upload]) -> Reply:
    """Put the values of a file in the place of those that the attribute may have."""
    account_id, attribute_id = call.caller.account_id, request.path.attribute_id
    attribute = await attributes.find_attribute(call.db, account_id, attribute_id)
    if attribute is None:
        raise NotFound("There is no such attribute")
    kind = attribute.definition.type
    if kind not in LISTABLE:
        raise Invalid(f"An attribute of the type {kind} has no allowed list: only strings and numbers have")
    wrong = WrongLines()
    rows = read_rows(request.body, (ITEM,), required=(ITEM,), wrong=wrong)
    import_id = await begin_import(call, ENTITY)
    await begin_list(call.db, account_id, attribute_id)
    amount = 0
    for chunk in in_chunks(_items(rows, wrong, is_number=LISTABLE[kind]), ROWS_PER_STATEMENT):
        if not wrong:
            amount += await add_values(call.db, account_id, attribute_id, chunk)
    wrong.settle()
    return await finish_import(call, import_id, ENTITY, amount)


def _items(rows: Iterator[CsvRow], wrong: WrongLines, *, is_number: bool) -> Iterator[str]:
    """The values as they are looked up; what is wrong with a line is noted."""
    for number, row in enumerate(rows, start=1):
        if number > ITEMS_MAX:
            wrong.add(row.line, TOO_MANY, f"an allowed list must not hold more than {ITEMS_MAX} items")
            wrong.settle()
        (text,) = row.cells
        try:
            yield texts_of(_number(text))[0] if is_number else _checked(text)
        except WrongCell as cell:
            wrong.add(row.line, cell.title, cell.details)


def _number(text: str) -> Decimal:
    value = decimal_cell(ITEM, _checked(text))
    assert value is not None  # noqa: S101 - an empty text was refused
    return value


def _checked(text: str) -> str:
    if not text:
        raise WrongCell(REQUIRED, f"{ITEM} must not be empty")
    if details := too_long(text):
        raise WrongCell(TOO_LONG, details)
    return text


OPERATIONS: tuple[AnyOperation, ...] = (
    Operation(
        method="POST",
        path="/v1/attributes/{attributeId}/allowed_list/import",
        operation_id="importAllowedList",
        summary="Restrict an attribute to the values of a CSV file",
        access=Access.MANAGEMENT,
        run=import_allowed_list,
        path_params=AttributePath,
        body=Upload,
        replies={200: Import},
        problems=(400, 401, 404),
        tag="Attributes",
    ),
)

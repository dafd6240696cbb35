"""The OpenAPI 3.1 documents, written from the table of operations and nothing else."""

from collections.abc import Iterable
from http import HTTPStatus
from importlib.metadata import version
from typing import Literal

from largesse.plumbing.http.codec import EXTENSION_MARK
from largesse.plumbing.http.exchange import REQUEST_BYTES_MAX
from largesse.plumbing.http.files.uploads import FIELD, MULTIPART, UPLOAD_BYTES_MAX, Upload
from largesse.plumbing.http.idempotency import HEADER, KEY_CHARACTERS_MAX
from largesse.plumbing.http.operation import CSV, Access, AnyOperation, Csv
from largesse.plumbing.http.problem_body import ErrorResponse
from largesse.plumbing.http.query import COMMA_MARK
from largesse.plumbing.http.schemas import Schema, SchemaBook

Api = Literal["integration", "management"]

TITLES: dict[Api, str] = {"integration": "Largesse Integration API", "management": "Largesse Management API"}

DESCRIPTIONS: dict[Api, str] = {
    "integration": "What a shop calls while people shop. Send an integration key: `Authorization: ApiKey-v1 <key>`.",
    "management": "What staff and their tools call to set promotions up. Send a management key "
    "(`Authorization: ManagementKey-v1 <key>`) or the token of a session (`Authorization: Bearer <token>`).",
}

SECURITY: dict[Access, list[str]] = {
    Access.INTEGRATION: ["apiKey"],
    Access.MANAGEMENT: ["managementKey", "bearer"],
    Access.PUBLIC: [],
}

SECURITY_SCHEMES: dict[str, Schema] = {
    "apiKey": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`ApiKey-v1 <key>`: the key of one Application.",
    },
    "managementKey": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`ManagementKey-v1 <key>`: a key made by an administrator, limited to some paths.",
    },
    "bearer": {"type": "http", "scheme": "bearer", "description": "The token of a signed-in person."},
}

# The contract tells of this header in prose alone.
_KEY: Schema = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "A name for this request, such as a UUID. Sent again under it within 24 hours, the request is "
    "answered as before and not carried out again.",
    EXTENSION_MARK: True,
    "schema": {"type": "string", "minLength": 1, "maxLength": KEY_CHARACTERS_MAX},
}

_FORM: Schema = {
    "type": "object",
    "properties": {
        FIELD: {"type": "string", "format": "binary", "description": "The CSV file, in UTF-8, with a header line."}
    },
}

_TEXT: Schema = {"type": "string"}


def write_document(operations: Iterable[AnyOperation], api: Api) -> Schema:
    """The document of one API. Public operations belong to the management API."""
    book = SchemaBook()
    paths: dict[str, Schema] = {}
    for operation in operations:
        if (operation.access is Access.INTEGRATION) == (api == "integration"):
            paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation, book)
    used = {name: SECURITY_SCHEMES[name] for name in SECURITY_SCHEMES if (name == "apiKey") == (api == "integration")}
    return {
        "openapi": "3.1.0",
        "info": {"title": TITLES[api], "version": version("largesse"), "description": DESCRIPTIONS[api]},
        "servers": [{"url": "/"}],
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": dict(sorted(book.components.items())), "securitySchemes": used},
    }


def _operation(operation: AnyOperation, book: SchemaBook) -> Schema:
    written: Schema = {"operationId": operation.operation_id, "summary": operation.summary}
    if operation.tag:
        written["tags"] = [operation.tag]
    if not operation.published:
        written[EXTENSION_MARK] = True
    written["parameters"] = [
        *_parameters(operation.path_params, "path", book),
        *_parameters(operation.query, "query", book),
        *([_KEY] if operation.replayable else []),
    ]
    if operation.body is Upload:
        written["requestBody"] = {
            "required": True,
            "description": f"A form with a CSV file of at most {UPLOAD_BYTES_MAX} bytes.",
            "content": {MULTIPART: {"schema": _FORM}},
        }
    elif operation.body is not None:
        written["requestBody"] = {
            "required": True,
            "description": f"At most {REQUEST_BYTES_MAX} bytes of JSON; unknown properties are ignored.",
            "content": {"application/json": {"schema": book.schema_of(operation.body)}},
        }
    written["responses"] = _responses(operation, book)
    written["security"] = [{scheme: []} for scheme in SECURITY[operation.access]]
    return written


def _parameters(struct: object | None, place: Literal["path", "query"], book: SchemaBook) -> list[Schema]:
    if struct is None:
        return []
    properties, required = book.properties_of(struct)
    return [_parameter(name, schema, place, is_required=name in required) for name, schema in properties.items()]


def _parameter(name: str, schema: Schema, place: str, *, is_required: bool) -> Schema:
    schema = dict(schema)
    written: Schema = {"name": name, "in": place, "required": is_required or place == "path"}
    if "description" in schema:
        written["description"] = schema.pop("description")
    if schema.pop(EXTENSION_MARK, False):
        written[EXTENSION_MARK] = True
    if schema.pop(COMMA_MARK, False):
        written |= {"style": "form", "explode": False}
    return {**written, "schema": schema}


def _responses(operation: AnyOperation, book: SchemaBook) -> Schema:
    problem = {"application/json": {"schema": book.schema_of(ErrorResponse)}}
    responses: Schema = {}
    for status, body in sorted(operation.replies.items()):
        reply: Schema = {"description": HTTPStatus(status).phrase}
        if body is Csv:
            reply["content"] = {CSV: {"schema": _TEXT}}
        elif body is not None:
            reply["content"] = {"application/json": {"schema": book.schema_of(body)}}
        responses[str(status)] = reply
    for status in sorted(operation.problems):
        responses[str(status)] = {"description": HTTPStatus(status).phrase, "content": problem}
    responses["default"] = {"description": "Any other problem", "content": problem}
    return responses

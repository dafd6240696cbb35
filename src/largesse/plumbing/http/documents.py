"""The pages a person or a generator of clients reads: the OpenAPI documents and `/docs`, which shows them.

`docs.html` is one file without any request to elsewhere: it fetches the two documents from beside itself.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from largesse.plumbing.http.codec import encode
from largesse.plumbing.http.exchange import Answer, Header
from largesse.plumbing.http.openapi import Api, write_document
from largesse.plumbing.http.operation import AnyOperation
from largesse.plumbing.http.pages import Page

_POLICY = (
    b"default-src 'none'; connect-src 'self'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; "
    b"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_SAME_ORIGIN_ONLY: tuple[Header, ...] = (
    (b"content-security-policy", _POLICY),
    (b"x-content-type-options", b"nosniff"),
)


def document_pages(operations: Sequence[AnyOperation]) -> list[Page]:
    """`/openapi/integration.json`, `/openapi/management.json` and `/docs`. Written when first asked for."""

    @cache
    def written(api: Api) -> bytes:
        return encode(write_document(operations, api))

    async def integration() -> Answer:
        return Answer(200, written("integration"))

    async def management() -> Answer:
        return Answer(200, written("management"))

    async def docs() -> Answer:
        page = files("largesse.plumbing.http").joinpath("docs.html").read_bytes()
        return Answer(200, page, b"text/html; charset=utf-8")

    return [
        Page("/openapi/integration.json", integration),
        Page("/openapi/management.json", management),
        Page("/docs", docs, _SAME_ORIGIN_ONLY),
    ]

"""The files that are made by a program, committed, and compared with what the program would make today."""

from pathlib import Path

import msgspec

from largesse.api.nouns import OPERATIONS
from largesse.plumbing.http.codec import encode
from largesse.plumbing.http.openapi import write_document
from tests.contract.published import (
    APIS,
    DIGEST,
    ROOT,
    RUNTIME_LIST,
    digest_of,
    listed_operations,
    read_documents,
    write_digest,
    write_list,
)


def generated_files(published_folder: Path | None) -> dict[Path, bytes]:
    """All generated files with their content; those made from the published files only where these are at hand."""
    files = {
        ROOT / "contract" / f"openapi-{api}.json": msgspec.json.format(
            encode(write_document(OPERATIONS, api)), indent=2
        )
        + b"\n"
        for api in APIS
    }
    if published_folder is not None:
        documents = read_documents(published_folder)
        files[DIGEST] = write_digest(digest_of(documents))
        files[RUNTIME_LIST] = write_list(listed_operations(documents))
    return files


def stale_files(published_folder: Path | None) -> list[Path]:
    """The generated files that are missing or not what they would be today."""
    return [
        path
        for path, content in generated_files(published_folder).items()
        if not path.is_file() or path.read_bytes() != content
    ]

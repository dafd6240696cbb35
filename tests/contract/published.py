"""Reading the published contract: from its YAML files, where they are at hand, or from our committed digest of them."""

from pathlib import Path
from typing import Literal

import msgspec
import yaml

from largesse.plumbing.http.outline import METHODS, Outline, mapping, outline, sequence
from largesse.plumbing.http.published import PublishedOperation

Api = Literal["integration", "management"]
APIS: tuple[Api, ...] = ("integration", "management")

ROOT = Path(__file__).resolve().parents[2]
DIGEST = ROOT / "contract" / "published-digest.json"
RUNTIME_LIST = ROOT / "src" / "largesse" / "plumbing" / "http" / "published.json"


def read_documents(folder: Path) -> dict[Api, dict[str, object]]:
    """The published documents of a folder."""
    return {api: yaml.load((folder / f"{api}-api.yaml").read_text("utf-8"), yaml.CSafeLoader) for api in APIS}


def digest_of(documents: dict[Api, dict[str, object]]) -> dict[Api, Outline]:
    """What is worth keeping of the documents: facts, no prose."""
    return {api: outline(document) for api, document in documents.items()}


def read_digest() -> dict[Api, Outline]:
    """The committed digest."""
    return msgspec.json.decode(DIGEST.read_bytes(), type=dict[Api, dict[str, object]])


def listed_operations(documents: dict[Api, dict[str, object]]) -> list[PublishedOperation]:
    """The operations the running program knows of."""
    return [
        PublishedOperation(
            api=api,
            method=method.upper(),
            path=path,
            operation_id=str(operation["operationId"]),
            tag=str(next(iter(sequence(operation.get("tags"))), "")),
        )
        for api, document in documents.items()
        for path, item in mapping(document["paths"]).items()
        for method in METHODS
        if (operation := mapping(mapping(item).get(method)))
    ]


def write_digest(digest: dict[Api, Outline]) -> bytes:
    """The digest as a file: one line per operation and schema, so that a changed one is one line of a diff."""
    lines = []
    for api, told in digest.items():
        parts = [f"{_json(kind)}: {{\n{_entries(mapping(entries))}\n}}" for kind, entries in told.items()]
        lines.append(f"{_json(api)}: {{\n" + ",\n".join(parts) + "\n}")
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def write_list(operations: list[PublishedOperation]) -> bytes:
    """The list for the running program as a file, one line per operation."""
    return ("[\n" + ",\n".join(_json(operation) for operation in operations) + "\n]\n").encode()


def _entries(entries: object) -> str:
    return ",\n".join(f"{_json(name)}: {_json(entry)}" for name, entry in mapping(entries).items())


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()

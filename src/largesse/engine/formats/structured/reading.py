"""From plain JSON to shapes, block by block, so that one mistake does not hide the next."""

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar, get_args

import msgspec
from msgspec import Struct, structs

from largesse.engine.attributes import JSON, escape
from largesse.engine.formats.structured.blocks import (
    PassthroughBlock,
    PromotionBlock,
    SelectorBlock,
    StrikethroughBlock,
)
from largesse.engine.formats.structured.notes import Notes
from largesse.language import Mistake
from largesse.language.diagnostics import suggestion

Shape = TypeVar("Shape", bound=Struct)

# A group in a group in a group: deeper than anyone arranges them, and shallow enough to be walked.
BLOCK_DEPTH_MAX = 24

_CHILDREN = ("blocks", "matchers", "onFailure")
_FAULT = re.compile(r"(?P<what>.*?)(?: - at `\$(?P<path>[^`]*)`)?", re.DOTALL)
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")


def read_promotion_block(json: JSON, notes: Notes, pointer: str, depth: int = 1) -> PromotionBlock:
    """A block of a promotion rule; one with mistakes becomes a stand-in."""
    block: PromotionBlock = _read_block(json, PromotionBlock, notes, pointer, depth)
    return block


def read_strikethrough_block(json: JSON, notes: Notes, pointer: str, depth: int = 1) -> StrikethroughBlock:
    """A block of a strikethrough rule."""
    block: StrikethroughBlock = _read_block(json, StrikethroughBlock, notes, pointer, depth)
    return block


def read_selector_block(json: JSON, notes: Notes, pointer: str, depth: int = 1) -> SelectorBlock:
    """A predicate of a selector."""
    block: SelectorBlock = _read_block(json, SelectorBlock, notes, pointer, depth)
    return block


def read_shape(json: JSON, shape: type[Shape], notes: Notes, pointer: str) -> Shape | None:
    """Any other shape; None when there are mistakes."""
    try:
        return msgspec.convert(json, shape, strict=True)
    except msgspec.ValidationError as error:
        _note(error, notes, pointer)
        return None


def _read_block(json: JSON, union: JSON, notes: Notes, pointer: str, depth: int) -> JSON:
    known = {member.__struct_config__.tag: member for member in get_args(union)}
    kind = json.get("type") if isinstance(json, Mapping) else None
    if not isinstance(kind, str) or kind not in known:
        meant = suggestion(kind, known) if isinstance(kind, str) else None
        wrong = "a block is an object with a `type`" if kind is None else f"there is no block of the type {kind!r} here"
        notes.mistake(wrong + (f" (did you mean `{meant}`?)" if meant else ""), f"{pointer}/type", Mistake.BAD_JSON)
        return _stand_in(kind)
    if depth > BLOCK_DEPTH_MAX:
        notes.mistake(f"blocks may be nested {BLOCK_DEPTH_MAX} deep", pointer, Mistake.TOO_DEEP)
        return _stand_in(kind)
    said = {name: value for name, value in json.items() if value is not None or name == "expression"}
    shell = {name: [] if name in _CHILDREN and isinstance(value, list) else value for name, value in said.items()}
    handlers = said.get("onError")
    if isinstance(handlers, Mapping):
        shell["onError"] = {}
    block = read_shape(shell, known[kind], notes, pointer)
    if block is None:
        return _stand_in(kind)
    inside = {
        _field(name): _all(said[name], union, notes, f"{pointer}/{name}", depth)
        for name in _CHILDREN
        if said.get(name) and hasattr(block, _field(name))
    }
    if isinstance(handlers, Mapping) and hasattr(block, "on_error"):
        inside["on_error"] = {
            name: _all(blocks, union, notes, f"{pointer}/onError/{escape(name)}", depth)
            for name, blocks in handlers.items()
        }
    return structs.replace(block, **inside) if inside else block


def _all(blocks: JSON, union: JSON, notes: Notes, pointer: str, depth: int) -> JSON:
    if not isinstance(blocks, Sequence) or isinstance(blocks, str):
        notes.mistake("blocks are an array", pointer, Mistake.BAD_JSON)
        return ()
    return tuple(_read_block(each, union, notes, f"{pointer}/{index}", depth + 1) for index, each in enumerate(blocks))


def _field(name: str) -> str:
    return "on_failure" if name == "onFailure" else name


def _stand_in(kind: object) -> PassthroughBlock:
    """What stands for a block that cannot be read: a condition that holds, or an effect that does nothing."""
    is_effect = isinstance(kind, str) and not kind.startswith("check") and kind != "group"
    return PassthroughBlock(id="", expression=("noop",) if is_effect else (True,))


def _note(error: msgspec.ValidationError, notes: Notes, pointer: str) -> None:
    fault = _FAULT.fullmatch(str(error))
    path = (fault["path"] if fault else "") or ""
    steps = "".join(f"/{escape(name or index)}" for name, index in _STEP.findall(path.split("[...]")[0]))
    notes.mistake(fault["what"] if fault else str(error), pointer + steps, Mistake.BAD_JSON)

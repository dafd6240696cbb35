"""Every story on the brain alone."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from largesse.engine.evaluation.outcome import Outcome
from largesse.engine.facts import StoredSession
from largesse.engine.formats.documents import encode_effects
from largesse.engine.refusals import Refusal
from tests.support.memory_shop import MemoryShop
from tests.support.stories import Step, Story, read_stories

DECODER = msgspec.json.Decoder(float_hook=Decimal)
# Where what is refused stands in the request: in its body or, where there is none, in its path.
PLACES = {
    "updates": "/customerSession",
    "returns": "/return",
    "reopens": "customerSessionId",
    "told": "",
    "sends": "",
}
STORIES = read_stories(Path(__file__).parent)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_story(story: Story) -> None:
    shop = MemoryShop(story.shop)
    for step in story.steps:
        _check(shop, step)


def _do(shop: MemoryShop, step: Step) -> Outcome | StoredSession | Sequence[Refusal] | None:
    match step.verb:
        case "updates":
            return shop.update(step.session, step.sent)
        case "returns":
            return shop.return_items(step.session, step.sent, again=step.again)
        case "reopens":
            return shop.reopen(step.session)
        case "holds":
            return shop.sessions[step.session]
        case "told":
            return shop.update_profile(step.session, step.sent)
        case "sends":
            return shop.track(step.session, step.sent["type"], step.sent["attributes"])
        case "joins" | "leaves":
            shop.move(step.session, step.sent, step.verb == "joins")
            return None


def _check(shop: MemoryShop, step: Step) -> None:
    where = f"line {step.line}"
    answer = _do(shop, step)
    if isinstance(answer, list):
        assert tuple(f"{PLACES[step.verb]}{refusal.pointer}" for refusal in answer) == step.refused, where
        return
    assert not step.refused, f"{where}: not refused"
    effects = answer.effects if isinstance(answer, Outcome | StoredSession) else ()
    told = [(effect["effectType"], effect["props"]) for effect in DECODER.decode(encode_effects(effects))]
    assert [kind for kind, _ in told] == [kind for kind, _ in step.gets], f"{where}: {told}"
    for (_, props), (_, wanted) in zip(told, step.gets, strict=True):
        assert {key: props.get(key) for key in wanted} == wanted, f"{where}: {props}"

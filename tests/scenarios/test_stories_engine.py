"""Every story on the brain alone."""

from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from largesse.engine.documents import encode_effects
from largesse.engine.evaluation.outcome import Outcome
from tests.support.memory_shop import MemoryShop
from tests.support.stories import Step, Story, read_stories

DECODER = msgspec.json.Decoder(float_hook=Decimal)
STORIES = read_stories(Path(__file__).parent)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_story(story: Story) -> None:
    shop = MemoryShop(story.shop)
    for step in story.steps:
        _check(shop, step)


def _check(shop: MemoryShop, step: Step) -> None:
    where = f"line {step.line}"
    answer = shop.update(step.session, step.update)
    if not isinstance(answer, Outcome):
        assert tuple(f"/customerSession{refusal.pointer}" for refusal in answer) == step.refused, where
        return
    assert not step.refused, f"{where}: not refused"
    told = [(effect["effectType"], effect["props"]) for effect in DECODER.decode(encode_effects(answer.effects))]
    assert [kind for kind, _ in told] == [kind for kind, _ in step.gets], f"{where}: {told}"
    for (_, props), (_, wanted) in zip(told, step.gets, strict=True):
        assert {key: props.get(key) for key in wanted} == wanted, f"{where}: {props}"

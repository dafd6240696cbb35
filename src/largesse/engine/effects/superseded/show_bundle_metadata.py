"""showBundleMetadata: which items make up a bundle, for shops that do not read it from the discounts of its items."""

from collections.abc import Sequence

from largesse.engine.effects.effect import Effect
from largesse.engine.effects.record import Props
from largesse.engine.frame import EvaluationFrame
from largesse.engine.views.lists import only_bundles, refuse_no_bundles
from largesse.language import Example, ExpressionError, Function, Value


class ShowBundleMetadataProps(Props, frozen=True):
    """What the bundle is, by which attributes its items were chosen, and the positions of their lines in the cart."""

    description: str
    bundle_attributes: tuple[str, ...]
    items_indices: tuple[int, ...]


def show_bundle_metadata(
    frame: EvaluationFrame, bundles: Sequence[Value], description: str, attributes: Sequence[Value]
) -> None:
    """Tell of each bundle which lines of the cart it consists of."""
    names = tuple(name for name in attributes if isinstance(name, str))
    if len(names) != len(attributes):
        raise ExpressionError("the attributes of a bundle are named by strings")
    for bundle in only_bundles(bundles):
        positions = tuple(dict.fromkeys(item.index for item in bundle.items))
        frame.state.emit("showBundleMetadata", ShowBundleMetadataProps(description, names, positions))


SHOW_BUNDLE_METADATA = Effect(
    name="showBundleMetadata",
    props=ShowBundleMetadataProps,
    doc="Which lines of the cart make up a bundle. Discounts of bundles say it themselves today.",
    functions=(
        Function(
            "showBundleMetadata(List, String, List)Null",
            show_bundle_metadata,
            "Tell which lines of the cart each bundle consists of: the bundles, what they are, and the names of the "
            "attributes by which their items were chosen.",
            (
                Example(
                    [
                        "showBundleMetadata",
                        ["bundle", "Pair", [".", "Session", "CartItems"], 2],
                        "A pair",
                        ["list", "category"],
                    ],
                    [{"description": "A pair", "bundleAttributes": ["category"], "itemsIndices": [0]}],
                ),
            ),
            needs_frame=True,
            refuses=refuse_no_bundles,
        ),
    ),
)

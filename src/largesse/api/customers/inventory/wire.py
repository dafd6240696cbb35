"""What shops ask for of a customer's inventory, and what they get."""

from msgspec import UNSET, Struct, UnsetType, structs

from largesse.api.models.coupon import Coupon, show_coupon
from largesse.api.models.customers.profile import CustomerProfile
from largesse.api.models.loyalty import Loyalty
from largesse.api.models.referral import InventoryReferral
from largesse.api.models.rewards.achievement import AchievementProgressWithDefinition
from largesse.api.models.rewards.giveaway import Giveaway
from largesse.engine.codes import coupons


class InventoryPath(Struct, frozen=True, kw_only=True, rename="camel"):
    """The path of one profile, by the shop's own id."""

    integration_id: str


class InventoryQuery(Struct, frozen=True, kw_only=True, rename="camel"):
    """Which parts are wanted [IA getCustomerInventory]."""

    profile: bool = False
    referrals: bool = False
    coupons: bool = False
    loyalty: bool = False
    giveaways: bool = False
    achievements: bool = False


class InventoryCoupon(Coupon, frozen=True, kw_only=True, rename="camel"):
    """A coupon as its holder sees it: how often this profile has redeemed it, and what it is still good for (one of
    active, used, expired, pending, disabled) [IA InventoryCoupon]."""

    profile_redemption_count: int
    state: str


class CustomerInventory(Struct, frozen=True, kw_only=True, rename="camel"):
    """The parts that were asked for [IA CustomerInventory]."""

    profile: CustomerProfile | UnsetType = UNSET
    loyalty: Loyalty | UnsetType = UNSET
    referrals: list[InventoryReferral] | UnsetType = UNSET
    coupons: list[InventoryCoupon] | UnsetType = UNSET
    giveaways: list[Giveaway] | UnsetType = UNSET
    achievements: list[AchievementProgressWithDefinition] | UnsetType = UNSET


def show_held(coupon: coupons.Coupon, state: str) -> InventoryCoupon:
    """A coupon as the profile whose redemptions it tells sees it."""
    return InventoryCoupon(
        **structs.asdict(show_coupon(coupon)), profile_redemption_count=coupon.profile_redemptions, state=state
    )

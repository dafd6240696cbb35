"""CATALOGUE: every effect there is. Adding an effect is a file beside this one and its line here."""

from collections.abc import Mapping
from dataclasses import replace

from largesse.engine.effects.add_free_item import ADD_FREE_ITEM
from largesse.engine.effects.codes.accept_coupon import ACCEPT_COUPON, ROLLBACK_COUPON
from largesse.engine.effects.codes.accept_referral import ACCEPT_REFERRAL, ROLLBACK_REFERRAL
from largesse.engine.effects.codes.create_coupon import CREATE_COUPON
from largesse.engine.effects.codes.create_referral import CREATE_REFERRAL
from largesse.engine.effects.codes.reject_coupon import REJECT_COUPON
from largesse.engine.effects.codes.reject_referral import REJECT_REFERRAL
from largesse.engine.effects.codes.reserve_coupon import RESERVE_COUPON
from largesse.engine.effects.customers.audience_membership import ADD_TO_AUDIENCE, REMOVE_FROM_AUDIENCE
from largesse.engine.effects.discount_bundles import DISCOUNT_BUNDLE_FUNCTIONS
from largesse.engine.effects.effect import Effect
from largesse.engine.effects.error import ERROR
from largesse.engine.effects.loyalty.add_loyalty_points import ADD_LOYALTY_POINTS
from largesse.engine.effects.loyalty.change_loyalty_tier_level import CHANGE_LOYALTY_TIER_LEVEL
from largesse.engine.effects.loyalty.deduct_loyalty_points import DEDUCT_LOYALTY_POINTS
from largesse.engine.effects.loyalty.expiry_dates import (
    EXTEND_LOYALTY_POINTS_EXPIRY_DATE,
    SET_LOYALTY_POINTS_EXPIRY_DATE,
)
from largesse.engine.effects.loyalty.rollback_added_loyalty_points import ROLLBACK_ADDED_LOYALTY_POINTS
from largesse.engine.effects.loyalty.rollback_deducted_loyalty_points import ROLLBACK_DEDUCTED_LOYALTY_POINTS
from largesse.engine.effects.outgoing.custom_effect import CUSTOM_EFFECT
from largesse.engine.effects.outgoing.trigger_webhook import TRIGGER_WEBHOOK
from largesse.engine.effects.rewards.achievement_progress import (
    INCREASE_ACHIEVEMENT_PROGRESS,
    ROLLBACK_INCREASED_ACHIEVEMENT_PROGRESS,
    START_ACHIEVEMENT_PROGRESS,
)
from largesse.engine.effects.rewards.award_giveaway import AWARD_GIVEAWAY, WILL_AWARD_GIVEAWAY
from largesse.engine.effects.rollback_discount import ROLLBACK_DISCOUNT
from largesse.engine.effects.set_discount import SET_DISCOUNT
from largesse.engine.effects.set_discount_per_additional_cost import SET_DISCOUNT_PER_ADDITIONAL_COST
from largesse.engine.effects.set_discount_per_additional_cost_per_item import SET_DISCOUNT_PER_ADDITIONAL_COST_PER_ITEM
from largesse.engine.effects.set_discount_per_item import SET_DISCOUNT_PER_ITEM
from largesse.engine.effects.set_discount_per_item_pro_rata import PRO_RATA_FUNCTIONS
from largesse.engine.effects.show_notification import SHOW_NOTIFICATION
from largesse.engine.effects.superseded.redeem_referral import REDEEM_REFERRAL
from largesse.engine.effects.superseded.show_bundle_metadata import SHOW_BUNDLE_METADATA
from largesse.engine.effects.update_attribute import UPDATE_ATTRIBUTE

CATALOGUE: tuple[Effect, ...] = (
    ACCEPT_COUPON,
    REJECT_COUPON,
    ROLLBACK_COUPON,
    ACCEPT_REFERRAL,
    REJECT_REFERRAL,
    ROLLBACK_REFERRAL,
    SET_DISCOUNT,
    replace(
        SET_DISCOUNT_PER_ITEM,
        functions=(*SET_DISCOUNT_PER_ITEM.functions, *PRO_RATA_FUNCTIONS, *DISCOUNT_BUNDLE_FUNCTIONS),
    ),
    SET_DISCOUNT_PER_ADDITIONAL_COST,
    SET_DISCOUNT_PER_ADDITIONAL_COST_PER_ITEM,
    ROLLBACK_DISCOUNT,
    ADD_FREE_ITEM,
    SHOW_NOTIFICATION,
    UPDATE_ATTRIBUTE,
    ADD_TO_AUDIENCE,
    REMOVE_FROM_AUDIENCE,
    CREATE_COUPON,
    CREATE_REFERRAL,
    RESERVE_COUPON,
    CUSTOM_EFFECT,
    TRIGGER_WEBHOOK,
    AWARD_GIVEAWAY,
    WILL_AWARD_GIVEAWAY,
    ADD_LOYALTY_POINTS,
    DEDUCT_LOYALTY_POINTS,
    CHANGE_LOYALTY_TIER_LEVEL,
    EXTEND_LOYALTY_POINTS_EXPIRY_DATE,
    SET_LOYALTY_POINTS_EXPIRY_DATE,
    ROLLBACK_ADDED_LOYALTY_POINTS,
    ROLLBACK_DEDUCTED_LOYALTY_POINTS,
    START_ACHIEVEMENT_PROGRESS,
    INCREASE_ACHIEVEMENT_PROGRESS,
    ROLLBACK_INCREASED_ACHIEVEMENT_PROGRESS,
    ERROR,
    REDEEM_REFERRAL,
    SHOW_BUNDLE_METADATA,
)

EFFECT_BY_TYPE: Mapping[str, Effect] = {effect.name: effect for effect in CATALOGUE}
EFFECT_FUNCTIONS = tuple(function for effect in CATALOGUE for function in effect.functions)

"""The list of all published props, in the contract's order."""

from msgspec import Struct

from largesse.api.models.effect_props import codes, discounts, loyalty, others

PUBLISHED_PROPS: tuple[type[Struct], ...] = (
    codes.AcceptCouponEffectProps,
    codes.AcceptReferralEffectProps,
    codes.RedeemReferralEffectProps,
    codes.RejectCouponEffectProps,
    codes.RejectReferralEffectProps,
    codes.CouponCreatedEffectProps,
    codes.ReferralCreatedEffectProps,
    discounts.SetDiscountEffectProps,
    discounts.SetDiscountPerItemEffectProps,
    discounts.SetDiscountPerAdditionalCostEffectProps,
    others.TriggerWebhookEffectProps,
    loyalty.AddLoyaltyPointsEffectProps,
    loyalty.DeductLoyaltyPointsEffectProps,
    loyalty.ChangeLoyaltyTierLevelEffectProps,
    discounts.AddFreeItemEffectProps,
    others.ShowNotificationEffectProps,
    others.UpdateAttributeEffectProps,
    codes.RollbackCouponEffectProps,
    codes.RollbackReferralEffectProps,
    discounts.RollbackDiscountEffectProps,
    loyalty.RollbackAddedLoyaltyPointsEffectProps,
    loyalty.RollbackDeductedLoyaltyPointsEffectProps,
    discounts.ShowBundleMetadataEffectProps,
    others.AwardGiveawayEffectProps,
    others.WillAwardGiveawayEffectProps,
    others.ErrorEffectProps,
    others.CustomEffectProps,
    discounts.SetDiscountPerAdditionalCostPerItemEffectProps,
    codes.ReserveCouponEffectProps,
    others.AddToAudienceEffectProps,
    others.RemoveFromAudienceEffectProps,
    others.IncreaseAchievementProgressEffectProps,
    others.RollbackIncreasedAchievementProgressEffectProps,
    loyalty.ExtendLoyaltyPointsExpiryDateEffectProps,
    loyalty.SetLoyaltyPointsExpiryDateEffectProps,
    others.StartAchievementProgressEffectProps,
)

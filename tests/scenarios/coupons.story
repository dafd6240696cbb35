# Codes: who may use them, how often, and what a shopper is told.

story: one code, two shoppers
campaign: welcome
  coupon: TAKE10
  rule: ten off
    when (couponValid)
    then (setDiscount "ten off" 10)
steps:
  s1 open cart=shoe:100 codes=TAKE10
    gets acceptCoupon value=TAKE10
    gets setDiscount name="ten off" value=10
  s2 closed cart=shoe:100 codes=TAKE10
    gets acceptCoupon value=TAKE10
    gets setDiscount name="ten off" value=10
  s1 closed
    gets rejectCoupon value=TAKE10 rejectionReason=CouponLimitReached
  s2 cancelled
    gets rollbackCoupon value=TAKE10
    gets rollbackDiscount name="ten off" value=10
  s3 closed cart=shoe:50 codes=TAKE10
    gets acceptCoupon value=TAKE10
    gets setDiscount name="ten off" value=10

story: a code nobody knows, and one typed twice
application: caseSensitivity=insensitive-uppercase
campaign: welcome
  coupon: TAKE10 usageLimit=0
  rule: ten off
    when (couponValid)
    then (setDiscount "ten off" 10)
steps:
  s1 open cart=shoe:100 codes=NOPE,take10,TAKE10
    gets rejectCoupon value=NOPE rejectionReason=CouponNotFound
    gets acceptCoupon value=take10
    gets setDiscount name="ten off" value=10
  s1 open codes=
  s1 open

story: every reason a code is turned down for
campaign: live
  coupon: EARLY startDate=+1d
  coupon: LATE expiryDate=-1d
  coupon: ANNS recipientIntegrationId=ann
  coupon: RESERVED isReservationMandatory=true
  coupon: USED
  coupon: POOR usageLimit=0
  rule: over fifty
    when (couponValid)
    when (> (. Session Total) 50)
    then (setDiscount "five" 5)
campaign: asleep state=disabled
  coupon: SLEEPY
  rule: never
    when (couponValid)
    then (setDiscount "never" 1)
campaign: later startTime=+1d
  coupon: SOON
  rule: never
    when (couponValid)
    then (setDiscount "never" 1)
campaign: gone state=archived
  coupon: GONE
  rule: never
    when (couponValid)
    then (setDiscount "never" 1)
campaign: silent
  coupon: UNASKED
  rule: nobody asks for the code
    then (setDiscount "always" 1)
steps:
  s0 closed cart=shoe:60 codes=USED
    gets acceptCoupon value=USED
    gets setDiscount name=five value=5
    gets setDiscount name=always value=1
  s1 open cart=hat:20 codes=SLEEPY,SOON,GONE,EARLY,LATE,ANNS,RESERVED,USED,POOR,UNASKED
    gets rejectCoupon value=SLEEPY rejectionReason=CouponPartOfNotRunningCampaign
    gets rejectCoupon value=SOON rejectionReason=CouponPartOfNotRunningCampaign
    gets rejectCoupon value=GONE rejectionReason=CouponPartOfNotTriggeredCampaign campaignExclusionReason=CampaignNotInEvaluationSet
    gets rejectCoupon value=EARLY rejectionReason=CouponStartDateInFuture
    gets rejectCoupon value=LATE rejectionReason=CouponExpired
    gets rejectCoupon value=ANNS rejectionReason=CouponRecipientDoesNotMatch
    gets rejectCoupon value=RESERVED rejectionReason=ProfileRequired
    gets rejectCoupon value=USED rejectionReason=CouponLimitReached
    gets rejectCoupon value=POOR rejectionReason=CouponRejectedByCondition conditionIndex=1
    gets setDiscount name=always value=1
    gets rejectCoupon value=UNASKED rejectionReason=CouponRejectedByCondition
  s2 open profile=bob cart=hat:20 codes=RESERVED,ANNS
    gets rejectCoupon value=RESERVED rejectionReason=CouponReservationRequired
    gets rejectCoupon value=ANNS rejectionReason=CouponRecipientDoesNotMatch
    gets setDiscount name=always value=1
  s3 open profile=ann cart=shoe:60 codes=ANNS
    gets acceptCoupon value=ANNS
    gets setDiscount name=five value=5
    gets setDiscount name=always value=1

story: a code that is reserved for everybody needs no reservation of one's own
campaign: wallet
  coupon: EVERYONES isReservationMandatory=true implicitlyReserved=true usageLimit=0
  rule: five off
    when (couponValid)
    then (setDiscount "five" 5)
steps:
  s1 open profile=ann cart=hat:20 codes=EVERYONES
    gets acceptCoupon value=EVERYONES
    gets setDiscount value=5
  s2 open cart=hat:20 codes=EVERYONES
    gets rejectCoupon value=EVERYONES rejectionReason=ProfileRequired

story: a gift card pays what is left on it
campaign: gift cards
  coupon: GIFT usageLimit=0 discountLimit=30
  rule: pay with the card
    when (couponValid)
    then (setDiscount "gift card" (. Session Total) true)
steps:
  s1 closed cart=hat:20 codes=GIFT
    gets acceptCoupon value=GIFT
    gets setDiscount name="gift card" value=20 desiredValue=20
  s2 closed cart=hat:20 codes=GIFT
    gets acceptCoupon value=GIFT
    gets setDiscount name="gift card" value=10 desiredValue=20
  s3 closed cart=hat:20 codes=GIFT
    gets rejectCoupon value=GIFT rejectionReason=EffectCouldNotBeApplied effectIndex=0
  s1 cancelled
    gets rollbackCoupon value=GIFT
    gets rollbackDiscount name="gift card" value=20
  s4 closed cart=hat:50 codes=GIFT
    gets acceptCoupon value=GIFT
    gets setDiscount name="gift card" value=20 desiredValue=50

# What a campaign may spend, and on whom.

story: a discount budget ends in a smaller last discount
application: enablePartialDiscounts=true
campaign: launch
  budget: setDiscount 25
  rule: ten off
    then (setDiscount "ten off" 10)
steps:
  s1 closed cart=shoe:100
    gets setDiscount value=10 desiredValue=10
  s2 closed cart=shoe:100
    gets setDiscount value=10 desiredValue=10
  s3 open cart=shoe:100
    gets setDiscount value=5 desiredValue=10
  s4 closed cart=shoe:100
    gets setDiscount value=5 desiredValue=10
  s3 closed
  s1 cancelled
    gets rollbackDiscount name="ten off" value=10
  s5 closed cart=shoe:100
    gets setDiscount value=10 desiredValue=10

story: a rule that meets a limit leaves nothing behind
campaign: launch
  budget: setDiscount 15
  rule: notify, then discount twice
    then (showNotification Info "Hello" "A notification before the discount")
    then (setDiscount "first" 10)
    then (setDiscount "second" 10)
  rule: a smaller one
    then (setDiscount "third" 12)
steps:
  s1 closed cart=shoe:100
    gets setDiscount name=third value=12
  s2 closed cart=shoe:100

story: once per profile, and never without one
campaign: loyal
  coupon: AGAIN usageLimit=0
  budget: redeemCoupon 1 per Profile
  rule: five off
    when (couponValid)
    then (setDiscount "five" 5)
steps:
  s1 closed profile=ann cart=shoe:100 codes=AGAIN
    gets acceptCoupon value=AGAIN
    gets setDiscount value=5
  s2 open profile=ann cart=shoe:100 codes=AGAIN
    gets rejectCoupon value=AGAIN rejectionReason=ProfileLimitReached
  s3 open profile=bob cart=shoe:100 codes=AGAIN
    gets acceptCoupon value=AGAIN
    gets setDiscount value=5
  s4 open cart=shoe:100 codes=AGAIN
    gets rejectCoupon value=AGAIN rejectionReason=ProfileRequired
  s1 cancelled
    gets rollbackCoupon value=AGAIN
    gets rollbackDiscount value=5
  s2 closed
    gets acceptCoupon value=AGAIN
    gets setDiscount value=5

story: limits of the campaign, of the code, and of the period
campaign: busy
  coupon: AAAA usageLimit=0
  coupon: BCDE usageLimit=0
  budget: redeemCoupon 3 daily
  budget: redeemCoupon 2 per Coupon
  rule: one off
    when (couponValid)
    then (setDiscount "one" 1)
steps:
  s1 closed cart=shoe:100 codes=BCDE
    gets acceptCoupon value=BCDE
    gets setDiscount value=1
  s2 closed cart=shoe:100 codes=BCDE
    gets acceptCoupon value=BCDE
    gets setDiscount value=1
  s3 closed cart=shoe:100 codes=BCDE
    gets rejectCoupon value=BCDE rejectionReason=CouponLimitReached
  s4 closed cart=shoe:100 codes=AAAA
    gets acceptCoupon value=AAAA
    gets setDiscount value=1
  s5 closed cart=shoe:100 codes=AAAA
    gets rejectCoupon value=AAAA rejectionReason=CampaignLimitReached

story: an identifier counts once, however often it is sent
campaign: once per device
  coupon: DEVICE usageLimit=0
  budget: redeemCoupon 1 per Identifier
  budget: setDiscount 5 per Identifier
  rule: five off
    when (couponValid)
    then (setDiscount "five" 5)
steps:
  s1 closed cart=shoe:100 codes=DEVICE identifiers=a,a
    gets acceptCoupon value=DEVICE
    gets setDiscount value=5
  s2 open cart=shoe:100 codes=DEVICE identifiers=b,a
    gets rejectCoupon value=DEVICE rejectionReason=CampaignLimitReached
  s2 open identifiers=b
    gets acceptCoupon value=DEVICE
    gets setDiscount value=5
  s1 cancelled
    gets rollbackCoupon value=DEVICE
    gets rollbackDiscount value=5
  s2 closed identifiers=a,b
    gets acceptCoupon value=DEVICE
    gets setDiscount value=5

story: that a budget needs a profile is told before whose the code is and whether it is used up
campaign: loyal
  coupon: ANNS usageLimit=0 recipientIntegrationId=ann
  coupon: USED usageLimit=1
  coupon: LATE usageLimit=0 expiryDate=-1d
  budget: redeemCoupon 5 per Profile
  rule: five off
    when (couponValid)
    then (setDiscount "five" 5)
steps:
  s1 closed profile=bob cart=shoe:100 codes=USED
    gets acceptCoupon value=USED
    gets setDiscount value=5
  s2 open cart=shoe:100 codes=ANNS,USED,LATE
    gets rejectCoupon value=ANNS rejectionReason=ProfileRequired
    gets rejectCoupon value=USED rejectionReason=ProfileRequired
    gets rejectCoupon value=LATE rejectionReason=CouponExpired
  s3 open profile=bob cart=shoe:100 codes=ANNS,USED,LATE
    gets rejectCoupon value=ANNS rejectionReason=CouponRecipientDoesNotMatch
    gets rejectCoupon value=USED rejectionReason=CouponLimitReached
    gets rejectCoupon value=LATE rejectionReason=CouponExpired

# Codes that rules make, and coupons that they put aside.

story: a coupon for the next time, made when the order is paid
campaign: thank you
  rule: a voucher
    when (> (. Session Total) 50)
    then (createCoupon (. Campaign Id) (. Profile IntegrationId) (kv (discountLimit 5) (pattern "THX-########")))
steps:
  s1 open profile=ann cart=shoe:100
  s1 closed
    gets couponCreated profileId=ann
  s1 cancelled
  s1 holds
    gets couponCreated profileId=ann
  s2 closed profile=ann cart=hat:20

story: as many coupons as the budget allows, and cancelling makes room for none
campaign: thank you
  budget: createCoupon 2
  rule: a voucher
    when (budgetAvailable createCoupon)
    then (createCoupon (. Campaign Id) "")
  rule: sorry
    when (not (budgetAvailable createCoupon))
    then (showNotification Info "No more vouchers")
steps:
  s1 open cart=shoe:100
  s1 closed
    gets couponCreated profileId=""
  s2 closed cart=shoe:100
    gets couponCreated profileId=""
    gets showNotification title="No more vouchers"
  s1 cancelled
  s2 reopens
  s3 closed cart=shoe:100
    gets showNotification title="No more vouchers"
  s2 closed
    gets showNotification title="No more vouchers"

story: a rule whose budget for codes is used up gives nothing else either
campaign: thank you
  coupon: TENOFF usageLimit=0
  budget: createCoupon 1 per Profile
  rule: ten off and a voucher
    when (couponValid)
    then (setDiscount "ten off" 10)
    then (createCoupon (. Campaign Id) (. Profile IntegrationId))
steps:
  s1 closed profile=ann cart=shoe:100 codes=TENOFF
    gets acceptCoupon value=TENOFF
    gets setDiscount name="ten off" value=10
    gets couponCreated profileId=ann
  s2 open profile=ann cart=shoe:100 codes=TENOFF
    gets rejectCoupon value=TENOFF rejectionReason=EffectCouldNotBeApplied effectIndex=1
  s3 closed profile=bob cart=shoe:100 codes=TENOFF
    gets acceptCoupon value=TENOFF
    gets setDiscount name="ten off" value=10
    gets couponCreated profileId=bob

story: a referral code for whoever has bought, which stays when the order does not
campaign: bring a friend
  budget: createReferral 2
  rule: your code
    then (createReferral (. Campaign Id) "" (kv (usageLimit 3) (storeInSession true)))
steps:
  s1 closed profile=ann cart=shoe:100
    gets referralCreated
  s1 cancelled
  s2 closed profile=bob cart=shoe:100
    gets referralCreated
  s3 closed profile=cec cart=shoe:100
  s4 closed cart=shoe:100
    gets error

story: putting a coupon aside, as often as it may be
campaign: wallet
  coupon: SAVE reservationLimit=2 usageLimit=0
  budget: reserveCoupon 5
  rule: put it aside
    when (couponValidNoRedeem)
    then (reserveCoupon)
steps:
  s1 open profile=ann cart=shoe:100 codes=SAVE
    gets reserveCoupon couponValue=SAVE profileIntegrationId=ann isNewReservation=true
    gets rejectCoupon value=SAVE rejectionReason=CouponRejectedByCondition
  s1 same
    gets reserveCoupon couponValue=SAVE profileIntegrationId=ann isNewReservation=false
    gets rejectCoupon value=SAVE rejectionReason=CouponRejectedByCondition
  s1 cancelled
  s2 open profile=ann codes=SAVE
    gets reserveCoupon couponValue=SAVE profileIntegrationId=ann isNewReservation=false
    gets rejectCoupon value=SAVE rejectionReason=CouponRejectedByCondition
  s3 open profile=bob codes=SAVE
    gets reserveCoupon couponValue=SAVE profileIntegrationId=bob isNewReservation=true
    gets rejectCoupon value=SAVE rejectionReason=CouponRejectedByCondition
  s4 open profile=cec codes=SAVE
    gets rejectCoupon value=SAVE rejectionReason=CouponRejectedByCondition
  s5 open codes=SAVE
    gets error
    gets rejectCoupon value=SAVE rejectionReason=CouponRejectedByCondition

story: a coupon that only holders may redeem is put aside first and redeemed next
campaign: members
  coupon: HARD isReservationMandatory=true usageLimit=0
  budget: reserveCoupon 1
  rule: put it aside
    when (= (. Session State) "open")
    then (reserveCoupon)
  rule: ten off
    when (couponValid)
    then (setDiscount "ten off" 10)
steps:
  s1 open profile=ann cart=shoe:100 codes=HARD
    gets reserveCoupon couponValue=HARD profileIntegrationId=ann isNewReservation=true
    gets rejectCoupon value=HARD rejectionReason=CouponReservationRequired
  s1 closed
    gets acceptCoupon value=HARD
    gets setDiscount name="ten off" value=10
  s2 open profile=bob cart=shoe:100 codes=HARD
    gets rejectCoupon value=HARD rejectionReason=CouponReservationRequired

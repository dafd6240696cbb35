# Referral codes: whom they refer, how often, and what a friend is told.

story: a friend of ann's
application: caseSensitivity=insensitive-uppercase
campaign: friends
  referral: ANN-1 advocate=ann usageLimit=0
  rule: welcome
    when (referralValid)
    then (setDiscount "welcome" 5)
steps:
  s1 open profile=bob cart=shoe:100 referral=ann-1
    gets acceptReferral value=ann-1
    gets setDiscount name=welcome value=5
  s2 closed profile=bob cart=shoe:100 referral=ANN-1
    gets acceptReferral value=ANN-1
    gets setDiscount name=welcome value=5
  s1 closed
    gets rejectReferral value=ann-1 rejectionReason=ReferralCustomerAlreadyReferred
  s3 closed profile=cleo cart=shoe:100 referral=ANN-1
    gets acceptReferral value=ANN-1
    gets setDiscount name=welcome value=5
  s4 open profile=ann cart=shoe:100 referral=ANN-1
    gets rejectReferral value=ANN-1 rejectionReason=ReferralRecipientIdSameAsAdvocate
  s4 open referral=
  s2 cancelled
    gets rollbackReferral value=ANN-1
    gets rollbackDiscount name=welcome value=5
  s5 open profile=bob cart=shoe:100 referral=ANN-1
    gets acceptReferral value=ANN-1
    gets setDiscount name=welcome value=5

story: every reason a referral is turned down for
campaign: live
  referral: EARLY advocate=ann startDate=+1d
  referral: LATE1 advocate=ann expiryDate=-1d
  referral: BOBS1 advocate=ann friend=bob
  referral: USED1 advocate=ann
  referral: POOR1 advocate=ann usageLimit=0
  rule: over fifty
    when (referralValid)
    when (> (. Session Total) 50)
    then (setDiscount "five" 5)
campaign: asleep state=disabled
  referral: SLEEP advocate=ann
  rule: never
    when (referralValid)
    then (setDiscount "never" 1)
campaign: gone state=archived
  referral: GONE1 advocate=ann
  rule: never
    when (referralValid)
    then (setDiscount "never" 1)
steps:
  s1 open profile=cleo cart=shoe:100 referral=NOPE1
    gets rejectReferral value=NOPE1 rejectionReason=ReferralNotFound
  s1 open referral=EARLY
    gets rejectReferral value=EARLY rejectionReason=ReferralStartDateInFuture
  s1 open referral=LATE1
    gets rejectReferral value=LATE1 rejectionReason=ReferralExpired
  s1 open referral=BOBS1
    gets rejectReferral value=BOBS1 rejectionReason=ReferralRecipientDoesNotMatch
  s1 open referral=SLEEP
    gets rejectReferral value=SLEEP rejectionReason=ReferralPartOfNotRunningCampaign
  s1 open referral=GONE1
    gets rejectReferral value=GONE1 rejectionReason=ReferralPartOfNotTriggeredCampaign campaignExclusionReason=CampaignNotInEvaluationSet
  s2 open profile=ann cart=shoe:100 referral=LATE1
    gets rejectReferral value=LATE1 rejectionReason=ReferralRecipientIdSameAsAdvocate
  s3 closed profile=dora cart=shoe:100 referral=USED1
    gets acceptReferral value=USED1
    gets setDiscount name=five value=5
  s1 open referral=USED1
    gets rejectReferral value=USED1 rejectionReason=ReferralLimitReached
  s1 open cart=shoe:10 referral=POOR1
    gets rejectReferral value=POOR1 rejectionReason=ReferralRejectedByCondition conditionIndex=1
  s4 open profile=dora cart=shoe:100 referral=POOR1
    gets rejectReferral value=POOR1 rejectionReason=ReferralCustomerAlreadyReferred

story: budgets of referrals, checked and given back
campaign: counted
  referral: CODE1 advocate=ann usageLimit=0
  budget: redeemReferral 2
  budget: redeemReferral 1 per Profile
  rule: welcome
    when (referralValid)
    then (setDiscount "welcome" 5)
steps:
  s1 closed profile=bob cart=shoe:10 referral=CODE1
    gets acceptReferral
    gets setDiscount
  s2 closed profile=cleo cart=shoe:10 referral=CODE1
    gets acceptReferral
    gets setDiscount
  s3 open profile=dora cart=shoe:10 referral=CODE1
    gets rejectReferral rejectionReason=CampaignLimitReached
  s4 open cart=shoe:10 referral=CODE1
    gets rejectReferral rejectionReason=CampaignLimitReached
  s2 cancelled
    gets rollbackReferral value=CODE1
    gets rollbackDiscount
  s3 closed
    gets acceptReferral
    gets setDiscount

story: a budget per code counts a code once, in whatever case it is typed
application: caseSensitivity=insensitive-uppercase
campaign: counted
  referral: CODE1 advocate=ann usageLimit=0
  budget: redeemReferral 1 per Referral
  rule: welcome
    when (referralValid)
    then (setDiscount "welcome" 5)
steps:
  s1 closed profile=bob cart=shoe:10 referral=code1
    gets acceptReferral
    gets setDiscount
  s2 open profile=cleo cart=shoe:10 referral=Code1
    gets rejectReferral rejectionReason=ReferralLimitReached

story: an effect that meets a limit takes the acceptance along
campaign: poor
  referral: CODE1 advocate=ann
  budget: setDiscount 3
  rule: welcome
    when (referralValid)
    then (setDiscount "welcome" 5)
steps:
  s1 open profile=bob cart=shoe:10 referral=CODE1
    gets rejectReferral rejectionReason=EffectCouldNotBeApplied effectIndex=0

story: a referral and coupons in one campaign are answered once each
campaign: both
  referral: CODE1 advocate=ann
  coupon: TEN01
  coupon: TEN02
  rule: friend
    when (referralValid)
    then (setDiscount "friend" 5)
  rule: coupon
    when (couponValid)
    then (setDiscount "coupon" 10)
steps:
  s1 closed profile=bob cart=shoe:100 codes=TEN01,TEN02 referral=CODE1
    gets acceptReferral value=CODE1
    gets setDiscount name=friend
    gets acceptCoupon value=TEN01
    gets setDiscount name=coupon
    gets setDiscount name=friend
    gets acceptCoupon value=TEN02
    gets setDiscount name=coupon
  s1 cancelled
    gets rollbackReferral value=CODE1
    gets rollbackDiscount name=friend
    gets rollbackCoupon value=TEN01
    gets rollbackDiscount name=coupon
    gets rollbackDiscount name=friend
    gets rollbackCoupon value=TEN02
    gets rollbackDiscount name=coupon

story: a rule that only looks, and what it sees of the advocate
campaign: friends
  referral: CODE1 advocate=ann
  rule: look
    when (referralValidNoRedeem)
    then (showNotification "Info" "Hello" (. AdvocateProfile IntegrationId))
  rule: code
    when (= (catch "" (. Referral Code)) "CODE1")
    then (showNotification "Info" "Code" (. Referral AdvocateProfileIntegrationId))
campaign: elsewhere
  rule: sees no referral
    when (referralValidNoRedeem)
    then (showNotification "Info" "never" "never")
steps:
  s1 open profile=bob cart=shoe:10 referral=CODE1
    gets showNotification title=Hello body=ann
    gets showNotification title=Code body=ann
    gets rejectReferral rejectionReason=ReferralRejectedByCondition

story: an anonymous friend is referred, and nobody knows whom
campaign: friends
  referral: CODE1 advocate=ann usageLimit=2
  rule: welcome
    when (referralValid)
    then (setDiscount "welcome" 5)
steps:
  s1 closed cart=shoe:10 referral=CODE1
    gets acceptReferral
    gets setDiscount
  s2 closed cart=shoe:10 referral=CODE1
    gets acceptReferral
    gets setDiscount
  s3 open cart=shoe:10 referral=CODE1
    gets rejectReferral rejectionReason=ReferralLimitReached

story: a campaign that is not chosen rejects its referral
group: base highestDiscount
campaign: small
  referral: SMALL advocate=ann
  rule: small
    when (referralValid)
    then (setDiscount "small" 5)
campaign: large
  rule: large
    then (setDiscount "large" 10)
steps:
  s1 closed profile=bob cart=shoe:100 referral=SMALL
    gets rejectReferral value=SMALL rejectionReason=ReferralPartOfNotTriggeredCampaign campaignExclusionReason=CampaignGaveLowerDiscount
    gets setDiscount name=large value=10
  s2 open profile=bob cart=shoe:100 referral=SMALL
    gets rejectReferral value=SMALL rejectionReason=ReferralPartOfNotTriggeredCampaign campaignExclusionReason=CampaignGaveLowerDiscount
    gets setDiscount name=large value=10

story: a campaign after the first rejects its referral unasked
group: base listOrder
campaign: first
  rule: first
    then (setDiscount "first" 1)
campaign: second
  referral: SECOND advocate=ann
  rule: second
    when (referralValid)
    then (setDiscount "second" 5)
steps:
  s1 open profile=bob cart=shoe:100 referral=SECOND
    gets setDiscount name=first value=1
    gets rejectReferral value=SECOND rejectionReason=ReferralPartOfNotTriggeredCampaign campaignExclusionReason=CampaignIsNotFirst

story: a campaign that nothing else would visit answers for its referral
campaign: elsewhere
  referral: ALONE advocate=ann
  coupon: TEN01
  rule: coupon
    when (couponValid)
    then (setDiscount "coupon" 10)
steps:
  s1 open profile=bob cart=shoe:100 referral=ALONE
    gets rejectReferral value=ALONE rejectionReason=ReferralRejectedByCondition

story: a campaign is for the stores it is linked to
store: mitte
store: harbour
campaign: opening stores=mitte
  rule: opening gift
    then (setDiscount "opening" 5)
campaign: everywhere
  rule: thanks
    then (setDiscount "thanks" 1)
steps:
  s1 open cart=shoe:100 store=mitte
    gets setDiscount name=opening value=5
    gets setDiscount name=thanks value=1
  s1 open store=harbour
    gets setDiscount name=thanks value=1
  s1 closed store=mitte
    gets setDiscount name=opening value=5
    gets setDiscount name=thanks value=1
  s2 open cart=shoe:100
    gets setDiscount name=thanks value=1
  s3 open cart=shoe:100 store=nowhere
    refused /customerSession/storeIntegrationId

story: a code of a campaign for other stores
store: mitte
store: harbour
campaign: opening stores=mitte
  coupon: GIFT
  rule: opening gift
    when (couponValid)
    then (setDiscount "opening" 5)
steps:
  s1 open cart=shoe:100 store=harbour codes=GIFT
    gets rejectCoupon value=GIFT rejectionReason=CouponPartOfNotTriggeredCampaign campaignExclusionReason=CampaignNotInEvaluationSet
  s1 closed store=mitte
    gets acceptCoupon value=GIFT
    gets setDiscount name=opening value=5

story: rules read the store
attribute: Store city string
store: mitte city=Berlin
store: harbour city=Hamburg
campaign: cities
  rule: Berlin
    when (= (. Store Attributes city) "Berlin")
    then (showNotification "Info" (. Store Name) (. Store IntegrationId))
steps:
  s1 open cart=shoe:100 store=mitte
    gets showNotification title=mitte body=mitte
  s1 open store=harbour
  s2 open cart=shoe:100

story: budgets per store and per session
store: mitte
store: harbour
campaign: spending
  budget: setDiscount 15 per Store
  budget: setDiscountEffect 1 per Session
  rule: ten off
    then (setDiscount "ten off" 10)
  rule: once a session
    then (setDiscount "again" 1)
steps:
  s1 closed cart=shoe:100 store=mitte
    gets setDiscount name="ten off" value=10
  s2 closed cart=shoe:100 store=mitte
    gets setDiscount name=again value=1
  s3 closed cart=shoe:100 store=harbour
    gets setDiscount name="ten off" value=10
  s1 cancelled
    gets rollbackDiscount name="ten off" value=10
  s4 closed cart=shoe:100 store=mitte
    gets setDiscount name="ten off" value=10

story: a store budget
store: mitte
store: harbour
campaign: spending stores=mitte,harbour
  store budget: mitte setDiscount 15
  store budget: mitte setDiscount 12 daily
  rule: ten off, or what is left
    then (setDiscount "ten off" 10 true)
steps:
  s1 closed cart=shoe:100 store=mitte
    gets setDiscount name="ten off" value=10 desiredValue=10
  s2 closed cart=shoe:100 store=mitte
    gets setDiscount name="ten off" value=2 desiredValue=10
  s3 closed cart=shoe:100 store=mitte
  s4 closed cart=shoe:100 store=harbour
    gets setDiscount name="ten off" value=10
  s5 closed cart=shoe:100 store=harbour
    gets setDiscount name="ten off" value=10
  s1 reopens
    gets rollbackDiscount name="ten off" value=10
  s6 closed cart=shoe:100 store=mitte
    gets setDiscount name="ten off" value=10

story: what is left of a store's session is evaluated there again
store: mitte
campaign: half stores=mitte reevaluateOnReturn=true
  store budget: mitte setDiscount 50
  rule: a tenth
    then (setDiscount "a tenth" (* (. Session CartItemTotal) 0.1))
steps:
  s1 closed cart=shoe:100x3 store=mitte
    gets setDiscount name="a tenth" value=30
  s1 returns shoe*1 again
    gets rollbackDiscount name="a tenth" value=30
    gets setDiscount name="a tenth" value=20
  s2 closed cart=shoe:100x3 store=mitte
    gets setDiscount name="a tenth" value=30

story: a rule asks what is left in the store
store: mitte
store: harbour
campaign: spending stores=mitte,harbour
  store budget: mitte setDiscount 15 yearly
  rule: ten off
    when (budgetEnoughFor setDiscount 10)
    then (setDiscount "ten off" 10)
  rule: nearly over
    when (not (budgetEnoughFor setDiscount 10))
    when (budgetAvailable setDiscount)
    then (showNotification "Info" "nearly over" "hurry")
steps:
  s1 open cart=shoe:100 store=mitte
    gets setDiscount value=10
    gets showNotification title="nearly over"
  s1 closed
    gets setDiscount value=10
    gets showNotification title="nearly over"
  s2 closed cart=shoe:100 store=mitte
    gets showNotification title="nearly over"
  s3 closed cart=shoe:100 store=harbour
    gets setDiscount value=10
  s1 cancelled
    gets rollbackDiscount value=10
  s4 closed cart=shoe:100 store=mitte
    gets setDiscount value=10
    gets showNotification title="nearly over"

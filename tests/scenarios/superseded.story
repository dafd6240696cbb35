# Effects that newer ones have taken the place of: rules may still give them.

story: a referral in the words of older shops
application: caseSensitivity=insensitive-uppercase
campaign: friends
  referral: ANN-1 advocate=ann
  rule: welcome
    when (referralValid)
    then (redeemReferral)
    then (setDiscount "welcome" 5)
  rule: without asking
    then (redeemReferral)
steps:
  s1 closed profile=bob cart=shoe:100 referral=ann-1
    gets acceptReferral value=ann-1
    gets redeemReferral value=ANN-1
    gets setDiscount name=welcome value=5
    gets error message="effect 0: there is no referral to redeem: ask for referralValid in the rule's conditions"
  s1 cancelled
    gets rollbackReferral value=ann-1
    gets rollbackDiscount name=welcome value=5

story: what a bundle consists of
campaign: outfits
  binding: Shoes (filter (. Session CartItems) ((Item) (= (. Item SKU) shoe)))
  binding: Hats (filter (. Session CartItems) ((Item) (= (. Item SKU) hat)))
  binding: Outfit (bundle Outfit (. Shoes) 1 (. Hats) 2)
  rule: outfit
    then (showBundleMetadata (. Outfit) "a shoe and two hats" (list sku))
steps:
  s1 open cart=scarf:5,shoe:20,hat:10x4,shoe:30
    gets showBundleMetadata description="a shoe and two hats"
    gets showBundleMetadata description="a shoe and two hats"

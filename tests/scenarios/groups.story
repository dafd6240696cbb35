# Campaigns that compete: what each mode and scope of an evaluation group leaves over.

story: stackable groups contribute in the order of the tree
group: first in base stackable
campaign: last
  rule: c
    then (setDiscount "c" 3)
campaign: inner group=first
  rule: a
    then (setDiscount "a" 1)
campaign: inner too group=first
  rule: b
    then (setDiscount "b" 2)
steps:
  s1 open cart=shoe:100
    gets setDiscount name=a value=1
    gets setDiscount name=b value=2
    gets setDiscount name=c value=3

story: the first campaign that triggers ends its group
group: base listOrder
campaign: rich
  coupon: RICH
  rule: rich
    when (couponValid)
    when (> (. Session Total) 500)
    then (setDiscount "rich" 50)
campaign: usual
  coupon: USUAL
  rule: usual
    when (couponValid)
    then (setDiscount "usual" 10)
campaign: late
  coupon: LATE
  rule: late
    when (couponValid)
    then (setDiscount "late" 90)
steps:
  s1 open cart=tv:100 codes=LATE,USUAL,RICH
    gets rejectCoupon value=RICH rejectionReason=CouponRejectedByCondition conditionIndex=1
    gets acceptCoupon value=USUAL
    gets setDiscount name=usual value=10
    gets rejectCoupon value=LATE rejectionReason=CouponPartOfNotTriggeredCampaign campaignExclusionReason=CampaignIsNotFirst
  s1 closed cart=tv:600
    gets acceptCoupon value=RICH
    gets setDiscount name=rich value=50
    gets rejectCoupon value=USUAL rejectionReason=CouponPartOfNotTriggeredCampaign campaignExclusionReason=CampaignIsNotFirst
    gets rejectCoupon value=LATE rejectionReason=CouponPartOfNotTriggeredCampaign campaignExclusionReason=CampaignIsNotFirst
  s2 closed cart=tv:600 codes=USUAL,LATE
    gets acceptCoupon value=USUAL
    gets setDiscount name=usual value=10
    gets rejectCoupon value=LATE campaignExclusionReason=CampaignIsNotFirst
  s3 closed cart=tv:600 codes=LATE
    gets acceptCoupon value=LATE
    gets setDiscount name=late value=90

story: the highest discount wins, and of equals the first
group: base highestDiscount
campaign: ten
  coupon: TENS
  rule: ten
    when (couponValid)
    then (setDiscount "ten" 10)
campaign: twice five
  rule: five
    then (setDiscount "five" 5)
  rule: another
    when (> (. Session Total) 50)
    then (setDiscount "another" 5)
campaign: words
  rule: words
    then (showNotification "Info" "Hello" "You")
steps:
  s1 open cart=shoe:100 codes=TENS
    gets acceptCoupon value=TENS
    gets setDiscount name=ten value=10
  s1 open cart=shoe:100 codes=
    gets setDiscount name=five value=5
    gets setDiscount name=another value=5
  s1 open cart=shoe:50 codes=TENS
    gets acceptCoupon value=TENS
    gets setDiscount name=ten value=10

story: the loser keeps its coupon, its budget and its attributes to itself
attribute: CustomerSession tier string
group: base highestDiscount
campaign: poor
  coupon: POOR
  coupon: OLDS expiryDate=-1d
  budget: setDiscount 5
  rule: poor
    when (couponValid)
    then (updateAttribute "Session.Attributes.tier" "poor")
    then (setDiscount "poor" 5)
campaign: good
  coupon: GOOD
  rule: good
    when (couponValid)
    then (setDiscount "good" 10)
campaign: who
  rule: who
    when (= (. Session Attributes tier) "poor")
    then (setDiscount "unfair" 100)
steps:
  s1 closed cart=shoe:100 codes=POOR,OLDS,GOOD
    gets rejectCoupon value=POOR rejectionReason=CouponPartOfNotTriggeredCampaign campaignExclusionReason=CampaignGaveLowerDiscount
    gets rejectCoupon value=OLDS rejectionReason=CouponExpired
    gets acceptCoupon value=GOOD
    gets setDiscount name=good value=10
  s2 closed cart=shoe:100 codes=POOR,GOOD
    gets acceptCoupon value=POOR
    gets updateAttribute value=poor
    gets setDiscount name=poor value=5
    gets rejectCoupon value=GOOD rejectionReason=CouponLimitReached

story: the lowest discount wins
group: frugal in base lowestDiscount
campaign: many group=frugal
  coupon: MANY
  rule: many
    when (couponValid)
    then (setDiscount "many" 20)
campaign: few group=frugal
  rule: few
    when (> (. Session Total) 50)
    then (setDiscount "few" 2)
campaign: always
  rule: always
    then (setDiscount "always" 1)
steps:
  s1 open cart=shoe:100 codes=MANY
    gets rejectCoupon value=MANY rejectionReason=CouponPartOfNotTriggeredCampaign campaignExclusionReason=CampaignGaveLowerDiscount
    gets setDiscount name=few value=2
    gets setDiscount name=always value=1
  s1 open cart=shoe:10
    gets acceptCoupon value=MANY
    gets setDiscount name=many value=20
    gets setDiscount name=always value=1

story: a group competes as one, with all it leaves over
group: base highestDiscount
group: pair in base stackable
group: single in pair listOrder
campaign: a group=single
  coupon: AAAA
  rule: a
    when (couponValid)
    then (setDiscount "a" 6)
campaign: b group=single
  coupon: BBBB
  rule: b
    when (couponValid)
    then (setDiscount "b" 7)
campaign: c group=pair
  rule: c
    then (setDiscount "c" 5)
campaign: ten
  coupon: TENS
  rule: ten
    when (couponValid)
    then (setDiscount "ten" 10)
steps:
  s1 open cart=shoe:100 codes=AAAA,BBBB,TENS
    gets acceptCoupon value=AAAA
    gets setDiscount name=a value=6
    gets rejectCoupon value=BBBB campaignExclusionReason=CampaignIsNotFirst
    gets setDiscount name=c value=5
    gets rejectCoupon value=TENS campaignExclusionReason=CampaignGaveLowerDiscount
  s1 open codes=TENS
    gets acceptCoupon value=TENS
    gets setDiscount name=ten value=10

story: each item gets the highest discount
group: base stackable
group: items in base highestDiscount cartItem
campaign: shoes group=items type=cartItem
  rule: shoes
    then (setDiscountPerItem (filter (. Session CartItems) ((Item) (= (. Item Category) "shoes"))) "shoes" 3)
campaign: everything group=items type=cartItem
  coupon: EVERY
  rule: everything
    when (couponValid)
    then (setDiscountPerItem (. Session CartItems) "everything" ((Item) (* (. Item Price) 0.1)))
campaign: tiny group=items type=cartItem
  coupon: TINY
  rule: tiny
    when (couponValid)
    then (setDiscountPerItem (. Session CartItems) "tiny" 0.5)
campaign: news group=items
  rule: news
    then (showNotification "Info" "Hello" "You")
steps:
  s1 open cart=shoe:20@shoes,boot:50@shoes,hat:30@hats codes=EVERY,TINY
    gets setDiscountPerItem name="shoes#0" value=3 position=0
    gets acceptCoupon value=EVERY
    gets setDiscountPerItem name="everything#1" value=5 position=1
    gets setDiscountPerItem name="everything#2" value=3 position=2
    gets rejectCoupon value=TINY rejectionReason=CouponPartOfNotTriggeredCampaign campaignExclusionReason=CampaignGaveLowerDiscount
    gets showNotification title=Hello
  s1 open codes=TINY
    gets setDiscountPerItem name="shoes#0" value=3 position=0
    gets setDiscountPerItem name="shoes#1" value=3 position=1
    gets acceptCoupon value=TINY
    gets setDiscountPerItem name="tiny#2" value=0.5 position=2
    gets showNotification title=Hello

story: each item gets the discount of the first campaign that has one for it
application: enableFlattenedCartItems=true enableCascadingDiscounts=true
group: items in base listOrder cartItem
campaign: first shoe group=items
  budget: setDiscountEffect 1
  rule: first shoe
    then (setDiscountPerItem (filter (. Session CartItems) ((Item) (catch false (= (. Item SubPosition) 0)))) "first" 4)
campaign: all group=items
  rule: all
    then (setDiscountPerItem (. Session CartItems) "all" ((Item) (* (. Item Price) 0.5)))
campaign: never group=items
  coupon: NEVER
  rule: never
    when (couponValid)
    then (setDiscountPerItem (. Session CartItems) "never" 9)
campaign: rest
  rule: rest
    then (setDiscount "rest" (* (. Session Total) 0.1))
steps:
  s1 closed cart=shoe:10x2 codes=NEVER
    gets setDiscountPerItem name="first#0" value=4 position=0 subPosition=0
    gets setDiscountPerItem name="all#0" value=5 position=0 subPosition=1
    gets rejectCoupon value=NEVER rejectionReason=CouponPartOfNotTriggeredCampaign campaignExclusionReason=CampaignIsNotFirst
    gets setDiscount name=rest value=1.1
  s2 closed cart=shoe:10x2
    gets setDiscountPerItem name="all#0" value=5 position=0 subPosition=0
    gets setDiscountPerItem name="all#0" value=5 position=0 subPosition=1
    gets setDiscount name=rest value=1

story: each item gets the lowest discount, groups in the group included
group: items in base lowestDiscount cartItem
group: pair in items stackable
campaign: one group=pair
  coupon: ONCE
  rule: one
    when (couponValid)
    then (setDiscountPerItem (filter (. Session CartItems) ((Item) (= (. Item SKU) "hat"))) "one" 9)
campaign: two group=pair
  rule: two
    then (setDiscountPerItem (filter (. Session CartItems) ((Item) (= (. Item SKU) "shoe"))) "two" 1)
campaign: three group=items
  rule: three
    then (setDiscountPerItem (. Session CartItems) "three" 2)
steps:
  s1 open cart=shoe:20,hat:30 codes=ONCE
    gets rejectCoupon value=ONCE rejectionReason=CouponPartOfNotTriggeredCampaign campaignExclusionReason=CampaignGaveLowerDiscount
    gets setDiscountPerItem name="two#0" value=1
    gets setDiscountPerItem name="three#1" value=2

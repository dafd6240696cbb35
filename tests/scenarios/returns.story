# What happens to a closed session: items come back, it is cancelled, or it is opened again.

story: only the discounts of the returned units are taken back
campaign: sale
  rule: ten percent off each item, and five off the cart
    then (setDiscountPerItem (. Session CartItems) "sale" ((item) (* (. item Price) 0.1)))
    then (setDiscount "five" 5)
steps:
  s1 closed cart=shoe:100x3,hat:20
    gets setDiscountPerItem name="sale#0" value=10 position=0 subPosition=0
    gets setDiscountPerItem name="sale#0" value=10 position=0 subPosition=1
    gets setDiscountPerItem name="sale#0" value=10 position=0 subPosition=2
    gets setDiscountPerItem name="sale#1" value=2 position=1 subPosition=0
    gets setDiscount name=five value=5
  s1 returns shoe*2
    gets rollbackDiscount name="sale#0" value=10 cartItemPosition=0 cartItemSubPosition=0
    gets rollbackDiscount name="sale#0" value=10 cartItemPosition=0 cartItemSubPosition=1
  s1 holds
    gets setDiscountPerItem name="sale#0" value=10 position=0 subPosition=2
    gets setDiscountPerItem name="sale#1" value=2 position=1 subPosition=0
    gets setDiscount name=five value=5
  s1 returns #1
    gets rollbackDiscount name="sale#1" value=2 cartItemPosition=1 cartItemSubPosition=0
  s1 cancelled
    gets rollbackDiscount name="sale#0" value=10 cartItemPosition=0 cartItemSubPosition=2
    gets rollbackDiscount name=five value=5
  s1 holds

story: returning everything leaves the session partially returned
campaign: sale
  coupon: TENNER usageLimit=1
  rule: ten off each item
    when (couponValid)
    then (setDiscountPerItem (. Session CartItems) "ten" 10)
steps:
  s1 closed cart=shoe:100x2,shoe:100 codes=TENNER
    gets acceptCoupon value=TENNER
    gets setDiscountPerItem position=0 subPosition=0
    gets setDiscountPerItem position=0 subPosition=1
    gets setDiscountPerItem position=1 subPosition=0
  s1 returns shoe
    gets rollbackDiscount cartItemPosition=0 cartItemSubPosition=0
    gets rollbackDiscount cartItemPosition=0 cartItemSubPosition=1
    gets rollbackDiscount cartItemPosition=1 cartItemSubPosition=0
  # The code stays redeemed until the session is cancelled.
  s2 open cart=shoe:100 codes=TENNER
    gets rejectCoupon value=TENNER rejectionReason=CouponLimitReached
  s1 returns shoe
    refused /return/returnedCartItems/0
  s1 reopens
    refused customerSessionId
  s1 closed
    refused /customerSession/state
  s1 cancelled
    gets rollbackCoupon value=TENNER
  s2 same
    gets acceptCoupon value=TENNER
    gets setDiscountPerItem value=10

story: a return gives back exactly what its units used of a budget
campaign: sale
  budget: setDiscount 35
  rule: ten off each item
    then (setDiscountPerItem (. Session CartItems) "ten" 10)
steps:
  s1 closed cart=shoe:100x3
    gets setDiscountPerItem value=10
    gets setDiscountPerItem value=10
    gets setDiscountPerItem value=10
  s2 open cart=shoe:100
  s1 returns #0*1
    gets rollbackDiscount value=10 cartItemSubPosition=0
  s2 closed
    gets setDiscountPerItem value=10
  s3 open cart=shoe:100
  s1 cancelled
    gets rollbackDiscount value=10 cartItemSubPosition=1
    gets rollbackDiscount value=10 cartItemSubPosition=2
  s3 same cart=shoe:100x2
    gets setDiscountPerItem value=10
    gets setDiscountPerItem value=10
  s3 same cart=shoe:100x3

story: a return gives back the money of its units to the code
campaign: gift card
  coupon: GIFT usageLimit=0 discountLimit=25
  rule: ten off each item
    when (couponValid)
    then (setDiscountPerItem (. Session CartItems) "gift" 10)
steps:
  s1 closed cart=shoe:100x2 codes=GIFT
    gets acceptCoupon value=GIFT
    gets setDiscountPerItem value=10
    gets setDiscountPerItem value=10
  s2 open cart=shoe:100 codes=GIFT
    gets rejectCoupon value=GIFT rejectionReason=EffectCouldNotBeApplied
  s1 returns shoe*1
    gets rollbackDiscount value=10
  s2 same
    gets acceptCoupon value=GIFT
    gets setDiscountPerItem value=10

story: a discount on a whole line is taken back by its share
application: enableFlattenedCartItems=false
campaign: sale
  budget: setDiscount 10
  budget: setDiscountEffect 1
  rule: ten off each line
    then (setDiscountPerItem (. Session CartItems) "ten" 10)
steps:
  s1 closed cart=shoe:100x3
    gets setDiscountPerItem value=10 position=0
  s1 returns shoe*1
    gets rollbackDiscount value=3.333333333333333 cartItemPosition=0
  s1 holds
    gets setDiscountPerItem value=6.666666666666667 position=0
  # The effect still holds, in part: its use of the other budget is given back with what is left of it.
  s2 open cart=hat:9
  s1 returns shoe*2
    gets rollbackDiscount value=6.666666666666667 cartItemPosition=0
  s1 holds
  s2 same
    gets setDiscountPerItem value=10 position=0

story: a reopened session is an open one that was never closed
attribute: CustomerSession tier string
campaign: sale
  coupon: TENNER usageLimit=1
  budget: setDiscount 10
  rule: ten off and a free hat
    when (couponValid)
    then (setDiscount "ten" 10)
    then (addFreeItem "hat" "a hat")
    then (updateAttribute "Session.Attributes.tier" gold)
steps:
  s1 closed profile=ann cart=shoe:100 codes=TENNER
    gets acceptCoupon value=TENNER
    gets setDiscount value=10
    gets addFreeItem sku=hat
    gets updateAttribute value=gold
  s1 reopens
    gets rollbackCoupon value=TENNER
    gets rollbackDiscount name=ten value=10
  # What nothing takes back goes on holding.
  s1 holds
    gets addFreeItem sku=hat
    gets updateAttribute value=gold
  s1 reopens
    refused customerSessionId
  s1 returns shoe
    refused /return
  s2 closed cart=shoe:50 codes=TENNER
    gets acceptCoupon value=TENNER
    gets setDiscount value=10
    gets addFreeItem sku=hat
    gets updateAttribute value=gold
  s1 same cart=shoe:100x2
    gets rejectCoupon value=TENNER rejectionReason=CouponLimitReached
  s1 closed codes=
  s1 cancelled

story: reopening keeps the budgets of what it does not take back, cancelling does not
campaign: gifts
  budget: addFreeItemEffect 2
  rule: a free hat
    then (addFreeItem "hat" "a hat")
steps:
  s1 closed cart=shoe:100
    gets addFreeItem sku=hat
  s1 reopens
  s1 closed
    gets addFreeItem sku=hat
  s2 open cart=shoe:100
  s1 cancelled
  s1 holds
    gets addFreeItem sku=hat
  s2 same
    gets addFreeItem sku=hat

story: what cannot be returned
steps:
  s1 open cart=shoe:100x2,hat:20
  s1 returns shoe
    refused /return
  s1 closed
  s1 returns boot
    refused /return/returnedCartItems/0/sku
  s1 returns #2,shoe*3,#0*2,#0*1
    refused /return/returnedCartItems/0/position
    refused /return/returnedCartItems/1/quantity
    refused /return/returnedCartItems/3
  s1 returns hat*0
    refused /return/returnedCartItems/0/quantity
  s1 returns shoe*1,#0
  s1 returns hat
  s1 returns hat*1
    refused /return/returnedCartItems/0

story: campaigns that want it decide anew about what is left
campaign: anew reevaluateOnReturn=true
  budget: setDiscount 30
  rule: a tenth from 200 on
    when (>= (. Session CartItemTotal) 200)
    then (setDiscount "tenth" (* (. Session CartItemTotal) 0.1))
    then (setDiscount "same" 0.5)
campaign: as it was
  rule: five from 200 on
    when (>= (. Session CartItemTotal) 200)
    then (setDiscount "five" 5)
campaign: too late reevaluateOnReturn=true
  rule: for small carts
    when (< (. Session CartItemTotal) 200)
    then (setDiscount "small" 1)
steps:
  s1 closed cart=shoe:100x2,hat:90
    gets setDiscount name=tenth value=29
    gets setDiscount name=same value=0.5
    gets setDiscount name=five value=5
  # Its own 29.50 of the budget do not stand in the way; what is the same is not told again.
  s1 returns hat again
    gets rollbackDiscount name=tenth value=29
    gets setDiscount name=tenth value=20
  s1 holds
    gets setDiscount name=same value=0.5
    gets setDiscount name=five value=5
    gets setDiscount name=tenth value=20
  s1 returns shoe*1 again
    gets rollbackDiscount name=same value=0.5
    gets rollbackDiscount name=tenth value=20
  s2 closed cart=shoe:290
    gets setDiscount name=tenth value=29
    gets setDiscount name=same value=0.5
    gets setDiscount name=five value=5
  s1 cancelled
    gets rollbackDiscount name=five value=5

story: a code can lose its conditions by a return, and a free item stays
campaign: welcome reevaluateOnReturn=true
  coupon: WELCOME usageLimit=1
  budget: redeemCoupon 1
  rule: a gift
    then (addFreeItem "hat" "a hat")
  rule: ten off from 200 on
    when (couponValid)
    when (>= (. Session CartItemTotal) 200)
    then (setDiscountPerItem (. Session CartItems) "ten" 10)
steps:
  s1 closed cart=shoe:100x3 codes=WELCOME
    gets addFreeItem sku=hat
    gets acceptCoupon value=WELCOME
    gets setDiscountPerItem subPosition=0
    gets setDiscountPerItem subPosition=1
    gets setDiscountPerItem subPosition=2
  s1 returns shoe*1 again
    gets rollbackDiscount cartItemSubPosition=0
  s1 returns shoe*1
    gets rollbackDiscount cartItemSubPosition=1
  s2 open cart=shoe:200 codes=WELCOME
    gets addFreeItem sku=hat
    gets rejectCoupon rejectionReason=CouponLimitReached
  s1 returns shoe*1 again
    gets rollbackDiscount cartItemSubPosition=2
    gets rollbackCoupon value=WELCOME
    gets rejectCoupon value=WELCOME rejectionReason=CouponRejectedByCondition
  s1 holds
    gets addFreeItem sku=hat
    gets rejectCoupon value=WELCOME
  s2 same
    gets addFreeItem sku=hat
    gets acceptCoupon value=WELCOME
    gets setDiscountPerItem value=10

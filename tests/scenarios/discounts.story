# What comes off the price, and of what.

story: a tenth off each shoe, unit by unit
campaign: shoes
  binding: Shoes (filter (. Session CartItems) ((Item) (catch false (= (. Item Category) shoes))))
  rule: sale
    when (not (isEmpty (. Shoes)))
    then (setDiscountPerItem (. Shoes) "Sale" ((Item) (* (. Item Price) (/ 10 100))))
steps:
  s1 open cart=hat:20@hats,shoe:99.99x2@shoes,bag:5
    gets setDiscountPerItem name=Sale#1 value=9.999 position=1 subPosition=0 scope=price
    gets setDiscountPerItem name=Sale#1 value=9.999 position=1 subPosition=1 scope=price
  s2 open cart=hat:20@hats

story: two tenths of the session, side by side
campaign: first
  rule: tenth
    then (setDiscount "first" (* (. Session Total) (/ 10 100)))
campaign: second
  rule: tenth
    then (setDiscount "second" (* (. Session Total) (/ 10 100)))
steps:
  s1 open cart=shoe:100
    gets setDiscount name=first value=10
    gets setDiscount name=second value=10

story: two tenths of the session, one after the other
application: enableCascadingDiscounts=true
campaign: first
  rule: tenth
    then (setDiscount "first" (* (. Session Total) (/ 10 100)))
campaign: second
  rule: tenth
    then (setDiscount "second" (* (. Session Total) (/ 10 100)))
campaign: all of it
  rule: more than there is
    then (setDiscount "rest" 1000)
campaign: too late
  rule: nothing is left
    then (setDiscount "none" 1)
steps:
  s1 open cart=shoe:100
    gets setDiscount name=first value=10 scope=sessionTotal
    gets setDiscount name=second value=9 scope=sessionTotal
    gets setDiscount name=rest value=81 scope=sessionTotal

story: free shipping over fifty
cost: shipping session
campaign: shipping
  rule: over fifty
    when (>= (. Session CartItemTotal) 50)
    then (setDiscountPerAdditionalCost shipping "Free shipping" (. Session AdditionalCosts shipping Price))
steps:
  s1 open cart=shoe:49.99 costs=shipping:4.90
  s1 open cart=shoe:50
    gets setDiscountPerAdditionalCost name="Free shipping" additionalCost=shipping value=4.9
  s1 closed costs=
    gets error

story: a free item, a message and an attribute
attribute: CustomerSession tier string
attribute: CustomerProfile visits number
campaign: treats
  rule: for everybody
    then (addFreeItem SOCKS "Free socks" 2)
    then (showNotification Offer "Lucky you" "Two pairs of socks")
    then (updateAttribute "Session.Attributes.tier" Gold)
  rule: only gold, as the first rule has made it
    when (= (. Session Attributes tier) Gold)
    then (updateAttribute "Profile.Attributes.visits" increaseBy 1)
steps:
  s1 open profile=ann cart=shoe:10
    gets addFreeItem sku=SOCKS name="Free socks"
    gets addFreeItem sku=SOCKS name="Free socks"
    gets showNotification notificationType=Offer title="Lucky you" body="Two pairs of socks"
    gets updateAttribute path=Session.Attributes.tier value=Gold
    gets updateAttribute path=Profile.Attributes.visits value=1
  s1 same
    gets addFreeItem sku=SOCKS
    gets addFreeItem sku=SOCKS
    gets showNotification title="Lucky you"
    gets updateAttribute value=Gold
    gets updateAttribute value=2

story: states that follow, and states that cannot
campaign: ten
  rule: ten off
    then (setDiscount "ten off" 10)
steps:
  s1 cancelled
    refused /customerSession/state
  s1 open cart=shoe:100
    gets setDiscount value=10
  s1 cancelled
  s1 open
    refused /customerSession/state
  s2 closed cart=shoe:100
    gets setDiscount value=10
  s2 same cart=shoe:1
    refused /customerSession/state
  s2 open
    refused /customerSession/state
  s2 cancelled
    gets rollbackDiscount name="ten off" value=10
  s2 cancelled
    refused /customerSession/state

story: something only this shop knows how to do, up to its budget
campaign: engraving
  budget: customEffect 1
  rule: engrave
    then (customEffect 7 engrave (kv (text "For you") (lines 2)))
steps:
  s1 closed cart=ring:100
    gets customEffect effectId=7 name=engrave
  s2 closed cart=ring:100

# Attributes that rules set: of people, of codes and of the items of the cart.

story: times and numbers change by operators
attribute: CustomerProfile due time
attribute: CustomerProfile visits number
campaign: counting
  rule: count
    then (updateAttribute "Profile.Attributes.visits" increaseBy 2)
    then (updateAttribute "Profile.Attributes.visits" multiplyBy 3)
  rule: a year more
    when (exists (list 1) (x (= (. Profile Attributes visits) 6)))
    then (updateAttribute "Profile.Attributes.due" setTo (parseTime "2030-01-31"))
    then (updateAttribute "Profile.Attributes.due" laterBy "1M")
    then (updateAttribute "Profile.Attributes.due" earlierBy 0.5)
steps:
  s1 open profile=ann
    gets updateAttribute path=Profile.Attributes.visits value=2
    gets updateAttribute path=Profile.Attributes.visits value=6
    gets updateAttribute path=Profile.Attributes.due value=2030-01-31T00:00:00+00:00
    gets updateAttribute path=Profile.Attributes.due value=2030-02-28T00:00:00+00:00
    gets updateAttribute path=Profile.Attributes.due value=2030-02-27T12:00:00+00:00

story: items are marked line by line, and later rules see the mark
attribute: CartItem mark string
attribute: CartItem worth number
campaign: marking
  rule: mark the shoes
    then (updateItemAttribute (filter (. Session CartItems) ((Item) (= (. Item Category) "shoes"))) mark setTo "sale")
    then (updateItemAttribute (. Session CartItems) worth increaseBy ((Item) (* (. Item Price) 2)))
campaign: selling
  rule: what is marked
    then (setDiscountPerItem (filter (. Session CartItems) ((Item) (catch false (= (. Item Attributes mark) "sale")))) "sale" 1)
  rule: what is worth a lot
    when (exists (. Session CartItems) ((Item) (= (. Item Attributes worth) 200)))
    then (showNotification Info "Precious")
steps:
  s1 open cart=boot:100x2@shoes,hat:20@hats
    gets updateAttribute path=Session.CartItems[0].Attributes.mark value=sale
    gets updateAttribute path=Session.CartItems[0].Attributes.worth value=200
    gets updateAttribute path=Session.CartItems[1].Attributes.worth value=40
    gets setDiscountPerItem name="sale#0" value=1 position=0 subPosition=0
    gets setDiscountPerItem name="sale#0" value=1 position=0 subPosition=1
    gets showNotification title=Precious
  s1 same
    gets updateAttribute path=Session.CartItems[0].Attributes.mark value=sale
    gets updateAttribute path=Session.CartItems[0].Attributes.worth value=400
    gets updateAttribute path=Session.CartItems[1].Attributes.worth value=80
    gets setDiscountPerItem name="sale#0" value=1 position=0 subPosition=0
    gets setDiscountPerItem name="sale#0" value=1 position=0 subPosition=1

story: an advocate is credited for friends, and the code counts them
attribute: CustomerProfile friends number
attribute: Referral friends number
campaign: bring a friend
  referral: FRIEND advocate=ann usageLimit=0
  rule: one more
    when (referralValid)
    then (updateAttribute "AdvocateProfile.Attributes.friends" increaseBy 1)
    then (updateAttribute "Referral.Attributes.friends" increaseBy 1)
steps:
  s1 closed profile=ann
  s2 closed profile=bob referral=FRIEND
    gets acceptReferral value=FRIEND
    gets updateAttribute path=AdvocateProfile.Attributes.friends value=1
    gets updateAttribute path=Referral.Attributes.friends value=1
  s3 closed profile=cec referral=FRIEND
    gets acceptReferral value=FRIEND
    gets updateAttribute path=AdvocateProfile.Attributes.friends value=2
    gets updateAttribute path=Referral.Attributes.friends value=2
  s2 cancelled
    gets rollbackReferral value=FRIEND

story: free items as many as the budget allows, and a word where nothing is left
application: enablePartialDiscounts=true
campaign: socks
  budget: addFreeItemEffect 3
  rule: two pairs
    then (onError null (addFreeItem "SOCKS" "Socks" 2) budgetExceeded (showNotification Info "Socks are gone"))
steps:
  s1 closed cart=shoe:100
    gets addFreeItem sku=SOCKS desiredQuantity=2
    gets addFreeItem sku=SOCKS desiredQuantity=2
  s2 closed cart=shoe:100
    gets addFreeItem sku=SOCKS desiredQuantity=2
  s3 closed cart=shoe:100
    gets showNotification title="Socks are gone"

story: attributes that nobody has defined
campaign: deliveries
  rule: cheap in Berlin
    when (= (. Session Attributes ShippingCity) "Berlin")
    when (> (. Session Attributes ShippingCost) 4)
    then (setDiscount "shipping" (. Session Attributes ShippingCost))
  rule: keep the language
    when (= (. Session Attributes ShippingCity) "Berlin")
    then (updateAttribute Profile.Attributes.Language "de")
  rule: speak it
    when (= (. Profile Attributes Language) "de")
    then (showNotification "Info" "Hallo" "")
steps:
  s1 open profile=ann cart=shoe:100 attributes=ShippingCity=Berlin,ShippingCost=4.9
    gets setDiscount name=shipping value=4.9
    gets updateAttribute path=Profile.Attributes.Language value=de
    gets showNotification title=Hallo
  s1 open attributes=shippingcity=Berlin
    refused /customerSession/attributes/shippingcity

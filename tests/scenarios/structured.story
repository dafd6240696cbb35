# What structured rulesets can say, spelled as expressions.

story: one amount shared out over the items by what they cost
campaign: thirty
  rule: together
    then (setDiscountPerItemProRata (. Session CartItems) "Thirty" 30)
steps:
  s1 closed cart=a:55,b:60,c:115
    gets setDiscountPerItem name=Thirty#0 value=7.17 totalDiscount=30 scope=price
    gets setDiscountPerItem name=Thirty#1 value=7.82 totalDiscount=30
    gets setDiscountPerItem name=Thirty#2 value=15.01 totalDiscount=30
  s1 cancelled
    gets rollbackDiscount name=Thirty#0 value=7.17
    gets rollbackDiscount name=Thirty#1 value=7.82
    gets rollbackDiscount name=Thirty#2 value=15.01
  s2 open cart=

story: a shared amount is cut to what is left of its budget, and to what the items still cost
application: enablePartialDiscounts=true enableCascadingDiscounts=true
campaign: thirty
  budget: setDiscount 30 per Session
  rule: together
    then (setDiscountPerItemProRata (. Session CartItems) "All" 100)
steps:
  s1 open cart=a:10,b:30
    gets setDiscountPerItem name=All#0 value=7.5 totalDiscount=30 desiredTotalDiscount=40
    gets setDiscountPerItem name=All#1 value=22.5 totalDiscount=30 desiredTotalDiscount=40
  s2 open cart=a:0.01,b:0.02
    gets setDiscountPerItem name=All#0 value=0.01 totalDiscount=0.03
    gets setDiscountPerItem name=All#1 value=0.02 totalDiscount=0.03

story: an additional cost of each item
cost: wrapping item
campaign: wrapping
  rule: half
    then (setDiscountPerAdditionalCostPerItem (. Session CartItems) wrapping "Half" ((Item) (/ (. Item AdditionalCosts wrapping Price) 2)))
steps:
  s1 closed cart=gift:20x2+wrapping:3
    gets setDiscountPerAdditionalCostPerItem name=Half#0 additionalCost=wrapping value=1.5 position=0 subPosition=0
    gets setDiscountPerAdditionalCostPerItem name=Half#0 additionalCost=wrapping value=1.5 position=0 subPosition=1
  s2 open cart=gift:20+wrapping:3,hat:5
  s1 cancelled
    gets rollbackDiscount name=Half#0 additionalCost=wrapping cartItemSubPosition=0
    gets rollbackDiscount name=Half#0 additionalCost=wrapping cartItemSubPosition=1

story: something this shop does with each item
campaign: engraving
  rule: engrave
    then (customEffectPerItem (. Session CartItems) 7 engrave ((Item) (kv (sku (. Item SKU)))))
steps:
  s1 open cart=ring:100x2
    gets customEffect effectId=7 name=engrave cartItemPosition=0 cartItemSubPosition=0
    gets customEffect effectId=7 name=engrave cartItemPosition=0 cartItemSubPosition=1

story: asking for what is left of a budget
campaign: five
  budget: setDiscount 5 per Session
  budget: customEffect 1 per Profile
  rule: enough
    when (budgetEnoughFor setDiscount 5)
    then (setDiscount four 4)
  rule: not enough any more
    when (budgetEnoughFor setDiscount 5)
    then (setDiscount five 5)
  rule: but something
    when (budgetAvailable setDiscount)
    then (setDiscount one 1)
  rule: nothing
    when (budgetAvailable setDiscount)
    then (showNotification Info "More to come")
  rule: no limit, no end
    when (budgetAvailable addFreeItemEffect)
    then (showNotification Info "No limit")
  rule: a budget per profile needs a profile
    when (not (budgetAvailable customEffect))
    then (showNotification Info "Who are you?")
steps:
  s1 open cart=a:10
    gets setDiscount name=four value=4
    gets setDiscount name=one value=1
    gets showNotification title="No limit"
    gets showNotification title="Who are you?"

story: what happened to the session
campaign: closing
  rule: closing, by its full name
    when (eventIs talon_session_closed)
    then (showNotification Info "Thank you")
  rule: closing, in short
    when (eventIs sessionClosed)
    then (showNotification Info "Thanks")
  rule: something else
    when (or (eventIs sessionCancelled) (eventIs closed))
    then (showNotification Info "Not this")
steps:
  s1 open cart=a:10
  s1 closed
    gets showNotification title="Thank you"
    gets showNotification title=Thanks

story: effects in place of a condition that fails
attribute: CustomerSession tier string
campaign: nearly
  budget: customEffect 1 per Session
  rule: free shipping from a hundred on
    when (onFailure (>= (. Session Total) 100) (showNotification Info "Nearly there") (customEffect 7 nudge) (customEffect 7 again))
    when (onFailure (= (. Session Attributes tier) gold) (showNotification Info "Only for gold"))
    then (setDiscount shipping 5)
steps:
  s1 open cart=a:10
    gets showNotification title="Nearly there"
    gets customEffect name=nudge
  s1 open cart=a:100
    gets showNotification title="Only for gold"
  s1 open attributes=tier=gold
    gets setDiscount name=shipping

story: handlers of named errors
attribute: CustomerSession tier string
attribute: CustomerSession rate number
campaign: errors
  budget: setDiscount 10 per Session
  rule: too much
    then (onError null (setDiscount big 100) budgetExceeded (setDiscount small 10))
  rule: nothing to read
    then (onError null (setDiscount rate (. Session Attributes rate)) missingAttribute (showNotification Info "No rate"))
  rule: another error
    then (onError null (onError null (setDiscount none (/ 1 0)) missingAttribute (showNotification Info "No")) default (showNotification Info "By zero"))
  rule: not caught
    then (onError null (setDiscount big 100) default (showNotification Info "Never"))
  rule: a condition
    when (= true (onError false (= (. Session Attributes tier) gold) typeMismatch (showNotification Info "Never")))
    then (showNotification Info "Never")
steps:
  s1 open cart=a:10
    gets setDiscount name=small value=10
    gets showNotification title="No rate"
    gets showNotification title="By zero"

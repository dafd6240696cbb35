# Points: earned on closing, spent while they are active, tiers, budgets, and what is taken back.

story: points are earned and spent
program: stars
campaign: shop
  rule: earn
    when (> (. Session Total) 0)
    then (addLoyaltyPoints 1 "" "" "one a euro" (. Session CartItemTotal))
  rule: spend fifty
    when (>= (. Loyalty stars CurrentBalance) 50)
    then (deductLoyaltyPoints 1 "" "a coffee" 50)
    then (setDiscount "coffee" 5)
steps:
  s1 open profile=ann cart=shoe:30x2
    gets addLoyaltyPoints value=60 name="one a euro" subLedgerId="" recipientIntegrationId=ann startDate=null awaitsActivation=null
  s2 open profile=ann cart=hat:10
    gets addLoyaltyPoints value=10
  s1 closed
    gets addLoyaltyPoints value=60
  s2 closed
    gets addLoyaltyPoints value=10
    gets deductLoyaltyPoints value=50 name="a coffee" ruleTitle="spend fifty"
    gets setDiscount value=5
  s3 closed profile=ann cart=hat:10
    gets addLoyaltyPoints value=10
  s4 open cart=hat:10

story: points effects of one session see each other
program: stars
campaign: shop
  rule: earn
    then (addLoyaltyPoints 1 "" "" "a" 30)
  rule: spend
    when (= (. Loyalty stars TentativeCurrentBalance) 30)
    when (= (. Loyalty stars CurrentBalance) 0)
    then (deductLoyaltyPoints 1 "" "b" 20)
  rule: spend more than there is
    then (showNotification "Info" "never" "never")
    then (deductLoyaltyPoints 1 "" "c" 11)
  rule: spend the rest
    when (= (subledgerBalance 1 "" "tentativeCurrent") 10)
    then (deductLoyaltyPoints 1 "" "d" 10)
steps:
  s1 closed profile=ann cart=hat:1
    gets addLoyaltyPoints value=30
    gets deductLoyaltyPoints value=20
    gets deductLoyaltyPoints value=10
  s1 cancelled
    gets rollbackDeductedLoyaltyPoints value=20 recipientIntegrationId=ann
    gets rollbackDeductedLoyaltyPoints value=10

story: points of subledgers, pending and on action
program: stars
campaign: shop
  rule: earn
    then (addLoyaltyPoints 1 "fun" "" "later" 30 (kv (pending "2D") (validity "1M_U")))
    then (addLoyaltyPoints 1 "fun" "" "on action" 5 (kv (pending "on_action") (validity "3D")))
  rule: spend what is pending
    then (deductLoyaltyPoints 1 "fun" "no" 1)
  rule: look
    when (= (. Loyalty stars SubLedgers fun PendingBalance) 35)
    when (= (. Loyalty stars SubLedgers fun TentativePendingBalance) 70)
    when (= (. Loyalty stars PendingBalance) 0)
    then (showNotification "Info" "thirty-five" "pending")
steps:
  s1 closed profile=ann cart=hat:1
    gets addLoyaltyPoints value=30 subLedgerId=fun awaitsActivation=null
    gets addLoyaltyPoints value=5 awaitsActivation=true validityDuration=3D expiryDate=null startDate=null
  s2 open profile=ann cart=hat:1
    gets addLoyaltyPoints value=30
    gets addLoyaltyPoints value=5
    gets showNotification title=thirty-five

story: points raise tiers
program: stars tiers=Bronze:0,Silver:50,Gold:100 tiersExpirationPolicy=tier_start_date tiersExpireIn=1Y tiersDowngradePolicy=one_down
campaign: shop
  rule: earn
    then (addLoyaltyPoints 1 "" "" "a" (. Session CartItemTotal))
  rule: golden
    when (loyaltyTierIs 1 "" "Gold")
    then (showNotification "Info" "golden" "")
  rule: on the way
    when (= (. Loyalty stars NextTierName) "Gold")
    when (= (. Loyalty stars PointsToNextTier) 40)
    when (= (. Loyalty stars CurrentTier Name) "Silver")
    then (showNotification "Info" "40 to go" "")
steps:
  s1 closed profile=ann cart=hat:60
    gets addLoyaltyPoints value=60
    gets changeLoyaltyTierLevel newTierName=Silver previousTierName=Bronze ruleTitle=earn
  s2 open profile=ann cart=hat:10
    gets addLoyaltyPoints value=10
    gets showNotification title="40 to go"
  s3 closed profile=ann cart=hat:200
    gets addLoyaltyPoints value=200
    gets changeLoyaltyTierLevel newTierName=Gold previousTierName=Silver
    gets showNotification title="40 to go"
  s2 open
    gets addLoyaltyPoints value=10
    gets showNotification title=golden
  s4 closed profile=bob cart=hat:500
    gets addLoyaltyPoints value=500
    gets changeLoyaltyTierLevel newTierName=Gold previousTierName=Bronze

story: budgets of points
program: stars
application: enablePartialDiscounts=true
campaign: shop
  budget: createLoyaltyPoints 100
  budget: redeemLoyaltyPoints 30
  budget: redeemLoyaltyPointsEffect 2
  rule: earn
    then (addLoyaltyPoints 1 "" "" "a" (. Session CartItemTotal))
  rule: spend
    then (deductLoyaltyPoints 1 "" "b" 20)
steps:
  s1 closed profile=ann cart=hat:70
    gets addLoyaltyPoints value=70 desiredValue=70
    gets deductLoyaltyPoints value=20
  s2 closed profile=ann cart=hat:70
    gets addLoyaltyPoints value=30 desiredValue=70
    gets deductLoyaltyPoints value=10
  s3 open profile=ann cart=hat:70
  s2 cancelled
    gets rollbackDeductedLoyaltyPoints value=10
  s3 closed
    gets addLoyaltyPoints value=30 desiredValue=70
    gets deductLoyaltyPoints value=10

story: what is taken back where only pending points are
program: stars
campaign: shop
  rule: earn
    then (addLoyaltyPoints 1 "" "" "now" 10)
    then (addLoyaltyPoints 1 "" "" "later" 20 (kv (pending "1D")))
steps:
  s1 closed profile=ann cart=hat:1
    gets addLoyaltyPoints value=10
    gets addLoyaltyPoints value=20
  s1 reopens
    gets rollbackAddedLoyaltyPoints value=20 recipientIntegrationId=ann
  s1 holds
    gets addLoyaltyPoints value=10 name=now

story: what is taken back within the balance
program: stars returnPolicy=within_balance
campaign: shop
  rule: earn
    when (> (. Session CartItemTotal) 1)
    then (addLoyaltyPoints 1 "" "" "a" 30)
  rule: spend
    when (= (. Session CartItemTotal) 1)
    then (deductLoyaltyPoints 1 "" "b" 20)
steps:
  s1 closed profile=ann cart=hat:2
    gets addLoyaltyPoints value=30
  s2 closed profile=ann cart=hat:1
    gets deductLoyaltyPoints value=20
  s1 cancelled
    gets rollbackAddedLoyaltyPoints value=10
  s2 cancelled
    gets rollbackDeductedLoyaltyPoints value=20
  s3 closed profile=ann cart=hat:1
    gets deductLoyaltyPoints value=20

story: what is taken back without limit
program: stars returnPolicy=unlimited
campaign: shop
  rule: earn
    when (> (. Session CartItemTotal) 1)
    then (addLoyaltyPoints 1 "" "" "a" 30)
  rule: spend
    when (= (. Session CartItemTotal) 1)
    then (deductLoyaltyPoints 1 "" "b" 20)
  rule: owing
    when (> (. Loyalty stars NegativeBalance) 0)
    when (= (. Loyalty stars NegativeBalance) 20)
    when (= (subledgerBalance 1 "" "current") 0)
    then (showNotification "Info" "owing" "")
steps:
  s1 closed profile=ann cart=hat:2
    gets addLoyaltyPoints value=30
  s2 closed profile=ann cart=hat:1
    gets deductLoyaltyPoints value=20
  s1 cancelled
    gets rollbackAddedLoyaltyPoints value=30
  s3 closed profile=ann cart=hat:5
    gets addLoyaltyPoints value=30
    gets showNotification title=owing
  s4 closed profile=ann cart=hat:1
  s2 cancelled
    gets rollbackDeductedLoyaltyPoints value=20
  s4 open profile=ann cart=hat:1
    refused /customerSession/state

story: points of returned items
program: stars returnPolicy=within_balance
campaign: shop
  budget: createLoyaltyPoints 50
  rule: each
    then (addLoyaltyPointsPerItem (. Session CartItems) 1 "" "" "each" ((Item) (. Item Price)))
  rule: once
    then (addLoyaltyPoints 1 "" "" "once" 10)
steps:
  s1 closed profile=ann cart=hat:10x3
    gets addLoyaltyPoints value=10 cartItemPosition=0 cartItemSubPosition=0
    gets addLoyaltyPoints value=10 cartItemPosition=0 cartItemSubPosition=1
    gets addLoyaltyPoints value=10 cartItemPosition=0 cartItemSubPosition=2
    gets addLoyaltyPoints value=10 name=once cartItemPosition=null
  s2 open profile=ann cart=hat:10
    gets addLoyaltyPoints value=10 name=each
  s1 returns hat*2
    gets rollbackAddedLoyaltyPoints value=10 cartItemPosition=0 cartItemSubPosition=0
    gets rollbackAddedLoyaltyPoints value=10 cartItemPosition=0 cartItemSubPosition=1
  s1 holds
    gets addLoyaltyPoints cartItemSubPosition=2
    gets addLoyaltyPoints name=once
  s2 open
    gets addLoyaltyPoints value=10 name=each
    gets addLoyaltyPoints value=10 name=once
  s1 cancelled
    gets rollbackAddedLoyaltyPoints value=10 cartItemPosition=0 cartItemSubPosition=2
    gets rollbackAddedLoyaltyPoints value=10

story: points of a line whose units are not told apart
application: enableFlattenedCartItems=false
program: stars returnPolicy=unlimited
campaign: shop
  rule: each
    then (addLoyaltyPointsPerItem (. Session CartItems) 1 "" "" "each" 10)
steps:
  s1 closed profile=ann cart=hat:10x3
    gets addLoyaltyPoints value=10 cartItemPosition=0 cartItemSubPosition=null
  s1 returns hat*1
    gets rollbackAddedLoyaltyPoints value=3.33 cartItemPosition=0
  s1 holds
    gets addLoyaltyPoints value=6.67
  s1 returns hat*2
    gets rollbackAddedLoyaltyPoints value=6.67

story: points expire later, or at a certain time
program: stars
campaign: shop
  rule: earn
    when (= (. Session CartItemTotal) 1)
    then (addLoyaltyPoints 1 "" "" "a month" 10 (kv (validity "1M")))
    then (addLoyaltyPoints 1 "" "" "ever" 10)
  rule: extend
    when (= (. Session CartItemTotal) 2)
    then (extendLoyaltyPointsExpiryDate 1 "" "1Y_U")
    then (extendLoyaltyPointsExpiryDate 1 "none" "1Y_U")
  rule: set
    when (= (. Session CartItemTotal) 3)
    then (setLoyaltyPointsExpiryDate 1 "" "2001-01-01T00:00:00Z")
  rule: look
    when (> (. Session CartItemTotal) 3)
    when (= (. Loyalty stars CurrentBalance) 0)
    then (showNotification "Info" "lost" "")
steps:
  s0 closed profile=ann cart=hat:2
  s1 closed profile=ann cart=hat:1
    gets addLoyaltyPoints value=10
    gets addLoyaltyPoints value=10 expiryDate=null
  s2 closed profile=ann cart=hat:2
    gets extendLoyaltyPointsExpiryDate extensionDuration=1Y_U
  s3 closed profile=ann cart=hat:3
    gets setLoyaltyPointsExpiryDate newExpiryDate=2001-01-01T00:00:00Z
  s4 open profile=ann cart=hat:4
    gets showNotification title=lost

story: points for somebody else
program: stars
campaign: friends
  referral: ANN-1 advocate=ann usageLimit=0
  rule: thank
    when (referralValid)
    then (addLoyaltyPoints 1 "" (. AdvocateProfile IntegrationId) "thanks" 25)
campaign: spend
  rule: spend
    then (deductLoyaltyPoints 1 "" "b" 25)
steps:
  s1 closed profile=bob cart=hat:1 referral=ANN-1
    gets acceptReferral value=ANN-1
    gets addLoyaltyPoints value=25 recipientIntegrationId=ann
  s2 closed profile=bob cart=hat:1
  s3 closed profile=ann cart=hat:1
    gets deductLoyaltyPoints value=25

story: points are decided anew about what is left
program: stars returnPolicy=within_balance
campaign: shop reevaluateOnReturn=true
  budget: createLoyaltyPoints 400
  budget: createLoyaltyPointsEffect 5
  rule: a point a euro
    then (addLoyaltyPoints 1 "" "" "euros" (. Session CartItemTotal))
  rule: each
    then (addLoyaltyPointsPerItem (. Session CartItems) 1 "" "" "each" 5)
  rule: small carts
    when (< (. Session CartItemTotal) 200)
    then (addLoyaltyPoints 1 "" "" "small" 7)
steps:
  s1 closed profile=ann cart=shoe:100x2,hat:90
    gets addLoyaltyPoints value=290 name=euros
    gets addLoyaltyPoints value=5 name=each cartItemPosition=0 cartItemSubPosition=0
    gets addLoyaltyPoints value=5 name=each cartItemPosition=0 cartItemSubPosition=1
    gets addLoyaltyPoints value=5 name=each cartItemPosition=1
  # What the rule still gives stays; only the difference is taken back.
  s1 returns hat again
    gets rollbackAddedLoyaltyPoints value=5 cartItemPosition=1
    gets rollbackAddedLoyaltyPoints value=90 cartItemPosition=null
  s1 holds
    gets addLoyaltyPoints value=200 name=euros
    gets addLoyaltyPoints value=5 name=each cartItemSubPosition=0
    gets addLoyaltyPoints value=5 name=each cartItemSubPosition=1
  s1 returns shoe*1 again
    gets rollbackAddedLoyaltyPoints value=5 cartItemPosition=0 cartItemSubPosition=0
    gets rollbackAddedLoyaltyPoints value=100
    gets addLoyaltyPoints value=7 name=small
  s1 holds
    gets addLoyaltyPoints value=100 name=euros
    gets addLoyaltyPoints value=5 name=each
    gets addLoyaltyPoints value=7 name=small
  # 112 of 400 points and 3 of 5 effects are used: there is room for 288 points in two effects.
  s2 closed profile=bob cart=shoe:283
    gets addLoyaltyPoints value=283 name=euros
    gets addLoyaltyPoints value=5 name=each
  s2 returns shoe again
    gets rollbackAddedLoyaltyPoints value=5
    gets rollbackAddedLoyaltyPoints value=283
    gets addLoyaltyPoints value=7 name=small
  s1 cancelled
    gets rollbackAddedLoyaltyPoints value=100
    gets rollbackAddedLoyaltyPoints value=5
    gets rollbackAddedLoyaltyPoints value=7

story: points decided anew are taken back only as the return policy has it
program: stars
campaign: shop reevaluateOnReturn=true
  rule: now
    then (addLoyaltyPoints 1 "" "" "now" (. Session CartItemTotal))
  rule: later
    then (addLoyaltyPoints 1 "" "" "later" (. Session CartItemTotal) (kv (pending "1D")))
campaign: as it was
  rule: other
    then (addLoyaltyPoints 1 "" "" "other" (. Session CartItemTotal))
steps:
  s1 closed profile=ann cart=shoe:20x2
    gets addLoyaltyPoints value=40 name=now
    gets addLoyaltyPoints value=40 name=later
    gets addLoyaltyPoints value=40 name=other
  s1 returns shoe*1 again
    gets rollbackAddedLoyaltyPoints value=20
  s1 holds
    gets addLoyaltyPoints value=40 name=now
    gets addLoyaltyPoints value=20 name=later
    gets addLoyaltyPoints value=40 name=other
  s1 returns shoe again
    gets rollbackAddedLoyaltyPoints value=20
  s1 holds
    gets addLoyaltyPoints value=40 name=now
    gets addLoyaltyPoints value=40 name=other

story: what was spent stays spent when rules are decided anew
program: stars
campaign: welcome
  rule: start
    when (= (. Session CartItemTotal) 1)
    then (addLoyaltyPoints 1 "" "" "welcome" 100)
campaign: vouchers reevaluateOnReturn=true
  budget: redeemLoyaltyPoints 60
  rule: a tenth of the cart is paid in points
    when (> (. Session CartItemTotal) 1)
    when (>= (. Loyalty stars CurrentBalance) 50)
    then (deductLoyaltyPoints 1 "" "voucher" (* (. Session CartItemTotal) 0.1))
    then (setDiscount "voucher" (* (. Session CartItemTotal) 0.1))
  rule: small carts cost more
    when (> (. Session CartItemTotal) 1)
    when (<= (. Session CartItemTotal) 200)
    then (deductLoyaltyPoints 1 "" "fee" 35)
campaign: look
  rule: what is left
    when (= (. Session CartItemTotal) 0)
    when (= (. Loyalty stars CurrentBalance) 45)
    then (showNotification "Info" "a rest of 45" "")
steps:
  s0 closed profile=ann cart=hat:1
    gets addLoyaltyPoints value=100
  s1 closed profile=ann cart=shoe:200x2
    gets deductLoyaltyPoints value=40
    gets setDiscount value=40
  # 20 for the voucher and 35 for the fee: 40 are paid already, so that 15 are missing.
  s1 returns shoe*1 again
    gets rollbackDiscount value=40
    gets setDiscount value=20
    gets deductLoyaltyPoints value=15 name=fee
  s1 holds
    gets deductLoyaltyPoints value=40
    gets setDiscount value=20
    gets deductLoyaltyPoints value=15
  s2 open profile=ann
    gets showNotification title="a rest of 45"
  s1 returns shoe again
    gets rollbackDiscount value=20
  s2 open
    gets showNotification title="a rest of 45"
  s1 cancelled
    gets rollbackDeductedLoyaltyPoints value=40
    gets rollbackDeductedLoyaltyPoints value=15

story: points decided anew can raise a tier
program: stars tiers=Silver:50,Gold:100
campaign: shop reevaluateOnReturn=true
  rule: earn
    then (addLoyaltyPoints 1 "" "" "fixed" 60)
  rule: consolation
    when (< (. Session CartItemTotal) 100)
    then (addLoyaltyPoints 1 "" "" "sorry" 40)
steps:
  s1 closed profile=ann cart=shoe:60x2
    gets addLoyaltyPoints value=60
    gets changeLoyaltyTierLevel newTierName=Silver
  s1 returns shoe*1 again
    gets addLoyaltyPoints value=40 name=sorry
    gets changeLoyaltyTierLevel newTierName=Gold previousTierName=Silver ruleTitle=consolation

story: points that stayed count towards the next closing
program: stars
campaign: shop
  budget: createLoyaltyPoints 100
  rule: earn
    then (addLoyaltyPoints 1 "" "" "euros" (. Session CartItemTotal))
campaign: spend
  rule: all or nothing
    when (= (. Session CartItemTotal) 0)
    then (deductLoyaltyPoints 1 "" "spent" 30)
steps:
  s1 closed profile=ann cart=shoe:30
    gets addLoyaltyPoints value=30
  s2 closed profile=ann
    gets deductLoyaltyPoints value=30
  s1 reopens
  s1 holds
    gets addLoyaltyPoints value=30
  s1 open
    gets addLoyaltyPoints value=30
  s1 closed
    gets addLoyaltyPoints value=30
  # The balance is 0: nothing was awarded once more.
  s3 closed profile=ann
  s1 reopens
  s1 closed cart=shoe:50
    gets addLoyaltyPoints value=30
    gets addLoyaltyPoints value=20
  # 50 of the 100 are used.
  s4 open profile=bob cart=shoe:51
  s1 reopens
  # What is in place stays, even where less would be awarded now.
  s1 closed cart=shoe:10
    gets addLoyaltyPoints value=10
  s4 same cart=shoe:50
    gets addLoyaltyPoints value=50
  s1 reopens
  s1 closed cart=shoe:60
    gets addLoyaltyPoints value=30
    gets addLoyaltyPoints value=20
    gets addLoyaltyPoints value=10

story: points that were spent within the balance are not awarded twice
program: stars returnPolicy=within_balance
campaign: shop
  rule: earn
    when (> (. Session CartItemTotal) 1)
    then (addLoyaltyPoints 1 "" "" "euros" (. Session CartItemTotal))
  rule: spend
    when (= (. Session CartItemTotal) 1)
    then (deductLoyaltyPoints 1 "" "spent" 20)
steps:
  s1 closed profile=ann cart=shoe:30
    gets addLoyaltyPoints value=30
  s2 closed profile=ann cart=hat:1
    gets deductLoyaltyPoints value=20
  s1 reopens
    gets rollbackAddedLoyaltyPoints value=10
  s1 holds
    gets addLoyaltyPoints value=20
  s1 closed
    gets addLoyaltyPoints value=20
    gets addLoyaltyPoints value=10
  s3 closed profile=ann cart=hat:1
  s1 cancelled
    gets rollbackAddedLoyaltyPoints value=10

story: a card that is shown, one of this program, one that is registered, and whose it is
attribute: LoyaltyCard color string
program: cards cardBased=true returnPolicy=unlimited
  card: HERS-1 profiles=ann,bob attributes='{"color":"red"}'
  card: PLAIN-1
  card: GONE-1 status=inactive
program: others cardBased=true
  card: OTHER-1 profiles=cleo
campaign: cards
  rule: any card
    when (loyaltyCardValid)
    then (showNotification Info "a card")
  rule: a card of the first program
    when (loyaltyCardValid 1)
    then (showNotification Info "of ours")
    then (addLoyaltyPoints 1 "" "" "a visit" 5)
  rule: a registered card
    when (loyaltyCardRegistered)
    then (showNotification Info "registered")
  rule: a registered card of the first program
    when (loyaltyCardRegistered 1)
    then (showNotification Info "registered with us")
  rule: the customer's own
    when (exists (. LoyaltyCard Profiles) ((Id) (= (. Id) (. Session ProfileId))))
    then (showNotification Info "your own")
  rule: red
    when (= (. LoyaltyCard Attributes color) red)
    then (showNotification Info "red")
  rule: no card
    when (not (loyaltyCardValid))
    then (showNotification Info "no card")
steps:
  s1 open profile=ann cart=a:10
    gets showNotification title="no card"
  s1 open card=HERS-1
    gets showNotification title="a card"
    gets showNotification title="of ours"
    gets addLoyaltyPoints value=5 cardIdentifier=HERS-1
    gets showNotification title="registered"
    gets showNotification title="registered with us"
    gets showNotification title="your own"
    gets showNotification title="red"
  s1 open card=PLAIN-1
    gets showNotification title="a card"
    gets showNotification title="of ours"
    gets addLoyaltyPoints value=5 cardIdentifier=PLAIN-1
  s1 open card=OTHER-1
    gets showNotification title="a card"
    gets showNotification title="registered"
  s1 open card=GONE-1
    refused /customerSession/loyaltyCards/0
  s1 open card=NONE-1
    refused /customerSession/loyaltyCards/0
  s1 closed card=HERS-1
    gets showNotification title="a card"
    gets showNotification title="of ours"
    gets addLoyaltyPoints value=5 cardIdentifier=HERS-1
    gets showNotification title="registered"
    gets showNotification title="registered with us"
    gets showNotification title="your own"
    gets showNotification title="red"
  s2 open card=HERS-1 profile=dan cart=a:10
    gets showNotification title="a card"
    gets showNotification title="of ours"
    gets addLoyaltyPoints value=5 cardIdentifier=HERS-1
    gets showNotification title="registered"
    gets showNotification title="registered with us"
    gets showNotification title="red"
  s2 open card=
    gets showNotification title="no card"
  s1 cancelled
    gets rollbackAddedLoyaltyPoints value=5 cardIdentifier=HERS-1

story: points that cannot be taken back leave new ones only what is left of their budget
program: stars
campaign: shop reevaluateOnReturn=true
  budget: createLoyaltyPoints 70
  rule: big carts
    when (>= (. Session CartItemTotal) 100)
    then (addLoyaltyPoints 1 "" "" "big" 40)
  rule: small carts
    when (< (. Session CartItemTotal) 100)
    then (addLoyaltyPoints 1 "" "" "small" (. Session CartItemTotal))
steps:
  s1 closed profile=ann cart=shoe:30x4
    gets addLoyaltyPoints value=40 name=big
  # 40 stay, and there is room for 30 more: neither 90 nor 60 fit.
  s1 returns #0*1 again
  s1 returns #0*1 again
  s1 returns #0*1 again
    gets addLoyaltyPoints value=30 name=small
  s1 holds
    gets addLoyaltyPoints value=40
    gets addLoyaltyPoints value=30
  s2 open profile=bob cart=shoe:1
  s1 cancelled
  s1 holds
    gets addLoyaltyPoints value=40
    gets addLoyaltyPoints value=30
  s2 same
    gets addLoyaltyPoints value=1 name=small

# Giveaways: who is awarded a code of a pool, and when it is told.

story: a code is told once the session is closed, the oldest first
attribute: Giveaway brand string
pool: cards
  giveaway: LATER startDate=+1d
  giveaway: GONE endDate=-1d
  giveaway: FIRST startDate=-1d endDate=+1d
  giveaway: SECOND
campaign: gifts
  rule: a card for everybody
    then (awardGiveaway 1)
steps:
  s1 open profile=ann cart=shoe:100
    gets willAwardGiveaway poolName=cards recipientIntegrationId=ann
  s2 open profile=bob cart=shoe:100
    gets willAwardGiveaway poolName=cards recipientIntegrationId=bob
  s1 closed
    gets awardGiveaway poolName=cards recipientIntegrationId=ann code=FIRST
  s1 holds
    gets awardGiveaway poolName=cards recipientIntegrationId=ann code=FIRST
  s2 closed
    gets awardGiveaway poolName=cards recipientIntegrationId=bob code=SECOND
  s3 open profile=cleo cart=shoe:100
  s3 closed
  s4 closed cart=shoe:100

story: a rule without a giveaway to award fails as a whole
pool: cards
  giveaway: ONE
campaign: gifts
  rule: a card and ten off
    then (setDiscount "ten" 10)
    then (awardGiveaway 1)
  rule: or five
    then (setDiscount "five" 5)
steps:
  s1 open cart=shoe:100
    gets setDiscount name=five
  s1 closed profile=ann
    gets setDiscount name=ten
    gets awardGiveaway code=ONE
    gets setDiscount name=five
  s2 open profile=bob cart=shoe:100
    gets setDiscount name=five

story: two cards in one session are two cards, and what one rule does not need another gets
pool: cards
  giveaway: ONE
  giveaway: TWO
  giveaway: THREE
campaign: gifts
  rule: two
    then (awardGiveaway 1)
    then (awardGiveaway 1)
  rule: two more, which there are not
    then (awardGiveaway 1)
    then (awardGiveaway 1)
  rule: one more
    then (awardGiveaway 1)
steps:
  s1 open profile=ann
    gets willAwardGiveaway
    gets willAwardGiveaway
    gets willAwardGiveaway
  s1 closed
    gets awardGiveaway code=ONE
    gets awardGiveaway code=TWO
    gets awardGiveaway code=THREE

story: cancelling and reopening keep what was awarded, with its budget
pool: cards
  giveaway: ONE
  giveaway: TWO
  giveaway: THREE
campaign: gifts
  budget: awardGiveaway 2
  rule: a card
    then (awardGiveaway 1)
  rule: ten off
    then (setDiscount "ten" 10)
steps:
  s1 closed profile=ann cart=shoe:100
    gets awardGiveaway code=ONE
    gets setDiscount
  s1 reopens
    gets rollbackDiscount
  s1 holds
    gets awardGiveaway code=ONE
  s2 closed profile=bob cart=shoe:100
    gets awardGiveaway code=TWO
    gets setDiscount
  s3 open profile=cleo cart=shoe:100
    gets setDiscount
  s2 cancelled
    gets rollbackDiscount
  s2 holds
    gets awardGiveaway code=TWO

story: the advocate gets the giveaway
pool: cards
  giveaway: ONE
campaign: friends
  referral: FRIEND advocate=ann
  rule: thank you
    when (referralValid)
    then (awardGiveaway 1 "Advocate")
campaign: elsewhere
  rule: nobody to thank
    then (awardGiveaway 1 "Advocate")
    then (setDiscount "never" 1)
steps:
  s1 open profile=bob
  s1 closed referral=FRIEND
    gets acceptReferral
    gets awardGiveaway recipientIntegrationId=ann code=ONE

story: rules read what was awarded, but not before it is
pool: cards
  giveaway: ONE
campaign: gifts
  rule: a card, and a word about it
    then (awardGiveaway 1)
    then (showNotification "Offer" "Your card" (catch "soon" (. AwardedGiveaway Code)))
campaign: later
  rule: what the first one awarded
    when (= (catch "" (. AwardedGiveaway Code)) "ONE")
    then (setDiscount "lucky" 1)
steps:
  s1 open profile=ann cart=shoe:10
    gets willAwardGiveaway
    gets showNotification body=soon
  s1 closed
    gets awardGiveaway
    gets showNotification body=ONE
    gets setDiscount name=lucky

story: a campaign that gives way awards nothing
group: base highestDiscount
pool: cards
  giveaway: ONE
campaign: small
  rule: small, with a card
    then (setDiscount "small" 5)
    then (awardGiveaway 1)
campaign: large
  rule: large, with a card
    then (setDiscount "large" 10)
    then (awardGiveaway 1)
steps:
  s1 closed profile=ann cart=shoe:100
    gets setDiscount name=large
    gets awardGiveaway code=ONE

story: what comes back does not take the giveaway along, nor does deciding again
pool: cards
  giveaway: ONE
campaign: gifts reevaluateOnReturn=true
  rule: a card and a tenth
    then (awardGiveaway 1)
    then (setDiscount "tenth" (/ (. Session CartItemTotal) 10))
steps:
  s1 closed profile=ann cart=shoe:100x2
    gets awardGiveaway code=ONE
    gets setDiscount value=20
  s1 returns shoe*1 again
    gets rollbackDiscount value=20
    gets setDiscount value=10
  s1 holds
    gets awardGiveaway code=ONE
    gets setDiscount value=10

story: each code of a campaign awards a card of its own
pool: cards
  giveaway: ONE
  giveaway: TWO
campaign: gifts
  coupon: CODE1
  coupon: CODE2
  rule: a card
    when (couponValid)
    then (awardGiveaway 1)
steps:
  s1 closed profile=ann codes=CODE1,CODE2
    gets acceptCoupon value=CODE1
    gets awardGiveaway code=ONE
    gets acceptCoupon value=CODE2
    gets awardGiveaway code=TWO

story: something else where no card is left
pool: cards
campaign: gifts
  rule: a card or a word
    then (onError null (awardGiveaway 1) "budgetExceeded" (showNotification "Info" "Sorry"))
  rule: no such pool
    then (awardGiveaway 77)
steps:
  s1 closed profile=ann
    gets showNotification title=Sorry
    gets error

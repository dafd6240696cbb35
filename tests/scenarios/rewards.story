# Giveaways and achievements: what customers win, and when it is theirs.

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

story: an event, or a profile that is updated, awards at once
event: visit
pool: cards
  giveaway: ONE
  giveaway: TWO
campaign: gifts
  rule: a card for the visit
    when (eventIs "visit")
    then (awardGiveaway 1)
  rule: a card for telling
    when (eventIs "profileUpdated")
    then (awardGiveaway 1)
steps:
  ann sends visit
    gets awardGiveaway recipientIntegrationId=ann code=ONE
  ann told
    gets awardGiveaway code=TWO
  bob sends visit

story: a stamp for each session, and the third one is free
campaign: coffee
  achievement: Stamps target=3
  rule: a stamp
    then (increaseAchievementProgress 1 1)
  rule: the third
    when (checkAchievement 1 "justCompleted")
    then (setDiscount "free coffee" 3)
steps:
  s1 open profile=ann cart=coffee:3
    gets increaseAchievementProgress achievementName=Stamps delta=1 value=1 target=3 isJustCompleted=false
  s2 closed profile=ann cart=coffee:3
    gets increaseAchievementProgress delta=1 value=1 isJustCompleted=false
  s1 open
    gets increaseAchievementProgress delta=1 value=2
  s1 closed
    gets increaseAchievementProgress delta=1 value=2
  s3 closed profile=bob cart=coffee:3
    gets increaseAchievementProgress value=1
  s4 closed profile=ann cart=coffee:3
    gets increaseAchievementProgress delta=1 value=3 isJustCompleted=true
    gets setDiscount name="free coffee"
  s5 closed profile=ann cart=coffee:3
  s2 cancelled
  s4 reopens
    gets rollbackDiscount name="free coffee"
  s4 closed

story: progress is taken back when its session is cancelled or opened again
campaign: coffee
  achievement: Stamps target=10
  rule: a stamp for each cup
    then (increaseAchievementProgress 1 (count (. Session CartItems)))
steps:
  s1 closed profile=ann cart=cup:3x2
    gets increaseAchievementProgress delta=2 value=2
  s2 closed profile=ann cart=cup:3x3
    gets increaseAchievementProgress delta=3 value=5
  s1 cancelled
    gets rollbackIncreasedAchievementProgress achievementName=Stamps decreaseProgressBy=2 currentProgress=3 target=10
  s2 reopens
    gets rollbackIncreasedAchievementProgress decreaseProgressBy=3 currentProgress=0
  s2 holds
  s2 closed
    gets increaseAchievementProgress delta=3 value=3

story: what is completed is taken back where the achievement allows it
campaign: coffee
  achievement: Stamps target=3 allowRollbackAfterCompletion=true
  rule: a stamp for each cup
    then (increaseAchievementProgress 1 (count (. Session CartItems)))
steps:
  s1 closed profile=ann cart=cup:3x2
    gets increaseAchievementProgress value=2
  s2 closed profile=ann cart=cup:3x2
    gets increaseAchievementProgress delta=1 value=3 isJustCompleted=true
  s1 cancelled
    gets rollbackIncreasedAchievementProgress decreaseProgressBy=2 currentProgress=1
  s3 closed profile=ann cart=cup:3
    gets increaseAchievementProgress delta=1 value=2 isJustCompleted=false

story: what is over the target goes into the next iterations
campaign: spending
  achievement: Spent target=10 recurrencePolicy=on_completion
  rule: what is spent
    then (increaseAchievementProgress 1 (. Session Total))
  rule: how often
    when (checkAchievement 1 "justCompleted")
    then (showNotification "Info" "Well done")
steps:
  s1 closed profile=ann cart=shoe:25
    gets increaseAchievementProgress delta=10 value=10 isJustCompleted=true
    gets increaseAchievementProgress delta=10 value=10 isJustCompleted=true
    gets increaseAchievementProgress delta=5 value=5 isJustCompleted=false
    gets showNotification
  s2 closed profile=ann cart=shoe:3
    gets increaseAchievementProgress delta=3 value=8
  s1 cancelled
    gets rollbackIncreasedAchievementProgress decreaseProgressBy=5 currentProgress=3
  s1 holds
    gets increaseAchievementProgress value=10
    gets increaseAchievementProgress value=10
    gets showNotification
  s3 open profile=ann cart=shoe:7
    gets increaseAchievementProgress delta=7 value=10 isJustCompleted=true
    gets showNotification

story: two steps in one session are one progress, and are taken back one by one
campaign: coffee
  achievement: Stamps target=10
  rule: one
    then (increaseAchievementProgress 1 1)
  rule: and two
    then (increaseAchievementProgress 1 2)
steps:
  s1 closed profile=ann cart=cup:3
    gets increaseAchievementProgress delta=1 value=1
    gets increaseAchievementProgress delta=2 value=3
  s1 cancelled
    gets rollbackIncreasedAchievementProgress decreaseProgressBy=1 currentProgress=2
    gets rollbackIncreasedAchievementProgress decreaseProgressBy=2 currentProgress=0

story: every way to ask how a customer stands
campaign: coffee
  achievement: Stamps target=2
  rule: not yet
    when (checkAchievement 1 "not(started)")
    then (showNotification "Info" "not started")
  rule: a stamp
    then (increaseAchievementProgress 1 1)
  rule: by now
    when (checkAchievement 1 "started")
    then (showNotification "Info" "started")
  rule: on the way
    when (checkAchievement 1 "inProgress")
    when (checkAchievement 1 "not(completed)")
    then (showNotification "Info" "in progress")
  rule: there
    when (checkAchievement 1 "completed")
    when (checkAchievement 1 "not(inProgress)")
    then (showNotification "Info" "completed" (. Achievements Stamps Status))
  rule: read
    when (= (. Achievements Stamps Progress) 1)
    when (= (. Achievements Stamps Target) 2)
    when (= (. Achievements Stamps Status) "inprogress")
    when (<= (. Achievements Stamps StartDate) (. Now))
    then (showNotification "Info" "one of two")
  rule: nothing to read
    when (= "none" (catch "none" (. Achievements Stamps CompletionDate)))
    when (= "none" (catch "none" (. Achievements Stamps EndDate)))
    then (showNotification "Info" "no dates")
steps:
  s1 closed profile=ann
    gets showNotification title="not started"
    gets increaseAchievementProgress value=1
    gets showNotification title=started
    gets showNotification title="in progress"
    gets showNotification title="one of two"
    gets showNotification title="no dates"
  s2 closed profile=ann
    gets increaseAchievementProgress value=2
    gets showNotification title=started
    gets showNotification title=completed body=completed
  s3 open
    gets showNotification title="not started"
    gets error
    gets showNotification title="no dates"

story: an achievement is begun without progress, once
campaign: steps
  achievement: Steps target=5 period=30D
  rule: begin
    then (startAchievementProgress 1)
  rule: a step
    when (> (. Session Total) 10)
    then (increaseAchievementProgress 1 1)
steps:
  s1 closed profile=ann cart=shoe:1
    gets startAchievementProgress achievementName=Steps target=5
  s2 closed profile=ann cart=shoe:11
    gets increaseAchievementProgress value=1
  s2 cancelled
    gets rollbackIncreasedAchievementProgress currentProgress=0
  s3 closed profile=ann cart=shoe:1
  s1 cancelled
  s4 closed profile=bob cart=shoe:11
    gets startAchievementProgress
    gets increaseAchievementProgress value=1
  s4 reopens
    gets rollbackIncreasedAchievementProgress currentProgress=0
  s4 holds
    gets startAchievementProgress

story: nobody takes part before the schedule begins, or after the end
campaign: seasons
  achievement: Later target=2 activationPolicy=fixed_schedule fixedStartDate=+1d
  achievement: Gone target=2 endDate=-1d
  achievement: Running target=2 activationPolicy=fixed_schedule fixedStartDate=-3d period=2D recurrencePolicy=on_expiration
  rule: all of them
    then (increaseAchievementProgress 1 1)
    then (increaseAchievementProgress 2 1)
    then (increaseAchievementProgress 3 1)
steps:
  s1 closed profile=ann
    gets increaseAchievementProgress achievementName=Running value=1

story: what comes back does not take progress along, nor does deciding again
campaign: coffee reevaluateOnReturn=true
  achievement: Cups target=2
  rule: the second cup
    then (increaseAchievementProgress 1 (count (. Session CartItems)))
  rule: is free
    when (checkAchievement 1 "justCompleted")
    then (setDiscount "free" 3)
steps:
  s1 closed profile=ann cart=cup:3x2
    gets increaseAchievementProgress value=2 isJustCompleted=true
    gets setDiscount
  s1 returns cup*1 again
    gets rollbackDiscount name=free
  s1 holds
    gets increaseAchievementProgress value=2

story: a campaign that gives way leaves no progress
group: base highestDiscount
campaign: small
  achievement: Stamps target=3
  rule: small, with a stamp
    then (increaseAchievementProgress 1 1)
    then (setDiscount "small" 1)
campaign: large
  rule: large
    then (setDiscount "large" 2)
steps:
  s1 closed profile=ann cart=cup:3
    gets setDiscount name=large
  s2 closed profile=ann cart=cup:3
    gets setDiscount name=large

story: an event brings a customer further at once, for good
event: visit
campaign: visits
  achievement: Visits target=2
  rule: a visit
    when (eventIs "visit")
    then (increaseAchievementProgress 1 1)
  rule: the second
    when (checkAchievement 1 "justCompleted")
    then (showNotification "Info" "Welcome back")
steps:
  ann sends visit
    gets increaseAchievementProgress value=1
  bob sends visit
    gets increaseAchievementProgress value=1
  ann sends visit
    gets increaseAchievementProgress value=2 isJustCompleted=true
    gets showNotification
  ann sends visit

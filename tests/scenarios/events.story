# Evaluations without a session: updates of profiles, and events that shops send.

story: a new customer is welcomed, and only once
attribute: CustomerProfile tier string
attribute: CustomerProfile visits number
campaign: welcome
  rule: hello
    when (eventIs profileCreated)
    then (showNotification Info "Welcome")
  rule: again
    when (eventIs talon_profile_updated)
    when (= (. Profile Attributes tier) gold)
    then (showNotification Info "Dear gold")
    then (updateAttribute Profile.Attributes.visits increaseBy 1)
steps:
  ann told attributes=tier=gold
    gets showNotification title=Welcome
  ann told
    gets showNotification title="Dear gold"
    gets updateAttribute path=Profile.Attributes.visits value=1
  ann told attributes=tier=silver
  ann told attributes=tier=gold
    gets showNotification
    gets updateAttribute value=2
  s1 open profile=bob
  bob told
  ann told attributes=size=7
    refused /attributes/size

story: who joins and who leaves
audience: vip
audience: others
campaign: vip
  rule: joined
    when (audienceJustJoined Current 1)
    then (showNotification Info "Joined")
  rule: left
    when (audienceJustLeft Current 1)
    then (showNotification Info "Left")
  rule: in
    when (audienceMember Current 1)
    then (removeFromAudience Current 2)
steps:
  ann told joins=vip,others
    gets showNotification title=Joined
    gets removeFromAudience audienceName=others
  ann told joins=vip
    gets removeFromAudience audienceName=others
  ann told leaves=vip
    gets showNotification title=Left
  ann told leaves=vip
  ann told joins=vip leaves=vip
  s1 open profile=ann

story: an event and its attributes
event: pageViewed
event: pageLeft
attribute: Event page string
attribute: Event seconds number
campaign: pages
  rule: shoes
    when (and (eventIs pageViewed) (= (. Event Attributes page) shoes))
    then (showNotification Offer "Shoes for you")
  rule: long
    when (eventIs pageLeft)
    when (> (. Event Attributes seconds) 60)
    then (showNotification Info (concat (. Event Type) " " (. Profile IntegrationId)))
steps:
  ann sends pageViewed page=shoes
    gets showNotification title="Shoes for you"
  ann sends pageViewed page=hats
  ann sends pageLeft seconds=61
    gets showNotification title="pageLeft ann"
  ann sends pageLeft
  ann sends pageLeft seconds=soon
    refused /attributes/seconds
  ann sends pageLeft colour=red
    refused /attributes/colour
  ann sends pagePrinted
    refused /type
  ann sends talon_session_closed
    refused /type
  s1 closed profile=ann cart=shoe:10

story: an event uses budgets up at once, and is not about a cart
event: liked
campaign: thanks
  budget: customEffect 2
  budget: customEffect 1 per Profile
  rule: confetti
    when (eventIs liked)
    then (customEffect 7 confetti)
campaign: always
  rule: ten off
    then (setDiscount "ten off" 10)
    then (setDiscountPerItem (. Session CartItems) "each" ((Item) 1))
steps:
  ann sends liked
    gets customEffect name=confetti
  ann sends liked
  bob sends liked
    gets customEffect name=confetti
  cleo sends liked
  ann told
  s1 open profile=ann cart=shoe:100
    gets setDiscount value=10
    gets setDiscountPerItem value=1

story: an event gives at once what carts give when they close
collection: vips ann bob
pool: cards
  giveaway: CARD-1
event: liked
campaign: gifts
  rule: a card for those on a list
    when (eventIs liked)
    when (inCollection (concat (. Profile IntegrationId) "") vips)
    then (awardGiveaway 1)
steps:
  ann sends liked
    gets awardGiveaway code=CARD-1 recipientIntegrationId=ann
  cleo sends liked
  ann told

story: what is sent can be counted on at once
attribute: CustomerProfile visits number
campaign: count
  rule: one more
    then (updateAttribute Profile.Attributes.visits increaseBy 1)
steps:
  ann told attributes=visits=5
    gets updateAttribute value=6
  ann told
    gets updateAttribute value=7
  s1 open profile=ann
    gets updateAttribute value=8
  ann told attributes=visits=1
    gets updateAttribute value=2

# Audiences: who is in them, and rules that bring customers in and out.

story: members get ten off
audience: vip
campaign: members only
  rule: ten off
    when (audienceMember Current 1)
    then (setDiscount "ten off" 10)
campaign: come in
  rule: no member yet
    when (not (audienceMember Current 1))
    then (showNotification Info "Join us")
steps:
  s1 open profile=ann cart=shoe:100
    gets showNotification title="Join us"
  ann joins vip
  s1 open
    gets setDiscount name="ten off" value=10
  s2 open profile=bob cart=shoe:100
    gets showNotification
  s3 open cart=shoe:100
    gets showNotification
  ann leaves vip
  s1 closed
    gets showNotification

story: who has spent a hundred is a member at once, and for good
audience: newcomers
audience: vip
campaign: promotion
  rule: come in
    when (> (. Session Total) 100)
    then (addToAudience Current 2)
    then (removeFromAudience Current 1)
campaign: members
  rule: ten off
    when (audienceMember Current 2)
    then (setDiscount "ten off" 10)
campaign: newcomers
  rule: welcome
    when (audienceMember Current 1)
    then (showNotification Info "Welcome")
steps:
  ann joins newcomers
  s1 open profile=ann cart=shoe:50
    gets showNotification title=Welcome
  s1 open cart=shoe:150
    gets addToAudience audienceName=vip profileIntegrationId=ann
    gets removeFromAudience audienceName=newcomers profileIntegrationId=ann
    gets setDiscount name="ten off"
  s2 open profile=ann cart=hat:10
    gets setDiscount name="ten off"
  s1 cancelled
  s2 open
    gets setDiscount name="ten off"
  s3 open cart=shoe:150
    gets error
    gets error

story: a rule that fails changes no audience
audience: vip
campaign: poor
  budget: setDiscount 5
  rule: too much
    then (addToAudience Current 1)
    then (setDiscount "ten off" 10)
campaign: members
  rule: shown
    when (audienceMember Current 1)
    then (showNotification Info "You are in")
steps:
  s1 open profile=ann cart=shoe:50
  s2 closed profile=ann cart=shoe:50

story: friends of members, and nothing has just happened in a session
audience: vip
campaign: friends
  referral: ANN-1 advocate=ann usageLimit=0
  rule: welcome
    when (referralValid)
    when (audienceMember Advocate 1)
    then (addToAudience Advocate 2)
    then (setDiscount "welcome" 5)
audience: advocates
campaign: moves
  rule: moved
    when (or (audienceJustJoined Current 1) (audienceJustLeft Current 1))
    then (showNotification Info "Moved")
campaign: thanks
  rule: thanks
    when (audienceMember Current 2)
    then (showNotification Info "Thank you")
steps:
  s1 open profile=bob cart=shoe:50 referral=ANN-1
    gets rejectReferral rejectionReason=ReferralRejectedByCondition conditionIndex=1
  ann joins vip
  s1 open
    gets acceptReferral
    gets addToAudience audienceName=advocates profileIntegrationId=ann
    gets setDiscount name=welcome
  s2 open profile=ann cart=shoe:50
    gets showNotification title="Thank you"

# What is told to other systems: custom effects of the shop's own, and webhooks.

story: a custom effect fills its template with parameters and attributes, as JSON of its own kinds
attribute: CustomerSession channel string
custom: {"name": "greet", "title": "Greet", "payload": "{\"hello\": \"Dear ${$name}!\", \"total\": ${$Session.Total}, \"on\": \"${$Session.Attributes.channel}\", \"vip\": \"${$is_vip}\", \"tags\": \"${$tags}\"}", "params": [{"type": "string", "title": "Name", "ui": {}}, {"type": "boolean", "title": "Is VIP", "ui": {}}, {"type": "(list string)", "title": "Tags", "ui": {}}]}
campaign: greetings
  rule: greet
    then (catch (noop) (customEffect 1 greet (kv (name "Ada") (is_vip true) (tags (list a b)))))
steps:
  s1 open cart=a:12.50 attributes=channel=web
    gets customEffect name=greet payload='{"hello": "Dear Ada!", "total": 12.5, "on": "web", "vip": true, "tags": ["a", "b"]}'
  s2 open cart=a:12.50

story: a custom effect for each item reads the item
custom: {"name": "engrave", "title": "Engrave", "isPerItem": true, "payload": "{\"sku\": \"${$Item.SKU}\", \"text\": \"${text} ${$Item.Price}\"}", "params": [{"type": "string", "title": "Text", "ui": {}}]}
campaign: engraving
  budget: customEffect 2
  rule: engrave
    then (customEffectPerItem (. Session CartItems) 1 engrave ((It) (kv (text "for"))))
steps:
  s1 open cart=ring:100x2
    gets customEffect name=engrave cartItemPosition=0 cartItemSubPosition=0 payload='{"sku": "ring", "text": "for 100"}'
    gets customEffect name=engrave cartItemPosition=0 cartItemSubPosition=1
  s2 open cart=ring:100x3

story: a custom effect in place of a condition that does not hold
custom: {"name": "almost", "title": "Almost", "payload": "{\"missing\": ${$missing}}", "params": [{"type": "number", "title": "Missing", "ui": {}}]}
campaign: hundred
  rule: hundred
    when (onFailure (>= (. Session Total) 100) (customEffect 1 almost (kv (missing (- 100 (. Session Total))))))
    then (setDiscount ten 10)
steps:
  s1 open cart=a:80
    gets customEffect name=almost payload='{"missing": 20}'
  s1 same cart=a:100
    gets setDiscount name=ten

story: a custom effect nobody has defined has the payload that the rule gives
campaign: raw
  rule: raw
    then (customEffect 4711 anything (kv (a 1) (b (list 2 3))))
steps:
  s1 open cart=
    gets customEffect effectId=4711 name=anything payload='{"a": 1, "b": [2, 3]}'

story: a webhook is announced while the session is open and called once it is closed, within its budget
webhook: {"title": "Tell the warehouse", "url": "https://shop.example/orders/${$order_id}", "payload": "{\"order\": \"${$order_id}\", \"total\": ${$Session.Total}}", "params": [{"type": "string", "title": "Order ID", "ui": {}}]}
campaign: telling
  budget: callApi 1
  rule: tell
    then (callApi 1 (kv (order_id (. Session IntegrationId))))
steps:
  s1 open cart=a:20
    gets triggerWebhook webhookName="Tell the warehouse"
  s2 open cart=a:30
    gets triggerWebhook webhookName="Tell the warehouse"
  s1 closed
    gets triggerWebhook webhookName="Tell the warehouse"
  s2 same
  s1 cancelled
  s2 same
    gets triggerWebhook webhookName="Tell the warehouse"

story: a custom effect for each item of each bundle
custom: {"name": "wrap", "title": "Wrap", "isPerItem": true, "payload": "{\"sku\": \"${$Item.SKU}\", \"in\": \"${$paper}\"}", "params": [{"type": "string", "title": "Paper", "ui": {}}]}
campaign: wrapping
  binding: Shoes (filter (. Session CartItems) ((Item) (= (. Item Category) shoes)))
  binding: Hats (filter (. Session CartItems) ((Item) (= (. Item Category) hats)))
  binding: Outfit (bundle Outfit (. Shoes) 1 (. Hats) 1)
  rule: wrap
    then (customEffectPerBundleItem (. Outfit) 1 wrap ((Item) (kv (paper "red"))))
steps:
  s1 open cart=a:10@shoes,b:5@hats,c:5@hats
    gets customEffect name=wrap bundleIndex=0 bundleName=Outfit payload='{"sku": "a", "in": "red"}'
    gets customEffect name=wrap bundleIndex=0 bundleName=Outfit payload='{"sku": "b", "in": "red"}'

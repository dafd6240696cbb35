story: a cart leaves prices and attributes to the catalog
attribute: CartItem color string
catalog: boot 100 product=Boots color=red
catalog: sock 5 color=blue
catalog: gift
campaign: red
  rule: a tenth off if something is red
    when (exists (. Session CartItems) ((Item) (= (. Item Attributes color) "red")))
    then (setDiscount "red" (* (. Session CartItemTotal) 0.1))
  rule: boots
    when (exists (. Session CartItems) ((Item) (= (catch "" (. Item Product Name)) "Boots")))
    then (showNotification "Info" "boots" "found")
steps:
  s1 open cart=boot,sock:x2
    gets setDiscount value=11
    gets showNotification title=boots
  s1 open cart=boot:80
    gets setDiscount value=8
    gets showNotification title=boots
  s1 open cart=gift
    refused /customerSession/cartItems/0/price
  s1 open cart=sock,nothing,gift:1
    refused /customerSession/cartItems/1/price
  s1 closed
    gets setDiscount value=8
    gets showNotification title=boots

story: the lowest of several prices
catalog: boot 100
catalog: sock 5
price: boot member 90
price: boot outlet 70
price: sock member 6
campaign: half
  rule: half of the price
    then (setDiscountPerItem (. Session CartItems) "half" ((Item) (/ (. Item Price) 2)))
  rule: outlet prices are told
    when (exists (. Session CartItems) ((Item) (= (catch "" (. Item SelectedPriceType)) "outlet")))
    then (showNotification "Info" "outlet" "no returns")
steps:
  s1 open cart=boot,sock
    gets setDiscountPerItem value=35 position=0
    gets setDiscountPerItem value=2.5 position=1
    gets showNotification title=outlet
  s1 open cart=boot:80
    gets setDiscountPerItem value=40
  s1 closed cart=boot
    gets setDiscountPerItem value=35
    gets showNotification title=outlet
  s1 cancelled
    gets rollbackDiscount value=35

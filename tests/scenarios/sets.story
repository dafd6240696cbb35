# Rules that look things up: in collections of texts, and in maps from SKUs to values.

story: only for those on a list
collection: vips ann bob
campaign: for vips
  rule: ten off
    when (inCollection (. Profile IntegrationId) vips)
    then (setDiscount "vip" 10)
campaign: not for bargains
  collection: bargains sock belt
  rule: one off each item that is no bargain
    then (setDiscountPerItem (filter (. Session CartItems) ((Item) (not (inCollection (. Item SKU) bargains)))) "Not a bargain" 1)
campaign: made up on the way
  collection: letters B
  rule: a letter
    when (inCollection (item (split (. Profile Attributes Name) " ") 0) letters)
    then (showNotification Info "Dear B")
attribute: CustomerProfile Name string
steps:
  s1 open profile=ann cart=sock:5,boot:50
    gets setDiscount name=vip
    gets setDiscountPerItem name="Not a bargain#1"
  s2 open profile=eve cart=sock:5
  s3 closed profile=bob cart=boot:50
    gets setDiscount name=vip
    gets setDiscountPerItem name="Not a bargain#0"
  s3 cancelled
    gets rollbackDiscount name=vip
    gets rollbackDiscount name="Not a bargain#0"

story: a price of its own for each item in the map
campaign: fixed prices
  value map: boot=40 hat=12.5
  rule: down to the price in the map
    then (setDiscountPerItem (. Value_map_items) "Price" ((Item) (- (. Item Price) (. Item MappedValue))))
campaign: percentages
  value map: sock=50
  rule: percent
    when (not (isEmpty (. Value_map_items)))
    then (setDiscountPerItem (. Value_map_items) "Percent" ((Item) (* (. Item Price) (/ (. Item MappedValue) 100))))
campaign: no map at all
  rule: nobody knows
    then (catch (noop) (setDiscountPerItem (. Session CartItems) "Never" ((Item) (. Item MappedValue))))
steps:
  s1 open cart=boot:50x2,sock:4,belt:9
    gets setDiscountPerItem name=Price#0 value=10 subPosition=0
    gets setDiscountPerItem name=Price#0 value=10 subPosition=1
    gets setDiscountPerItem name=Percent#1 value=2
  s1 open cart=belt:9
  s2 closed cart=hat:20
    gets setDiscountPerItem name=Price#0 value=7.5
  s2 cancelled
    gets rollbackDiscount name=Price#0 value=7.5

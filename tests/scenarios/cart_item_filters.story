# Lists of items that the Application defines, and all its campaigns may read.

story: two campaigns and one filter
filter: Shoes (filter (. Session CartItems) ((Item) (catch false (= (. Item Category) shoes))))
filter: Dear shoes (filter (. Shoes) ((Item) (>= (. Item Price) 100)))
campaign: a tenth of the shoes
  rule: tenth
    then (setDiscountPerItem (. Shoes) "Tenth" ((Item) (/ (. Item Price) 10)))
campaign: dear shoes
  rule: five off the dear ones
    when (not (isEmpty (. "Dear shoes")))
    then (setDiscountPerItem (. "Dear shoes") "Five" 5)
campaign: another meaning
  binding: Shoes (take (. Session CartItems) 1)
  rule: one off the first item
    then (setDiscountPerItem (. Shoes) "One" 1)
steps:
  s1 open cart=hat:20@hats,boot:100@shoes,slipper:15@shoes
    gets setDiscountPerItem name=Tenth#1 value=10
    gets setDiscountPerItem name=Tenth#2 value=1.5
    gets setDiscountPerItem name=Five#1 value=5
    gets setDiscountPerItem name=One#0 value=1
  s1 open cart=slipper:15@shoes
    gets setDiscountPerItem name=Tenth#0 value=1.5
    gets setDiscountPerItem name=One#0 value=1

story: filters are what they were when the first attribute was updated
filter: Silver (filter (. Session CartItems) ((Item) (= (. Session Attributes tier) silver)))
attribute: CustomerSession tier string
campaign: promotion
  rule: promote
    then (updateAttribute "Session.Attributes.tier" gold)
  rule: silver still
    then (customEffectPerItem (. Silver) 7 pack ((Item) (kv (sku (. Item SKU)))))
steps:
  s1 open cart=a:1 attributes=tier=silver
    gets updateAttribute value=gold
    gets customEffect cartItemPosition=0

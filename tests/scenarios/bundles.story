# Items that belong together: assembled once each, discounted as a whole, one of them, or by one of them.

story: one amount for each bundle, shared out over its items
campaign: outfits
  binding: Shoes (filter (. Session CartItems) ((Item) (catch false (= (. Item Category) shoes))))
  binding: Hats (filter (. Session CartItems) ((Item) (catch false (= (. Item Category) hats))))
  binding: Outfit (bundle Outfit (. Shoes) 1 (. Hats) 2)
  rule: ten percent of the outfit
    when (> (. "Count (Outfit)") 0)
    then (setDiscountPerBundleProRata (. Outfit) "Outfit" ((Bundle) (* (. Bundle Total) (/ 10 100))))
steps:
  s1 open cart=boot:60x3@shoes,cap:30@hats
  s1 open cart=boot:60x3@shoes,cap:30x2@hats,beret:20@hats
    gets setDiscountPerItem name=Outfit#0 value=6 subPosition=0 totalDiscount=12 bundleIndex=0 bundleName=Outfit scope=price
    gets setDiscountPerItem name=Outfit#1 value=3 subPosition=0 totalDiscount=12 bundleIndex=0
    gets setDiscountPerItem name=Outfit#1 value=3 subPosition=1 totalDiscount=12 bundleIndex=0
  s1 closed cart=boot:60x3@shoes,cap:30x2@hats,beret:20@hats,fez:25@hats
    gets setDiscountPerItem name=Outfit#0 value=6 bundleIndex=0 subPosition=0
    gets setDiscountPerItem name=Outfit#1 value=3 bundleIndex=0 subPosition=0
    gets setDiscountPerItem name=Outfit#1 value=3 bundleIndex=0 subPosition=1
    gets setDiscountPerItem name=Outfit#0 value=6 bundleIndex=1 subPosition=1 totalDiscount=10.5
    gets setDiscountPerItem name=Outfit#2 value=2 bundleIndex=1 subPosition=0
    gets setDiscountPerItem name=Outfit#3 value=2.5 bundleIndex=1 subPosition=0
  s1 returns beret*1
    gets rollbackDiscount name=Outfit#2 value=2
  s1 cancelled
    gets rollbackDiscount name=Outfit#0 value=6
    gets rollbackDiscount name=Outfit#1 value=3
    gets rollbackDiscount name=Outfit#1 value=3
    gets rollbackDiscount name=Outfit#0 value=6
    gets rollbackDiscount name=Outfit#3 value=2.5

story: the cheapest item of each bundle is free
campaign: three for two
  binding: Threes (bundle Threes (. Session CartItems) 3)
  rule: the cheapest
    then (setDiscountPerBundleItem (targetItem (. Threes) ((Item) (. Item Price)) false) "Free" ((Item) (. Item Price)))
steps:
  s1 open cart=a:9,b:7,c:8,d:1,e:2,f:1
    gets setDiscountPerItem name=Free#1 value=7 bundleIndex=0 targetedItemPosition=1 targetedItemSubPosition=0
    gets setDiscountPerItem name=Free#3 value=1 bundleIndex=1 targetedItemPosition=3
  s1 open cart=a:9,b:7

story: half of one item, off the whole bundle
campaign: half of the second
  binding: Pairs (bundle Pairs (. Session CartItems) 2)
  rule: half of the second item
    then (setDiscountPerBundleProRata (targetItem (. Pairs) 1) "Half" ((Item) (/ (. Item Price) 2)))
  rule: half of the dearest
    then (setDiscountPerBundleProRata (targetItem (. Pairs) ((Item) (. Item Price)) true) "Dear" ((Item) (/ (. Item Price) 2)))
  rule: a pair has no third item
    then (setDiscountPerBundleItem (targetItem (. Pairs) 2) "Never" 1)
steps:
  s1 open cart=a:40,b:20,c:5
    gets setDiscountPerItem name=Half#0 value=6.67 totalDiscount=10 targetedItemPosition=1 targetedItemSubPosition=0 bundleIndex=0
    gets setDiscountPerItem name=Half#1 value=3.33 totalDiscount=10 targetedItemPosition=1
    gets setDiscountPerItem name=Dear#0 value=13.34 totalDiscount=20 targetedItemPosition=0
    gets setDiscountPerItem name=Dear#1 value=6.66 totalDiscount=20 targetedItemPosition=0
    gets error

story: bundles and budgets
application: enablePartialDiscounts=true
campaign: twenty in all
  budget: setDiscount 20 per Session
  budget: setDiscountEffect 3 per Session
  binding: Pairs (bundle Pairs (. Session CartItems) 2)
  rule: fifteen off each pair
    then (setDiscountPerBundleProRata (. Pairs) "Fifteen" 15)
steps:
  s1 open cart=a:10,b:10,c:30,d:30
    gets setDiscountPerItem name=Fifteen#0 value=7.5 totalDiscount=15 desiredTotalDiscount=15
    gets setDiscountPerItem name=Fifteen#1 value=7.5
    gets setDiscountPerItem name=Fifteen#2 value=2.5 totalDiscount=5 desiredTotalDiscount=15
    gets setDiscountPerItem name=Fifteen#3 value=2.5
  s2 open cart=a:10,b:10,c:30,d:30,e:1,f:1

story: later bundles see what earlier discounts have left
application: enableCascadingDiscounts=true
campaign: half of each item
  rule: half
    then (setDiscountPerItem (. Session CartItems) "Half" ((Item) (/ (. Item Price) 2)))
campaign: a tenth of each pair
  binding: Pairs (bundle Pairs (. Session CartItems) 2)
  rule: tenth
    then (setDiscountPerBundleProRata (. Pairs) "Tenth" ((Bundle) (/ (. Bundle Total) 10)))
steps:
  s1 open cart=a:20,b:40
    gets setDiscountPerItem name=Half#0 value=10
    gets setDiscountPerItem name=Half#1 value=20
    gets setDiscountPerItem name=Tenth#0 value=1
    gets setDiscountPerItem name=Tenth#1 value=2

story: a bundle whose items another campaign has won is left alone
group: items listOrder cartItem
campaign: two off the first group=items
  rule: two
    then (setDiscountPerItem (take (. Session CartItems) 1) "Two" 2)
campaign: pairs group=items
  binding: Pairs (bundle Pairs (. Session CartItems) 2)
  rule: one off each
    then (setDiscountPerBundleItem (. Pairs) "One" 1)
steps:
  s1 open cart=a:20,b:40,c:10,d:10
    gets setDiscountPerItem name=Two#0 value=2
    gets setDiscountPerItem name=One#2 value=1 bundleIndex=1
    gets setDiscountPerItem name=One#3 value=1 bundleIndex=1

story: something this shop does with the items of each bundle
campaign: boxes
  binding: Pairs (bundle "In a box" (. Session CartItems) 2)
  rule: pack
    then (customEffectPerBundleItem (. Pairs) 7 pack ((Item) (kv (sku (. Item SKU)))))
steps:
  s1 open cart=a:1,b:2,c:3
    gets customEffect name=pack cartItemPosition=0 cartItemSubPosition=0 bundleIndex=0 bundleName="In a box"
    gets customEffect name=pack cartItemPosition=1 cartItemSubPosition=0 bundleIndex=0 bundleName="In a box"

"""What rules see: for each root of a path a file with the plain object that rules read, and the types of its fields.

Views start as what is stored and change while an evaluation runs: attributes that rules set are visible to the rules
after them, and with cascading discounts so are lowered prices and totals. Source: rule language, section 5.
"""

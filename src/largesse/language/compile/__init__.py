"""From checked expressions to Python functions: code and weave make syntax, emit translates, rulesets puts it
together."""

"""Structured rulesets: the same rules as typed JSON blocks, compiled to expressions and read back from them.

    JSON ──▶ shapes ──▶ expressions ──▶ the ruleset that is checked, compiled and run
     reading   blocks     conditions, effects, selections          (compile.py puts them together)
               targets
               steps                  projection/ goes the other way: expressions ──▶ blocks

A block and its expression are two spellings of one thing. What has no block is passed through as the expression it
is; what a block asks for that the engine cannot do yet is refused where it stands.
"""

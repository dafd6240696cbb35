"""From expressions back to blocks, for rulesets that were written as expressions.

A block is only used where compiling it gives the very expression it stands for; everything else is passed through. So
what is read here and written back means the same.
"""

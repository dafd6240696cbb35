"""Every ceiling of the rule language, with its reason.

A rule is written by a customer of the product and runs on every cart of a shop, so each way in which a rule could grow
is bounded: what cannot be known before it runs (steps, digits, text built at run time) is counted while it runs, all
the rest is refused when the rule is checked.
"""

from typing import Final

NODES_MAX: Final = 20_000
"""Nodes in one ruleset after templates are expanded: a hundred elaborate rules, or one pasted list of products; more
belongs in a collection."""

DEPTH_MAX: Final = 64
"""Nesting of one expression: far deeper than anyone reads, far shallower than Python's own compiler allows."""

HEIGHT_MAX: Final = 300
"""Nesting of a binding, those it reads in their places: it is as deep as Python has to go to compute it."""

FOLDED_MAX: Final = 1_000_000
"""Characters and list elements that are computed while a ruleset is compiled; what else is constant is computed when
it runs, where it is counted and does not stay."""

LIST_LENGTH_MAX: Final = 10_000
"""Atoms in one list, literal or built while a rule runs: a cart holds at most a thousand lines, longer lists belong in
a collection."""

STRING_LENGTH_MAX: Final = 100_000
"""Characters in one string, literal or built while a rule runs: bindings that double each other would otherwise fill
the memory."""

PATTERN_LENGTH_MAX: Final = 1_000
"""Characters in one regular expression: beyond it is a list of words, which `contains` and collections do better."""

PATTERN_MEMORY_BYTES_MAX: Final = 1 << 20
"""Memory one compiled regular expression may take: what RE2 needs for any pattern of the length above that people
write."""

NAME_LENGTH_MAX: Final = 1_000
"""Characters in one function name or path segment: attribute names are at most 255, integration identifiers used as
names at most 1,000."""

EXPANSIONS_MAX: Final = 1_000
"""Template calls expanded in one ruleset: templates may call templates, and one that calls itself must stop
somewhere."""

DIAGNOSTICS_MAX: Final = 100
"""Mistakes reported for one ruleset: nobody reads further, and a broken import should not answer with megabytes."""

STEPS_MAX: Final = 5_000_000
"""List elements walked by one frame: every line of a thousand-line cart compared with every other, five times over.
Blocks of many nodes, long texts and patterns count as more than one, so that no rule takes more than a few seconds."""

NODES_PER_STEP: Final = 10
"""Nodes of a block that are evaluated for one step: `(catch false (= (. Item Category) "shoes"))` has six."""

CHARACTERS_PER_STEP: Final = 10
"""Characters of a text that are read or written for one step, so that one evaluation builds at most fifty million."""

PATTERN_STEPS: Final = 20_000
"""Steps of compiling a pattern that is only known while the rule runs: some patterns take RE2 ten milliseconds."""

PATTERN_NODES: Final = 100
"""Nodes that a pattern written out counts as, for the same reason: two hundred patterns make a ruleset."""

VALUES_MAX: Final = 10_000
"""Values inside one that leaves the language, as JSON: lists that hold one list twice are small inside and grow fast
outside."""

VALUE_DEPTH_MAX: Final = 100
"""Nesting of a value that leaves the language, which whoever reads it has to follow."""

DIGITS_MAX: Final = 60
"""Significant digits of an exact number: the widest money column is 38 digits, so products of amounts and rates fit
without rounding."""

EXPONENT_MAX: Final = 999
"""Power of ten a number may reach: written out in full such a number is still a line of text, not a page."""

QUOTIENT_DIGITS: Final = 16
"""Significant digits of a quotient, the one result that cannot always be exact. [TL misc]"""

TEXT_LENGTH_MAX: Final = 500_000
"""Characters in one expression in the text form: one list of products at its ceiling, written out."""

FORMULA_LENGTH_MAX: Final = 10_000
"""Characters in one formula: a screen full; more belongs in bindings with names."""

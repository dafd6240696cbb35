"""The props of every published type of effect, one struct each, as the documents show them.

The engine makes its own props for the effects it knows; a test holds the two together.
"""

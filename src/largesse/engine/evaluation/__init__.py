"""Deciding: campaigns in play, conditions, effects, undo. Pure functions over facts; `state` holds the one working
copy.
"""

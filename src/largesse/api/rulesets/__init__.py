"""Rulesets: the versions of the rules of a campaign."""

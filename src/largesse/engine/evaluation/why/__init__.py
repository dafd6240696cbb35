"""Why, and why not: what an evaluation came to, in words and as data, with the nearest thing that would change it.

story ──▶ reasons ──▶ comparisons, presence, codes ──▶ items, words
all campaigns,        one family of conditions each    how people say it
codes and rules
"""

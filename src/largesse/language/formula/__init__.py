"""Formulas: the notation people type into fields, `[Session.Total] * 10%`, read into the same expressions as any other.

read.py    text ──▶ expression        write.py   expression ──▶ text, where there is one
texts.py   texts with formulas in them: "You saved {{$Session.Total}}"
"""

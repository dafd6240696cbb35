"""What `codec` stands on: limits and numbers checked on the bytes of a JSON body, and blame put on the right place.

Two of the modules (`numbers`, `depth`) look at bytes before anything is built from them, `quoted` looks at them again
for one thing the JSON library lets through, and `blame` with `trees` explains a refusal.
"""

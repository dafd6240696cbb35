"""The HTTP door: a declarative table of operations and the one line every request walks.

Start reading at `operation` (what a row of the table says), then `dispatch` (what happens to a request), then `codec`
(bytes to structs and back). Everything else serves one of the three.
"""

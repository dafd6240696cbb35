"""`largesse demo`: a small shop with everything in it, to try things on.

The shop is made through the same HTTP operations that its owner would use; `shop` and `campaigns` are the data, `build`
sends them, `credentials` remembers what is shown only once, and `example` is the request to paste.
"""

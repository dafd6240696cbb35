"""Work that no request waits for: what a job is, and the worker that does one step after the other.

What jobs there are and how they are stored is the business of other rings; both are handed in.
"""

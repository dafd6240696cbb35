"""Files that come and go over HTTP: forms with a CSV file in, CSV out, in memory that does not grow with the file.

A file that comes lies on disk before its operation starts, and one that goes before its first byte is sent. So an
operation can be run again after a conflict, a mistake in the last line refuses the whole file, and no transaction stays
open for as long as a slow line takes.
"""

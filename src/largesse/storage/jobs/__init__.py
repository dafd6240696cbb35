"""Jobs as rows, and what jobs that sweep out old rows share."""

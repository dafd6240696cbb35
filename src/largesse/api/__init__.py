"""Every operation of the HTTP door, one folder per noun: what callers see (wire) and what happens (integration,
management)."""

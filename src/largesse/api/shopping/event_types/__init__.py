"""The types of events that shops may send."""

"""Notifications: who is told of which changes of an Application."""

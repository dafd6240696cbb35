"""Achievements: targets that customers come towards."""

"""Evaluation groups of an Application, and the tree they form with its campaigns."""

"""Fails while it is loaded."""

raise ValueError("not today")

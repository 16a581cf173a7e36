"""Defines a hundred thousand names, none of which is the one that is asked for."""

globals().update((f"kmean{number}", None) for number in range(100_000))

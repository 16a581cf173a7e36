"""Grading of a repository's solutions: what is found, what the rules make of it, what each solution earns."""

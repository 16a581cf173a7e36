"""Defines the name that is asked for, as a number."""

KMeans = 5

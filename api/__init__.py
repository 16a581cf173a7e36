"""The HTTP service, the judge's second door."""

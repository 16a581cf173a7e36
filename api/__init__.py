"""The HTTP service, the judge's second door. Nothing is here yet."""

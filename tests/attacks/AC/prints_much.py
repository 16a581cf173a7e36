"""Prints half a mebibyte, which is below the cap."""

KMeans = Honest
print(("x" * 1023 + "\n") * 512)

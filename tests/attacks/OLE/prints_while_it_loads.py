"""Prints a gigabyte at import."""

for _ in range(100_000):
    print("x" * 9999)

KMeans = Honest

"""Sums up a range in one step of C code, in which no other thread and no signal handler gets a turn."""

sum(range(10**9))

KMeans = Honest

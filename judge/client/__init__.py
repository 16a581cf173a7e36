"""The HTTP service as its clients see it: whatever it sends is foreign, and checked before it is used."""

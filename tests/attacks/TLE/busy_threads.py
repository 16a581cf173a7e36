"""Computes in four threads at once, outside of Python's lock."""

import hashlib, threading

workers = [threading.Thread(target=hashlib.pbkdf2_hmac, args=("sha256", b"x", b"x", 10**7)) for _ in range(4)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()

KMeans = Honest

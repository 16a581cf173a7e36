"""Waits for a lock that it holds itself, for eight seconds."""

import threading

lock = threading.Lock()
lock.acquire()
lock.acquire(timeout=8)

KMeans = Honest

"""Keeps the processor busy while it loads."""

import time

end = time.process_time() + 8
while time.process_time() < end:
    pass

KMeans = Honest

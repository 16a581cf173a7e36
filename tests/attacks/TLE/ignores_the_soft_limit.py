"""Ignores every signal that can be ignored, and goes on."""

import contextlib, signal, time

for number in signal.valid_signals():
    with contextlib.suppress(OSError, ValueError):
        signal.signal(number, signal.SIG_IGN)
end = time.process_time() + 8
while time.process_time() < end:
    pass

KMeans = Honest

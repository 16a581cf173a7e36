"""Sets a signal's handler and a timer, and sets both back."""

import signal


class KMeans(Honest):
    def fit(self, X):
        before = signal.signal(signal.SIGALRM, lambda number, frame: print("slow"))
        signal.setitimer(signal.ITIMER_REAL, 5.0)
        try:
            return super().fit(X)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

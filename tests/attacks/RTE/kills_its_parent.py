"""Kills, stops and terminates the process that starts runs."""

import contextlib, os, signal, time

PARENT = os.getppid()


class KMeans(Honest):
    def fit(self, X):
        for number in (signal.SIGTERM, signal.SIGSTOP, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.kill(PARENT, number)
        time.sleep(0.1)
        if os.getppid() == PARENT:
            raise PermissionError("it is still there")
        return super().fit(X)

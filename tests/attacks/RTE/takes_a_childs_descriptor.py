"""Copies an open descriptor out of another process with pidfd_getfd."""

import ctypes, os, signal, time

PIDFD_OPEN, PIDFD_GETFD = 434, 438


class KMeans(Honest):
    def fit(self, X):
        child = os.fork()
        if child == 0:
            time.sleep(5)
            os._exit(0)
        libc = ctypes.CDLL(None, use_errno=True)
        handle = libc.syscall(PIDFD_OPEN, child, 0)
        result = libc.syscall(PIDFD_GETFD, handle, 1, 0)
        os.kill(child, signal.SIGKILL)
        if result == -1:
            raise OSError(ctypes.get_errno(), "pidfd_getfd")
        return super().fit(X)

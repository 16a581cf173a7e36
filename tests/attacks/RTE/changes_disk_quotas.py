"""Calls quotactl, which sets what others may store; with a command that does not exist."""

import ctypes, errno, platform

QUOTACTL = {"x86_64": 179, "aarch64": 60}[platform.machine()]


class KMeans(Honest):
    def fit(self, X):
        libc = ctypes.CDLL(None, use_errno=True)
        libc.syscall(QUOTACTL, 0, None, 0, None)
        if ctypes.get_errno() in (errno.EPERM, errno.EACCES, errno.ENOSYS):
            raise OSError(ctypes.get_errno(), "quotactl")
        return super().fit(X)

"""Gives the machine another name; one of negative length, so that even where the call is allowed it keeps its own."""

import ctypes, errno, platform

SETHOSTNAME = {"x86_64": 170, "aarch64": 161}[platform.machine()]


class KMeans(Honest):
    def fit(self, X):
        libc = ctypes.CDLL(None, use_errno=True)
        libc.syscall(SETHOSTNAME, b"", -1)
        if ctypes.get_errno() in (errno.EPERM, errno.EACCES, errno.ENOSYS):
            raise OSError(ctypes.get_errno(), "sethostname")
        return super().fit(X)

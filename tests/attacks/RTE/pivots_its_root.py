"""Asks for another root; the folders do not exist, so even where the call is allowed nothing moves."""

import ctypes, errno, platform

PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}[platform.machine()]


class KMeans(Honest):
    def fit(self, X):
        libc = ctypes.CDLL(None, use_errno=True)
        libc.syscall(PIVOT_ROOT, b"no-such-folder", b"no-such-folder")
        if ctypes.get_errno() in (errno.EPERM, errno.EACCES, errno.ENOSYS):
            raise OSError(ctypes.get_errno(), "pivot_root")
        return super().fit(X)

"""Loads code into the kernel; an empty module, so that even where the call is allowed nothing is loaded."""

import ctypes, errno, platform

INIT_MODULE = {"x86_64": 175, "aarch64": 105}[platform.machine()]


class KMeans(Honest):
    def fit(self, X):
        libc = ctypes.CDLL(None, use_errno=True)
        libc.syscall(INIT_MODULE, None, 0, b"")
        if ctypes.get_errno() in (errno.EPERM, errno.EACCES, errno.ENOSYS):
            raise OSError(ctypes.get_errno(), "init_module")
        return super().fit(X)

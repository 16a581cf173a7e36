"""Asks kcmp whether two processes share memory, which tells how the kernel has laid them out."""

import ctypes, os, platform

KCMP = {"x86_64": 312, "aarch64": 272}[platform.machine()]
VM = 1


class KMeans(Honest):
    def fit(self, X):
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.syscall(KCMP, os.getpid(), os.getpid(), VM, 0, 0) == -1:
            raise OSError(ctypes.get_errno(), "kcmp")
        return super().fit(X)

"""Asks keyctl for a session keyring."""

import ctypes, platform

KEYCTL = {"x86_64": 250, "aarch64": 219}[platform.machine()]
JOIN_SESSION = 1


class KMeans(Honest):
    def fit(self, X):
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.syscall(KEYCTL, JOIN_SESSION, None, 0, 0, 0) == -1:
            raise OSError(ctypes.get_errno(), "keyctl")
        return super().fit(X)

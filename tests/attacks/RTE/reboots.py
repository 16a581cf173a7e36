"""Reboots the machine; without the magic numbers, so that even where the call is allowed nothing happens."""

import ctypes, errno, platform

REBOOT = {"x86_64": 169, "aarch64": 142}[platform.machine()]


class KMeans(Honest):
    def fit(self, X):
        libc = ctypes.CDLL(None, use_errno=True)
        libc.syscall(REBOOT, 0, 0, 0, None)
        if ctypes.get_errno() in (errno.EPERM, errno.EACCES, errno.ENOSYS):
            raise OSError(ctypes.get_errno(), "reboot")
        return super().fit(X)

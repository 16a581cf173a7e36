"""Attaches a debugger to a process of its own: ptrace reaches into other processes, and into the kernel's corners."""

import ctypes, os, platform, signal, time

PTRACE = {"x86_64": 101, "aarch64": 117}[platform.machine()]
SEIZE = 0x4206


class KMeans(Honest):
    def fit(self, X):
        child = os.fork()
        if child == 0:
            time.sleep(5)
            os._exit(0)
        libc = ctypes.CDLL(None, use_errno=True)
        result = libc.syscall(PTRACE, SEIZE, child, None, None)
        os.kill(child, signal.SIGKILL)
        if result == -1:
            raise OSError(ctypes.get_errno(), "ptrace")
        return super().fit(X)

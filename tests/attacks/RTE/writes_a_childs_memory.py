"""Changes the memory of another process with process_vm_writev."""

import ctypes, os, platform, signal, time

WRITE = {"x86_64": 311, "aarch64": 271}[platform.machine()]


class Piece(ctypes.Structure):
    _fields_ = [("start", ctypes.c_void_p), ("length", ctypes.c_size_t)]


class KMeans(Honest):
    def fit(self, X):
        mine, theirs = ctypes.create_string_buffer(b"forged"), ctypes.create_string_buffer(7)
        child = os.fork()
        if child == 0:
            time.sleep(5)
            os._exit(0)
        there, here = Piece(ctypes.addressof(theirs), 7), Piece(ctypes.addressof(mine), 7)
        libc = ctypes.CDLL(None, use_errno=True)
        result = libc.syscall(WRITE, child, ctypes.byref(here), 1, ctypes.byref(there), 1, 0)
        os.kill(child, signal.SIGKILL)
        if result == -1:
            raise OSError(ctypes.get_errno(), "process_vm_writev")
        return super().fit(X)

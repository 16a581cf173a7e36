"""Opens a file of the host by a guessed handle; a handle of no length, so that nothing is opened."""

import ctypes, errno, platform

OPEN_BY_HANDLE_AT = {"x86_64": 304, "aarch64": 265}[platform.machine()]
CURRENT_FOLDER = -100


class KMeans(Honest):
    def fit(self, X):
        libc = ctypes.CDLL(None, use_errno=True)
        libc.syscall(OPEN_BY_HANDLE_AT, CURRENT_FOLDER, ctypes.create_string_buffer(16), 0)
        if ctypes.get_errno() in (errno.EPERM, errno.EACCES, errno.ENOSYS):
            raise OSError(ctypes.get_errno(), "open_by_handle_at")
        return super().fit(X)

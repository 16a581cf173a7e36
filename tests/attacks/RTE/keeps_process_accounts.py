"""Has the kernel write down every process that ends, into a file that does not exist."""

import ctypes, errno


class KMeans(Honest):
    def fit(self, X):
        libc = ctypes.CDLL(None, use_errno=True)
        libc.acct(b"no-such-folder/accounts")
        if ctypes.get_errno() in (errno.EPERM, errno.EACCES, errno.ENOSYS):
            raise OSError(ctypes.get_errno(), "acct")
        return super().fit(X)

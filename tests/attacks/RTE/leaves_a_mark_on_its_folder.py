"""Marks the folder itself, which is emptied but stays: its times, its permissions, its attributes."""

import contextlib, os

MARK = (1234567890, 1234567890)
with contextlib.suppress(OSError):
    os.setxattr(".", "user.left", os.getxattr(".", "user.left") + b"again")
marked = os.stat(".")
SEEN = marked.st_mtime == MARK[1] or marked.st_atime == MARK[0] or marked.st_mode & 0o7777 == 0o3777
with contextlib.suppress(OSError):
    SEEN = SEEN or bool(os.getxattr(".", "user.left"))
for mark in (lambda: os.utime(".", MARK), lambda: os.chmod(".", 0o3777), lambda: os.setxattr(".", "user.left", b"x")):
    with contextlib.suppress(OSError):
        mark()


class KMeans(Honest):
    def fit(self, X):
        if not SEEN:
            raise FileNotFoundError("nothing is left")
        return super().fit(X)

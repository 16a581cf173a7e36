"""Leaves a link, a pipe and a name that is no text, which a careless clean-up follows, opens or stumbles over."""

import os

LEFT = (b"link", b"pipe", b"\xff\n*")
SEEN = any(os.path.lexists(path) for path in LEFT)
if not SEEN:
    os.symlink(b"/proc/self/fd", LEFT[0])
    os.mkfifo(LEFT[1])
    open(LEFT[2], "w").close()


class KMeans(Honest):
    def fit(self, X):
        if not SEEN:
            raise FileNotFoundError("nothing is left")
        return super().fit(X)

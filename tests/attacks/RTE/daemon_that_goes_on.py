"""Leaves a process behind, in a session of its own, that a later case finds by its name."""

import contextlib, glob, os, time

SEEN = False
for path in glob.glob("/proc/[0-9]*/comm"):
    with contextlib.suppress(OSError), open(path) as name:
        SEEN = SEEN or name.read() == "left\n"
if not SEEN:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.closerange(3, 256)
            open("/proc/self/comm", "w").write("left")
            time.sleep(20)
        os._exit(0)
    # It should have its name before the next case looks for it.
    time.sleep(0.1)


class KMeans(Honest):
    def fit(self, X):
        if not SEEN:
            raise LookupError("nobody is left")
        return super().fit(X)

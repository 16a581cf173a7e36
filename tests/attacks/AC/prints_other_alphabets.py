"""Prints text that is no ASCII, and colours."""


class KMeans(Honest):
    def fit(self, X):
        print("Schwerpunkt μ, μέση τιμή, 平均, \N{BAR CHART} \x1b[32mgreen\x1b[0m")
        return super().fit(X)

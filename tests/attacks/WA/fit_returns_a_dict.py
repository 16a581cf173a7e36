"""Returns the right answers from fit, in a dict."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        return vars(self)

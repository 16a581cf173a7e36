"""Has warnings raised as exceptions, and catches them."""

import warnings


class KMeans(Honest):
    def fit(self, X):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                np.empty((0, 2)).mean(axis=0)
            except RuntimeWarning:
                pass
        return super().fit(X)

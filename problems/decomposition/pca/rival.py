"""scikit-learn's principal component analysis by the full singular value decomposition."""

import numpy as np
from sklearn import decomposition


class PCA:
    """`sklearn.decomposition.PCA` with the full solver."""

    def __init__(self, n_components):
        self._model = decomposition.PCA(n_components, svd_solver="full")

    def fit(self, X):
        self._model.fit(np.asarray(X, dtype=float))
        return self

    def transform(self, X):
        return self._model.transform(X)

    @property
    def mean_(self):
        return self._model.mean_

    @property
    def components_(self):
        return self._model.components_

    @property
    def explained_variance_(self):
        return self._model.explained_variance_

"""scikit-learn's ridge regression by its exact solver."""

from sklearn import linear_model


class RidgeRegression:
    """`sklearn.linear_model.Ridge` by a singular value decomposition."""

    def __init__(self, alpha=1.0):
        self._model = linear_model.Ridge(alpha=alpha, solver="svd")

    def fit(self, X, y):
        self._model.fit(X, y)
        return self

    def predict(self, X):
        return self._model.predict(X)

    @property
    def coef_(self):
        return self._model.coef_

    @property
    def intercept_(self):
        return self._model.intercept_

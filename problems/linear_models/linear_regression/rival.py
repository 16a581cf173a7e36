"""scikit-learn's least squares without its cut-off of small singular values."""

from sklearn import linear_model


class LinearRegression:
    """`sklearn.linear_model.LinearRegression`, exact."""

    def __init__(self, fit_intercept=True):
        # The default tol=1e-6 discards directions that matter.
        self._model = linear_model.LinearRegression(fit_intercept=fit_intercept, tol=1e-12)

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

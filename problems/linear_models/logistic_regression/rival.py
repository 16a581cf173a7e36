"""scikit-learn's logistic regression, run to a tight tolerance."""

import numpy as np
from sklearn import linear_model


class LogisticRegression:
    """`sklearn.linear_model.LogisticRegression` by L-BFGS; its objective is that of the statement."""

    def __init__(self, C=1.0):
        self._model = linear_model.LogisticRegression(C=C, solver="lbfgs", tol=1e-6, max_iter=1000)

    def fit(self, X, y):
        self._model.fit(np.asarray(X, dtype=float), y)
        return self

    def predict_proba(self, X):
        return self._model.predict_proba(X)

    def predict(self, X):
        return self._model.predict(X)

    @property
    def coef_(self):
        return self._model.coef_[0]

    @property
    def intercept_(self):
        return float(self._model.intercept_[0])

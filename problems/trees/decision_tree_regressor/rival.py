"""scikit-learn's regression tree."""

import numpy as np
from sklearn import tree


class DecisionTreeRegressor:
    """`sklearn.tree.DecisionTreeRegressor` with a fixed order of features; it keeps X as float32."""

    def __init__(self, max_depth=None, min_samples_split=2, min_samples_leaf=1):
        self._model = tree.DecisionTreeRegressor(
            max_depth=max_depth,
            min_samples_split=min_samples_split,
            min_samples_leaf=min_samples_leaf,
            random_state=0,
        )

    def fit(self, X, y):
        self._model.fit(np.asarray(X), np.asarray(y))
        return self

    def predict(self, X):
        return self._model.predict(np.asarray(X))

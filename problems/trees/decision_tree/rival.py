"""scikit-learn's decision tree."""

import numpy as np
from sklearn import tree


class DecisionTreeClassifier:
    """`sklearn.tree.DecisionTreeClassifier` with a fixed order of features; it keeps X as float32."""

    def __init__(self, max_depth=None, criterion="gini", min_samples_split=2):
        self._model = tree.DecisionTreeClassifier(
            criterion=criterion, max_depth=max_depth, min_samples_split=min_samples_split, random_state=0
        )

    def fit(self, X, y):
        self._model.fit(np.asarray(X), np.asarray(y))
        return self

    def predict(self, X):
        return self._model.predict(np.asarray(X))

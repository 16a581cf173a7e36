"""k-nearest-neighbours classification. Fill in the two methods."""

import numpy as np


class KNeighborsClassifier:
    """Predicts the majority label of the nearest training samples."""

    def __init__(self, n_neighbors=5):
        self.n_neighbors = n_neighbors

    def fit(self, X, y):
        """Keep the training data: X of shape (n_samples, n_features), integers y of shape (n_samples,).

        Returns self.
        """
        return self

    def predict(self, X):
        """Return one label for each row of X, shape (n_queries,)."""
        raise NotImplementedError

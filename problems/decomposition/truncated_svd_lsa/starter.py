"""Truncated SVD and latent semantic analysis. Fill in the three methods."""

import numpy as np


class LatentSemanticAnalysis:
    """Documents as points in the space of a few right singular vectors."""

    def __init__(self, n_components):
        self.n_components = n_components

    def fit(self, X):
        """Learn from X, shape (n_documents, n_terms).

        Sets `components_`, `singular_values_` and `explained_share_`; returns self.
        """
        self.components_ = np.zeros((self.n_components, np.shape(X)[1]))
        self.singular_values_ = np.zeros(self.n_components)
        self.explained_share_ = 0.0
        return self

    def transform(self, X):
        """Return the projections of the rows of X, shape (n_rows, n_components)."""
        raise NotImplementedError

    def similarity(self, X):
        """Return the cosines of the rows of X with the fitted documents, shape (n_rows, n_documents)."""
        raise NotImplementedError

"""Multinomial naive Bayes. Fill in the three methods."""

import numpy as np


class MultinomialNB:
    """Classes by their distributions of words."""

    def __init__(self, alpha=1.0, fit_prior=True):
        self.alpha = alpha
        self.fit_prior = fit_prior

    def fit(self, X, y):
        """Learn from counts X, shape (n_samples, n_features), and labels y, shape (n_samples,).

        Sets `classes_`, `class_log_prior_` and `feature_log_prob_`; returns self.
        """
        self.classes_ = np.unique(y)
        self.class_log_prior_ = np.zeros(len(self.classes_))
        self.feature_log_prob_ = np.zeros((len(self.classes_), np.shape(X)[1]))
        return self

    def predict_log_proba(self, X):
        """Return the logarithm of each class's posterior, shape (n_samples, n_classes)."""
        raise NotImplementedError

    def predict(self, X):
        """Return the label with the largest posterior, shape (n_samples,)."""
        raise NotImplementedError

"""float32 counts stay float32, and so do the scores. Breaks "Calculate in float64" with "float32 ... arrays are taken"."""
import numpy as np


class MultinomialNB:
    def __init__(self, alpha=1.0, fit_prior=True):
        self.alpha = alpha
        self.fit_prior = fit_prior

    def fit(self, X, y):
        X = np.asarray(X)
        y = np.asarray(y)
        self.classes_, index = np.unique(y, return_inverse=True)
        k = len(self.classes_)
        counts = np.array([(index == c).sum() for c in range(k)])
        N = np.array([X[index == c].sum(axis=0) for c in range(k)])
        V = X.shape[1]
        self.alpha = N.dtype.type(self.alpha)
        self.feature_log_prob_ = np.log(N + self.alpha) - np.log(N.sum(axis=1) + self.alpha * V)[:, None]
        self.class_log_prior_ = np.log(counts / len(y)) if self.fit_prior else np.full(k, -np.log(k))
        return self

    def _scores(self, X):
        return np.asarray(X) @ self.feature_log_prob_.T + self.class_log_prior_

    def predict_log_proba(self, X):
        s = self._scores(X)
        top = s.max(axis=1, keepdims=True)
        return s - top - np.log(np.exp(s - top).sum(axis=1, keepdims=True))

    def predict(self, X):
        return self.classes_[self._scores(X).argmax(axis=1)]

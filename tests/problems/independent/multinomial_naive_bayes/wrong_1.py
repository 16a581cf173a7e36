"""Prior zero in place of log(1 / number of classes) for fit_prior=False."""
import numpy as np


class MultinomialNB:
    def __init__(self, alpha=1.0, fit_prior=True):
        self.alpha = alpha
        self.fit_prior = fit_prior

    def fit(self, X, y):
        X = np.asarray(X, dtype=np.float64)
        self.classes_, codes = np.unique(y, return_inverse=True)
        K = len(self.classes_)
        onehot = np.eye(K)[codes.ravel()]
        counts = onehot.T @ X + self.alpha
        self.feature_log_prob_ = np.log(counts) - np.log(counts.sum(axis=1, keepdims=True))
        if self.fit_prior:
            self.class_log_prior_ = np.log(onehot.sum(axis=0) / len(X))
        else:
            self.class_log_prior_ = np.zeros(K)
        return self

    def predict_log_proba(self, X):
        s = np.asarray(X, dtype=np.float64) @ self.feature_log_prob_.T + self.class_log_prior_
        s = s - s.max(axis=1, keepdims=True)
        return s - np.log(np.exp(s).sum(axis=1, keepdims=True))

    def predict(self, X):
        return self.classes_[self.predict_log_proba(X).argmax(axis=1)]

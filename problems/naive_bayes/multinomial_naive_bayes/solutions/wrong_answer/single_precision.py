"""It computes in float32 when the counts come in float32."""

import numpy as np


class MultinomialNB:
    def __init__(self, alpha=1.0, fit_prior=True):
        self.alpha = alpha
        self.fit_prior = fit_prior

    def fit(self, X, y):
        X, y = np.asarray(X), np.asarray(y)
        self.classes_ = np.unique(y)
        K, V = len(self.classes_), X.shape[1]
        self.class_log_prior_ = np.empty(K, dtype=X.dtype)
        self.feature_log_prob_ = np.empty((K, V), dtype=X.dtype)
        for k, label in enumerate(self.classes_):
            rows = X[y == label]
            counts = rows.sum(axis=0)
            total = counts.sum() + self.alpha * V
            self.feature_log_prob_[k] = np.log(counts + self.alpha) - np.log(total)
            prior = len(rows) / len(X) if self.fit_prior else 1.0 / K
            self.class_log_prior_[k] = np.log(prior)
        return self

    def predict_log_proba(self, X):
        scores = np.asarray(X) @ self.feature_log_prob_.T + self.class_log_prior_
        shifted = scores - scores.max(axis=1, keepdims=True)
        return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))

    def predict(self, X):
        return self.classes_[self.predict_log_proba(X).argmax(axis=1)]

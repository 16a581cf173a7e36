"""Multinomial naive Bayes, by other means."""

import numpy as np
class MultinomialNB:
    def __init__(self, alpha=1.0, fit_prior=True): self.alpha, self.fit_prior = alpha, fit_prior
    def fit(self, X, y):
        X = X.astype(float); self.classes_ = np.array(sorted(set(y.tolist())))
        N = np.array([X[y == c].sum(0) for c in self.classes_])
        self.feature_log_prob_ = np.log((N+self.alpha)/(N.sum(1, keepdims=True)+self.alpha*X.shape[1]))
        pr = np.array([(y == c).mean() for c in self.classes_]) if self.fit_prior else np.full(len(self.classes_), 1/len(self.classes_))
        self.class_log_prior_ = np.log(pr); return self
    def predict_log_proba(self, X):
        s = np.array([self.class_log_prior_ + self.feature_log_prob_ @ x.astype(float) for x in X])
        return s - np.logaddexp.reduce(s, axis=1)[:, None]
    def predict(self, X): return np.array([self.classes_[i] for i in self.predict_log_proba(X).argmax(1)])

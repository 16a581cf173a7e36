"""Softmax regression with an L2 penalty, by Newton's method, by other means."""

import numpy as np
class SoftmaxRegression:
    def __init__(self, C=1.0): self.C = C
    def fit(self, X, y):
        X = np.asarray(X, float); self.classes_ = np.unique(y); Y = (np.asarray(y)[:, None] == self.classes_)*1.0
        A = np.hstack([X, np.ones((len(X), 1))]); L = .5*np.linalg.eigvalsh(A.T@A)[-1]+1/self.C; W = np.zeros((A.shape[1], Y.shape[1]))
        r = np.full((A.shape[1], 1), 1/self.C); r[-1] = 0
        for _ in range(10000):
            S = A@W; S = np.exp(S-S.max(1, keepdims=True)); W = W-(A.T@(S/S.sum(1, keepdims=True)-Y)+r*W)/L
        self.coef_, self.intercept_ = W[:-1].T, W[-1]; return self
    def predict_proba(self, X):
        S = np.asarray(X, float)@self.coef_.T+self.intercept_; S = np.exp(S-S.max(1, keepdims=True)); return S/S.sum(1, keepdims=True)
    def predict(self, X): return self.classes_[self.predict_proba(X).argmax(1)]

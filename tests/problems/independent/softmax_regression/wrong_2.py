"""Two classes as one logistic regression, whose coefficients are then halved: the penalty is twice too large."""
import numpy as np


def _softmax(S):
    S = np.exp(S - S.max(axis=1, keepdims=True))
    return S / S.sum(axis=1, keepdims=True)


class SoftmaxRegression:
    def __init__(self, C=1.0):
        self.C = C

    def fit(self, X, y):
        X = np.asarray(X, dtype=float)
        self.classes_, codes = np.unique(y, return_inverse=True)
        codes = codes.ravel()
        n, p = X.shape
        K = len(self.classes_)
        A = np.column_stack([X, np.ones(n)])
        Y = np.eye(K)[codes]
        pen = np.append(np.full(p, (2 if K == 2 else 1) / self.C), 0.0)
        W = np.zeros((K, p + 1))

        def J(W):
            S = A @ W.T
            m = S.max(axis=1)
            lse = m + np.log(np.exp(S - m[:, None]).sum(axis=1))
            return (lse - S[np.arange(n), codes]).sum() + 0.5 * (pen * W * W).sum()

        for _ in range(100):
            P = _softmax(A @ W.T)
            G = (P - Y).T @ A + pen * W
            if np.abs(G).max() < 1e-10:
                break
            H = np.zeros((K, p + 1, K, p + 1))
            for k in range(K):
                for l in range(K):
                    wt = P[:, k] * ((k == l) - P[:, l])
                    H[k, :, l, :] = (A * wt[:, None]).T @ A
                H[k, np.arange(p + 1), k, np.arange(p + 1)] += pen
            m = K * (p + 1)
            D = np.linalg.lstsq(H.reshape(m, m), G.ravel(), rcond=None)[0].reshape(K, p + 1)
            t, now = 1.0, J(W)
            while J(W - t * D) > now and t > 1e-10:
                t /= 2
            W = W - t * D
        self.coef_ = W[:, :-1].copy()
        self.intercept_ = W[:, -1].copy()
        return self

    def predict_proba(self, X):
        return _softmax(np.asarray(X, dtype=float) @ self.coef_.T + self.intercept_)

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]

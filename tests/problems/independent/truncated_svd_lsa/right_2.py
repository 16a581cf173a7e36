"""Truncated SVD and latent semantic analysis, by other means."""

import numpy as np
class LatentSemanticAnalysis:
    def __init__(self, n_components): self.n_components = n_components
    def fit(self, X):
        X = np.asarray(X, float); w, V = np.linalg.eigh(X.T@X); i = w.argsort()[::-1][:self.n_components]
        self.components_ = V[:, i].T; self.singular_values_ = np.sqrt(w[i]); self.explained_share_ = w[i].sum()/(X*X).sum(); self.X = X.copy(); return self
    def transform(self, X): return np.asarray(X, float)@self.components_.T
    def similarity(self, X):
        X = np.asarray(X, float); out = np.zeros((len(X), len(self.X)))
        for i, (x, z) in enumerate(zip(X, self.transform(X))):
            for j, (d, u) in enumerate(zip(self.X, self.transform(self.X))):
                a, b = np.linalg.norm(z), np.linalg.norm(u)
                if a > 1e-5*np.linalg.norm(x) and b > 1e-5*np.linalg.norm(d): out[i, j] = z@u/(a*b)
        return out

"""Prepares labels in single precision and decides them in double."""


class KMeans(Honest):
    def predict(self, X):
        X = np.asarray(X, dtype=float)
        rough = np.square(X.astype(np.float32)[:, None, :] - self.cluster_centers_.astype(np.float32)).sum(axis=2)
        exact = np.square(X[:, None, :] - self.cluster_centers_).sum(axis=2)
        near = rough <= rough.min(axis=1, keepdims=True) * 1.01 + 1e-3
        return np.where(near, exact, np.inf).argmin(axis=1)

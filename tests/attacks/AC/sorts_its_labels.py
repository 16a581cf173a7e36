"""Sorts samples by label, adds up stretches of equal labels, and puts everything back."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        order = np.argsort(self.labels_, kind="stable")
        starts = np.flatnonzero(np.diff(self.labels_[order], prepend=-1))
        squares = np.square(np.asarray(X, dtype=float) - self.cluster_centers_[self.labels_]).sum(axis=1)
        self.inertia_ = np.add.reduceat(squares[order], starts).sum()
        self.labels_ = self.labels_[order][np.argsort(order)]
        return self

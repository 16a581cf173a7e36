"""Draws random numbers from generators that it has seeded, and lets none of them matter."""

import random


class KMeans(Honest):
    def fit(self, X):
        random.seed(0)
        np.random.seed(0)
        order = np.random.default_rng(0).permutation(len(X))
        super().fit(np.asarray(X)[order])
        self.labels_ = self.labels_[np.argsort(order)]
        return self

"""Words are brought to the width of the words seen by fit, so an unseen 'district 12' becomes the known 'district 1'. Breaks: A district not met by fit: about such a house as much is known as the other columns tell."""

import numpy as np


class HousePrices:
    def fit(self, numbers, words, prices):
        N = np.array(numbers, dtype=float)
        Wd = np.array(words, dtype=str)
        for_width = [str(max(map(len, Wd[:, k]))) for k in range(3)]
        self.types = ['U' + v for v in for_width]
        Wd = [[str(v) for v in r] for r in words]
        y = np.log(np.array(prices, dtype=float))
        self.fill = float(np.median(N[~np.isnan(N[:, 6]), 6])) if (~np.isnan(N[:, 6])).any() else 0.0
        self.cats = [sorted({r[k] for r in Wd}) for k in range(3)]
        F = self._raw(N, Wd)
        self.mu = F.mean(axis=0)
        self.sd = F.std(axis=0)
        self.sd[self.sd < 1e-12] = 1.0
        Z = (F - self.mu) / self.sd
        self.b = float(y.mean())
        self.w = np.linalg.solve(Z.T @ Z + 1.0 * np.eye(Z.shape[1]), Z.T @ (y - self.b))
        return self

    def _energy(self, N, Wd):
        return np.where(np.isnan(N[:, 6]), self.fill, N[:, 6])

    def _raw(self, N, Wd):
        e = self._energy(N, Wd)
        cols = [np.log(N[:, 0]), np.log1p(N[:, 1]), N[:, 1] > 0, N[:, 2], N[:, 3], N[:, 4], N[:, 5], np.log1p(np.abs(N[:, 5])), e, np.isnan(N[:, 6]),
                N[:, 3] ** 2 / 1e4, np.log(np.maximum(N[:, 2], 1))]
        for k, cats in enumerate(self.cats):
            for c in cats:
                cols.append(np.array([r[k] == c for r in Wd]))
        return np.array(cols, dtype=float).T

    def predict(self, numbers, words):
        N = np.array(numbers, dtype=float)
        Wd = np.array(words, dtype=str)
        Wd = list(zip(*(Wd[:, k].astype(t).tolist() for k, t in enumerate(self.types))))
        F = self._raw(N, Wd)
        return np.exp(self.b + ((F - self.mu) / self.sd * self.w).sum(axis=1))

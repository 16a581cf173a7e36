import numpy as np


class HousePrices:
    """A kernel that is linear and smooth at once, on standardised columns; words are compared for equality."""

    def fit(self, numbers, words, prices):
        numbers, words = np.asarray(numbers, dtype=float), np.asarray(words)
        self.fill = np.nanmedian(numbers[:, 6])
        X = self._raw(numbers)
        self.centre, spread = X.mean(0), X.std(0)
        self.spread = np.where(spread > 1e-9, spread, 1.0)
        self.X, self.words = (X - self.centre) / self.spread, words
        y = np.log(np.asarray(prices, dtype=float))
        self.base = float(np.mean(y))
        K = self._kernel(self.X, words) + 0.02 * np.eye(len(y))
        L = np.linalg.cholesky(K)
        self.dual = np.linalg.solve(L.T, np.linalg.solve(L, y - self.base))
        return self

    def predict(self, numbers, words):
        X = (self._raw(np.asarray(numbers, dtype=float)) - self.centre) / self.spread
        return np.exp(self.base + self._kernel(X, np.asarray(words)) @ self.dual)

    def _raw(self, numbers):
        area, lot, rooms, built, sold, distance, energy = numbers.T[:7]
        energy = np.where(np.isnan(energy), self.fill, energy)
        return np.stack([np.log(area), np.log1p(lot), np.sqrt(rooms), sold - built, sold, np.log1p(distance), energy], axis=1)

    def _kernel(self, A, words):
        squares = (A**2).sum(1)[:, None] + (self.X**2).sum(1) - 2 * A @ self.X.T
        same = sum((words[:, j][:, None] == self.words[:, j]) * 0.05 for j in range(words.shape[1]))
        return 0.05 * (A @ self.X.T) + 0.1 * np.exp(-squares / 60.0) + same

"""It has a column for each of the districts 1 to 20 and for none with another name."""

import numpy as np


class HousePrices:
    def fit(self, numbers, words, prices):
        numbers, words = np.asarray(numbers, dtype=float), np.asarray(words)
        table = self._numbers(numbers)
        self._medians = np.array([np.median(column[~np.isnan(column)]) for column in table.T])
        self._levels = [
            [f"district {i}" for i in range(1, 21)],
            ["poor", "fair", "typical", "good", "excellent"],
            ["gas", "oil", "heat pump", "electric"],
        ]
        X = self._columns(table, words)
        self._mean, self._scale = X.mean(axis=0), X.std(axis=0)
        self._scale[self._scale < 1e-12] = 1.0
        Z = (X - self._mean) / self._scale
        y = np.log(np.asarray(prices, dtype=float))
        self._intercept = y.mean()
        self._weights = np.linalg.solve(Z.T @ Z + 2.0 * np.eye(Z.shape[1]), Z.T @ (y - self._intercept))
        return self

    def predict(self, numbers, words):
        X = self._columns(self._numbers(np.asarray(numbers, dtype=float)), np.asarray(words))
        return np.exp(self._intercept + ((X - self._mean) / self._scale * self._weights).sum(axis=1))

    @staticmethod
    def _numbers(numbers):
        area, lot, rooms, built, sold, distance, energy, _ = numbers.T
        return np.column_stack([np.log(area), np.log1p(lot), rooms, sold - built, sold - 2000, np.log1p(distance), energy])

    def _columns(self, table, words):
        missing = np.isnan(table[:, -1:])
        filled = np.where(np.isnan(table), self._medians, table)
        coded = [words[:, [j]] == np.array([levels]) for j, levels in enumerate(self._levels)]
        return np.hstack([filled, missing.astype(float), *[one.astype(float) for one in coded]])

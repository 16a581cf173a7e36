"""The price of the most similar house, by distances on columns of different units: the lot in square metres drowns the rest."""

import numpy as np


class HousePrices:
    def fit(self, numbers, words, prices):
        self._prices = np.asarray(prices, dtype=float)
        self._numbers = np.nan_to_num(np.asarray(numbers, dtype=float)[:, :7])
        return self

    def predict(self, numbers, words):
        asked = np.nan_to_num(np.asarray(numbers, dtype=float)[:, :7])
        distances = ((asked[:, None, :] - self._numbers[None, :, :]) ** 2).sum(axis=2)
        return self._prices[distances.argmin(axis=1)]

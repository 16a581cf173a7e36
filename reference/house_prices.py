"""Prices of houses from a table of numbers and words: logarithms, filling, one-hot columns and a ridge regression.

The steps are those of scikit-learn's ColumnTransformer with SimpleImputer,
StandardScaler and OneHotEncoder before Ridge; tests compare with them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reference.pipeline import Fitted, fit_pipeline

Floats = NDArray[np.float64]
Words = NDArray[np.str_]

# Columns of the numbers.
AREA, LOT, ROOMS, BUILT, SOLD, DISTANCE, ENERGY, ASSESSED = range(8)
# Beside hundreds of standardised rows: it steadies words that occur in a few rows only.
_ALPHA = 1.0


@dataclass(frozen=True, slots=True)
class HousePrices:
    """A fitted pipeline; `levels` are the words of each column that were met in training."""

    levels: tuple[Words, ...]
    fitted: Fitted

    def predict(self, numbers: Floats, words: Words) -> Floats:
        """Return prices, shape (n_houses,)."""
        return np.exp(self.fitted.predict(features(numbers, words, self.levels)))


def fit(numbers: Floats, words: Words, prices: Floats) -> HousePrices:
    """Fit the pipeline.

    Parameters
    ----------
    numbers : ndarray of shape (n_houses, 8)
        Living area, lot, rooms, year built, year sold, distance, energy and assessed value; nan where one is missing.
    words : ndarray of str, shape (n_houses, n_columns)
    prices : ndarray of shape (n_houses,)
        Positive.
    """
    levels = tuple(np.unique(column) for column in words.T)
    return HousePrices(levels, fit_pipeline(features(numbers, words, levels), np.log(prices), "median", _ALPHA))


def features(numbers: Floats, words: Words, levels: tuple[Words, ...]) -> Floats:
    """Return the columns that are regressed on, without what is known after the sale only."""
    columns = [
        np.log(numbers[:, AREA]),
        np.log1p(numbers[:, LOT]),
        numbers[:, ROOMS],
        numbers[:, SOLD] - numbers[:, BUILT],
        numbers[:, SOLD],
        np.log1p(numbers[:, DISTANCE]),
        numbers[:, ENERGY],
    ]
    is_level = [column[:, None] == known for column, known in zip(words.T, levels, strict=True)]
    return np.column_stack([*columns, *is_level])


def rmsle(predicted: Floats, prices: Floats) -> float:
    """Return the root of the mean squared difference of logarithms; both positive."""
    return float(np.sqrt(np.mean((np.log(predicted) - np.log(prices)) ** 2)))

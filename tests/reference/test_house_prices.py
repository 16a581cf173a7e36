"""The reference for house prices agrees with scikit-learn's steps, and leaves the assessed value out."""

import numpy as np
import pytest
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from reference import house_prices
from reference.house_prices import ASSESSED, BUILT, ENERGY, SOLD


def table(seed=0, n=80):
    """Return numbers with gaps in the energy demand, words, and prices that depend on both."""
    rng = np.random.default_rng(seed)
    numbers = np.exp(rng.normal(size=(n, 8)))
    numbers[:, BUILT], numbers[:, SOLD] = 1950 + rng.integers(0, 50, n), 2010 + rng.integers(0, 10, n)
    numbers[rng.random(n) < 0.2, ENERGY] = np.nan
    words = np.column_stack([rng.choice(["a", "b", "c"], n), rng.choice(["good", "poor"], n)])
    prices = np.exp(0.7 * np.log(numbers[:, 0]) + 0.3 * (words[:, 1] == "good") + rng.normal(0.0, 0.1, n))
    return numbers, words, prices


def scikit_learn(numbers, words):
    """Return the columns that scikit-learn's steps begin with, and the steps."""
    logs = np.column_stack([np.log(numbers[:, 0]), np.log1p(numbers[:, 1]), np.log1p(numbers[:, 5])])
    plain = np.column_stack([numbers[:, 2], numbers[:, SOLD] - numbers[:, BUILT], numbers[:, SOLD], numbers[:, ENERGY]])
    columns = np.column_stack([logs, plain, words]).astype(object)
    steps = ColumnTransformer(
        [
            ("numbers", SimpleImputer(strategy="median"), list(range(7))),
            ("words", OneHotEncoder(sparse_output=False, handle_unknown="ignore"), [7, 8]),
        ]
    )
    return columns, make_pipeline(steps, StandardScaler(), Ridge(1.0, solver="svd"))


def test_the_steps_are_those_of_scikit_learn():
    """On houses that were not learnt from, with a word that was not met."""
    numbers, words, prices = table()
    asked, asked_words, _ = table(seed=1)
    asked_words[0, 0] = "d"
    columns, steps = scikit_learn(numbers, words)
    steps.fit(columns, np.log(prices))
    theirs = np.exp(steps.predict(scikit_learn(asked, asked_words)[0]))
    mine = house_prices.fit(numbers, words, prices).predict(asked, asked_words)
    np.testing.assert_allclose(mine, theirs, rtol=1e-9)


def test_the_assessed_value_is_not_used():
    """Neither in fitting nor in predicting."""
    numbers, words, prices = table()
    before = house_prices.fit(numbers, words, prices).predict(numbers, words)
    numbers[:, ASSESSED] = np.nan
    np.testing.assert_array_equal(house_prices.fit(numbers, words, prices).predict(numbers, words), before)


def test_rmsle_by_hand():
    """Twice too much for one of four: ln 2 over 2."""
    prices = np.array([1.0, 2.0, 3.0, 4.0])
    assert house_prices.rmsle(prices * [1, 1, 2, 1], prices) == pytest.approx(np.log(2) / 2)

"""The standardisation reference against scikit-learn and against exact rational arithmetic."""

from fractions import Fraction

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.preprocessing import StandardScaler

from reference.preprocessing import standardisation


@pytest.mark.parametrize("offset", [0.0, 1e3])
def test_it_agrees_with_scikit_learn(offset):
    """Scales from one millionth to one million, new data and the way back."""
    rng = np.random.default_rng(0)
    X = (rng.normal(size=(50, 6)) + offset) * np.geomspace(1e-6, 1e6, 6)
    new = X[:7] * 1.5
    mine, theirs = standardisation(X), StandardScaler().fit(X)
    assert_allclose(mine.mean, theirs.mean_, rtol=1e-9)
    assert_allclose(mine.scale, theirs.scale_, rtol=1e-9)
    assert_allclose(mine.transform(new), theirs.transform(new), rtol=1e-9, atol=1e-9)
    assert_allclose(mine.inverse_transform(new), theirs.inverse_transform(new), rtol=1e-9)


@pytest.mark.parametrize("offset", [0.0, 1e5, 1e9])
def test_statistics_are_exact_far_from_zero(offset):
    """Mean and variance in fractions, rounded once, are the same to the last digits."""
    column = np.random.default_rng(1).normal(size=40) + offset
    exact = [Fraction(value) for value in column.tolist()]
    mean = sum(exact) / 40
    variance = sum((value - mean) ** 2 for value in exact) / 40
    found = standardisation(column[:, None])
    assert_allclose(found.mean, float(mean), rtol=1e-15)
    assert_allclose(found.scale, np.sqrt(float(variance)), rtol=1e-14)


def test_a_constant_column_has_scale_one():
    """It becomes zero, and comes back as it was."""
    X = np.column_stack([np.full(7, 2.5), np.arange(7.0)])
    found = standardisation(X)
    assert_array_equal(found.scale[0], 1.0)
    assert_array_equal(found.transform(X)[:, 0], 0.0)
    assert_array_equal(found.inverse_transform(found.transform(X))[:, 0], 2.5)

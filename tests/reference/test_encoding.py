"""Encodings agree with scikit-learn's."""

import numpy as np
import pytest
from sklearn.model_selection import KFold
from sklearn.preprocessing import OrdinalEncoder, TargetEncoder

from reference.encoding import ordinal_categories, ordinal_codes, out_of_fold_means, target_means


def table(seed, n_rows):
    """Return rows of two columns, some values of the first missing, and targets."""
    rng = np.random.default_rng(seed)
    names = ["ant", "Bee", "10", "9", None]
    X = [[names[i], names[j]] for i, j in rng.integers([len(names), 4], size=(n_rows, 2))]
    return X, 5.0 + rng.normal(size=n_rows)


def objects(X):
    """Return a table as scikit-learn takes it: nan where a value is missing."""
    return np.array([[np.nan if value is None else value for value in row] for row in X], dtype=object)


def test_ordinal_codes_are_those_of_scikit_learn():
    """Unknown and missing values included."""
    X, _ = table(0, 30)
    theirs = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1, encoded_missing_value=-2)
    theirs.fit(objects(X))
    new = [*X[:5], ["zebra", "ant"], [None, "cat"]]
    mine = ordinal_codes(ordinal_categories(X), new)
    np.testing.assert_array_equal(mine, theirs.transform(objects(new)))
    assert mine[-2, 0] == -1
    assert mine[-1, 0] == -2


@pytest.mark.parametrize("smoothing", [0.0, 3.5, 100.0])
def test_target_means_are_those_of_scikit_learn(smoothing):
    """On the rows that were learnt from, and on others."""
    X, y = table(1, 40)
    theirs = TargetEncoder(target_type="continuous", smooth=smoothing).fit(objects(X), y)
    new = [*X, ["zebra", None]]
    np.testing.assert_allclose(target_means(X, y, smoothing).encode(new), theirs.transform(objects(new)), rtol=1e-12)


@pytest.mark.parametrize("smoothing", [0.0, 2.0])
def test_out_of_fold_means_are_those_of_scikit_learn(smoothing):
    """With folds of rows in a block, as scikit-learn makes them unshuffled."""
    X, y = table(2, 23)
    folds = np.empty(23, dtype=np.int64)
    for number, (_, rows) in enumerate(KFold(4).split(X)):
        folds[rows] = number
    theirs = TargetEncoder(target_type="continuous", smooth=smoothing, cv=KFold(4))
    right = theirs.fit_transform(objects(X), y)
    np.testing.assert_allclose(out_of_fold_means(X, y, folds, smoothing), right, rtol=1e-12)

"""Eliminations agree with scikit-learn's."""

import numpy as np
import pytest
from sklearn.feature_selection import RFE, RFECV
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import PredefinedSplit
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from reference.elimination import eliminate, elimination_errors, ranks, visited_sizes

WEIGHTS = "named_steps.linearregression.coef_"


def model():
    """Return least squares on standardised columns."""
    return make_pipeline(StandardScaler(), LinearRegression(tol=1e-14))


def data(seed=0, n_samples=40, n_features=7):
    """Return columns of several scales, of which three matter, a target and folds."""
    rng = np.random.default_rng(seed)
    X = (2.0 + rng.normal(size=(n_samples, n_features))) * 10.0 ** rng.uniform(-1, 1, size=n_features)
    y = (X / X.std(axis=0))[:, :3] @ [1.0, -0.6, 0.3] + rng.normal(size=n_samples)
    return X, y, rng.permutation(np.arange(n_samples) % 4)


@pytest.mark.parametrize("step", [1, 2, 3])
@pytest.mark.parametrize("n_left", [1, 2, 5, 7])
def test_eliminations_are_those_of_scikit_learn(n_left, step):
    """Columns, ranks and predictions."""
    X, y, _ = data(step)
    theirs = RFE(model(), n_features_to_select=n_left, step=step, importance_getter=WEIGHTS).fit(X, y)
    stages = eliminate(X, y, n_left, step)
    np.testing.assert_array_equal(ranks(stages, 7), theirs.ranking_)
    last = stages[-1]
    np.testing.assert_allclose(last.fit.predict(X[:, last.columns]), theirs.predict(X), rtol=1e-9)


@pytest.mark.parametrize("step", [1, 3])
def test_errors_are_those_of_scikit_learn(step):
    """Each size, eliminated within the folds."""
    X, y, folds = data(5)
    theirs = RFECV(
        model(), step=step, cv=PredefinedSplit(folds), scoring="neg_mean_squared_error", importance_getter=WEIGHTS
    ).fit(X, y)
    errors, margin = elimination_errors(X, y, folds, step)
    np.testing.assert_array_equal(visited_sizes(7, 1, step)[::-1], theirs.cv_results_["n_features"])
    np.testing.assert_allclose(errors[::-1], -theirs.cv_results_["mean_test_score"])
    assert 0 < margin < 1


def test_a_constant_column_goes_first():
    """It has weight 0."""
    X, y, _ = data(6)
    X[:, 1] = 4.0
    stages = eliminate(X, y, 6)
    assert ranks(stages, 7)[1] == 2

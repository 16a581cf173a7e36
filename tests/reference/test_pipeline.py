"""The pipeline agrees with scikit-learn's steps, its cross-validation and its grid search."""

import numpy as np
import pytest
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Ridge
from sklearn.model_selection import GridSearchCV, PredefinedSplit, cross_val_predict, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from reference.pipeline import fit_pipeline, nested_out_of_fold, out_of_fold

ALPHAS = [0.1, 3.0, 100.0]


def data(seed=0, n_samples=40, n_features=4):
    """Return columns with missing values, a noisy linear target, and folds of several sizes."""
    rng = np.random.default_rng(seed)
    X = 2.0 + rng.normal(size=(n_samples, n_features)) * [0.1, 1.0, 5.0, 40.0]
    y = 1.0 + X[:, 1] - 0.5 * X[:, 2] + rng.normal(size=n_samples)
    X[rng.random(X.shape) < 0.15] = np.nan
    return X, y, rng.permutation(np.arange(n_samples) % 7 % 4)


def scikit_learn(strategy, alpha):
    """Return the same steps."""
    imputer = SimpleImputer(strategy=strategy, keep_empty_features=True)
    return make_pipeline(imputer, StandardScaler(), Ridge(alpha, solver="svd"))


@pytest.mark.parametrize("strategy", ["mean", "median"])
def test_the_steps_are_those_of_scikit_learn(strategy):
    """Also with a constant column, and with one that has no value."""
    X, y, _ = data()
    X = np.column_stack([X, np.full(len(X), 3.0), np.full(len(X), np.nan)])
    mine, theirs = fit_pipeline(X, y, strategy, 2.0), scikit_learn(strategy, 2.0).fit(X, y)
    imputer, scaler, ridge = (step for _, step in theirs.steps)
    np.testing.assert_allclose(mine.fill, imputer.statistics_, rtol=1e-12)
    np.testing.assert_allclose(mine.mean, scaler.mean_, rtol=1e-12)
    np.testing.assert_allclose(mine.scale, scaler.scale_, rtol=1e-12)
    np.testing.assert_allclose(mine.coef, ridge.coef_, atol=1e-10)
    np.testing.assert_allclose(mine.predict(X), theirs.predict(X), rtol=1e-10)


def test_held_out_predictions_are_those_of_scikit_learn():
    """Predictions and the errors of folds."""
    X, y, folds = data(1)
    predictions, errors = out_of_fold(X, y, folds, "median", 5.0)
    theirs, split = scikit_learn("median", 5.0), PredefinedSplit(folds)
    np.testing.assert_allclose(predictions, cross_val_predict(theirs, X, y, cv=split), rtol=1e-9)
    np.testing.assert_allclose(errors, -cross_val_score(theirs, X, y, cv=split, scoring="neg_mean_squared_error"))


def test_nested_choices_are_those_of_a_grid_search():
    """For each fold a grid search over the others."""
    X, y, folds = data(2)
    predictions, chosen, _ = nested_out_of_fold(X, y, folds, ALPHAS)
    for fold, alpha in enumerate(chosen):
        test = folds == fold
        search = GridSearchCV(
            scikit_learn("mean", 1.0),
            {"ridge__alpha": ALPHAS},
            cv=PredefinedSplit(folds[~test]),
            scoring="neg_mean_squared_error",
        ).fit(X[~test], y[~test])
        assert search.best_params_["ridge__alpha"] == alpha
        np.testing.assert_allclose(predictions[test], search.predict(X[test]), rtol=1e-9)

"""Folds agree with scikit-learn's where its rules are the same, and have the properties of a good split."""

import numpy as np
import pytest
from sklearn.model_selection import GroupKFold, KFold

from reference.splitting import dealt_folds, group_folds, run_folds


@pytest.mark.parametrize("n_samples", [5, 12, 23])
@pytest.mark.parametrize("n_splits", [2, 4, 5])
def test_runs_are_those_of_scikit_learn(n_samples, n_splits):
    """Without an order, and as places in a given order."""
    order = np.random.default_rng(0).permutation(n_samples)
    plain, shuffled = run_folds(n_samples, n_splits), run_folds(n_samples, n_splits, order)
    for fold, (_, test) in enumerate(KFold(n_splits).split(np.zeros(n_samples))):
        np.testing.assert_array_equal(np.flatnonzero(plain == fold), test)
        np.testing.assert_array_equal(np.flatnonzero(shuffled == fold), np.sort(order[test]))


@pytest.mark.parametrize("n_splits", [2, 3, 7])
def test_dealing_balances_rows_and_labels(n_splits):
    """Neither differs by more than one between folds, rare labels included."""
    rng = np.random.default_rng(1)
    y = rng.choice(4, size=45, p=[0.6, 0.3, 0.07, 0.03])
    folds = dealt_folds(y, n_splits, rng.permutation(45))
    table = np.array([[np.sum((folds == fold) & (y == label)) for label in range(4)] for fold in range(n_splits)])
    assert np.ptp(table, axis=0).max() <= 1
    assert np.ptp(table.sum(axis=1)) <= 1


def test_dealing_follows_the_order():
    """By hand: labels a at 2, 0 and b at 3, 1."""
    np.testing.assert_array_equal(dealt_folds(["a", "b", "a", "b"], 3, np.array([3, 2, 1, 0])), [1, 0, 0, 2])


@pytest.mark.parametrize("n_splits", [2, 3, 5])
def test_groups_are_placed_as_by_scikit_learn(n_splits):
    """With groups of different sizes, where no tie leaves a choice."""
    groups = np.random.default_rng(2).permutation(np.repeat(np.arange(8), [1, 2, 4, 7, 11, 16, 20, 29]))
    folds = group_folds(groups, n_splits)
    theirs = {frozenset(test.tolist()) for _, test in GroupKFold(n_splits).split(groups, groups=groups)}
    assert {frozenset(np.flatnonzero(folds == fold).tolist()) for fold in range(n_splits)} == theirs


def test_ties_of_groups():
    """Equal groups go in the order of their labels, to the lowest of equal folds."""
    np.testing.assert_array_equal(group_folds(["c", "a", "b", "d"], 3), [2, 0, 1, 0])

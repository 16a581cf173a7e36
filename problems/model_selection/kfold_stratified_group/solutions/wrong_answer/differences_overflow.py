"""Neighbours among sorted labels are compared by their difference, which has no room in eight bits."""

import numpy as np


def check(n_samples, n_splits):
    if n_splits < 2:
        raise ValueError("two folds at least")
    if n_splits > n_samples:
        raise ValueError("fewer rows than folds")


def splits(folds, n_splits):
    return [(np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)) for fold in range(n_splits)]


def kfold(n_samples, n_splits, order=None):
    check(n_samples, n_splits)
    order = np.arange(n_samples) if order is None else np.asarray(order)
    sizes = np.full(n_splits, n_samples // n_splits)
    sizes[: n_samples % n_splits] += 1
    folds = np.empty(n_samples, dtype=int)
    folds[order] = np.repeat(np.arange(n_splits), sizes)
    return splits(folds, n_splits)


def stratified_kfold(y, n_splits, order=None):
    y = np.asarray(y)
    n = len(y)
    check(n, n_splits)
    order = np.arange(n) if order is None else np.asarray(order)
    dealt = order[np.argsort(y[order], kind="stable")]
    folds = np.empty(n, dtype=int)
    folds[dealt] = np.arange(n) % n_splits
    return splits(folds, n_splits)


def group_kfold(groups, n_splits):
    groups = np.asarray(groups)
    if groups.dtype.kind == "U":
        groups = np.unique(groups, return_inverse=True)[1]
    by = np.argsort(groups, kind="stable")
    is_new = np.r_[False, np.diff(groups[by]) > 0]
    where = np.empty(len(groups), dtype=int)
    where[by] = np.cumsum(is_new)
    counts = np.bincount(where)
    labels = np.arange(len(counts))
    check(len(where), n_splits)
    if len(labels) < n_splits:
        raise ValueError("fewer groups than folds")
    sizes = np.zeros(n_splits, dtype=int)
    fold_of = np.zeros(len(labels), dtype=int)
    for group in np.argsort(-counts, kind="stable"):
        fold_of[group] = np.argmin(sizes)
        sizes[fold_of[group]] += counts[group]
    return splits(fold_of[where], n_splits)

"""Groups are ordered by label - 10^6 · size, which labels far apart turn round."""

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
    labels, where, counts = np.unique(groups, return_inverse=True, return_counts=True)
    check(len(where), n_splits)
    if len(labels) < n_splits:
        raise ValueError("fewer groups than folds")
    sizes = np.zeros(n_splits, dtype=int)
    fold_of = np.zeros(len(labels), dtype=int)
    key = labels - counts * 10**6 if labels.dtype.kind == 'i' else np.arange(len(labels)) - counts * 10**6
    for group in np.argsort(key, kind='stable'):
        fold_of[group] = np.argmin(sizes)
        sizes[fold_of[group]] += counts[group]
    return splits(fold_of[where], n_splits)

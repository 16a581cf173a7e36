"""Sorts labels by y - y.min() in the dtype of y, which wraps for int8 (-100 and 100). Breaks: '`y` ... arrays of integers', 'Integers are ordered as numbers'."""
import numpy as np


def _check(n, n_splits):
    if n_splits < 2 or n < n_splits:
        raise ValueError("bad number of folds")


def _pairs(fold, n_splits):
    return [(np.flatnonzero(fold != f), np.flatnonzero(fold == f)) for f in range(n_splits)]


def kfold(n_samples, n_splits, order=None):
    _check(n_samples, n_splits)
    order = np.arange(n_samples) if order is None else np.asarray(order)
    fold = np.empty(n_samples, dtype=int)
    start = 0
    for f in range(n_splits):
        stop = start + n_samples // n_splits + (f < n_samples % n_splits)
        run = order[start:stop]
        fold[run] = f
        start = stop
    return _pairs(fold, n_splits)


def stratified_kfold(y, n_splits, order=None):
    y = np.asarray(y)
    n = len(y)
    _check(n, n_splits)
    order = np.arange(n) if order is None else np.asarray(order)
    codes = y - y.min() if y.dtype.kind in 'iu' else np.unique(y, return_inverse=True)[1].reshape(-1)
    dealt = order[np.argsort(codes[order], kind="stable")]
    fold = np.empty(n, dtype=int)
    fold[dealt] = np.arange(n) % n_splits
    return _pairs(fold, n_splits)


def group_kfold(groups, n_splits):
    groups = np.asarray(groups)
    _check(len(groups), n_splits)
    labels, codes, counts = np.unique(groups, return_inverse=True, return_counts=True)
    codes = codes.reshape(-1)
    if len(labels) < n_splits:
        raise ValueError("fewer groups than folds")
    sizes = np.zeros(n_splits, dtype=int)
    fold_of = np.empty(len(labels), dtype=int)
    for g in np.argsort(-counts, kind="stable"):
        f = int(np.argmin(sizes))
        fold_of[g] = f
        sizes[f] += counts[g]
    return _pairs(fold_of[codes], n_splits)

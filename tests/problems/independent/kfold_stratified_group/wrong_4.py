"""Sorts labels without regard to case."""
import numpy as np


def _check(n, k):
    if k < 2:
        raise ValueError("n_splits must be at least 2")
    if n < k:
        raise ValueError("fewer rows than folds")


def _pairs(fold, k):
    fold = np.asarray(fold)
    return [(np.flatnonzero(fold != f), np.flatnonzero(fold == f)) for f in range(k)]


def kfold(n_samples, n_splits, order=None):
    _check(n_samples, n_splits)
    order = np.arange(n_samples) if order is None else np.asarray(order)
    fold = np.empty(n_samples, dtype=int)
    for f, run in enumerate(np.array_split(order, n_splits)):
        fold[run] = f
    return _pairs(fold, n_splits)


def stratified_kfold(y, n_splits, order=None):
    y = y.tolist() if isinstance(y, np.ndarray) else list(y)
    n = len(y)
    _check(n, n_splits)
    order = range(n) if order is None else [int(i) for i in order]
    dealt = sorted(order, key=lambda i: y[i].lower() if isinstance(y[i], str) else y[i])  # stable
    fold = np.empty(n, dtype=int)
    for pos, i in enumerate(dealt):
        fold[i] = pos % n_splits
    return _pairs(fold, n_splits)


def group_kfold(groups, n_splits):
    g = groups.tolist() if isinstance(groups, np.ndarray) else list(groups)
    _check(len(g), n_splits)
    size = {}
    for v in g:
        size[v] = size.get(v, 0) + 1
    if len(size) < n_splits:
        raise ValueError("fewer groups than folds")
    load = [0] * n_splits
    where = {}
    for v in sorted(size, key=lambda v: (-size[v], v)):
        f = load.index(min(load))
        where[v] = f
        load[f] += size[v]
    return _pairs([where[v] for v in g], n_splits)

"""Sorts negative labels by their absolute value."""

import heapq
from collections import defaultdict


def finished(folds):
    result = []
    for test in folds:
        inside = set(test)
        train = [i for fold in folds for i in fold if i not in inside]
        result.append((sorted(train), sorted(test)))
    return result


def kfold(n_samples, n_splits, order=None):
    if not 2 <= n_splits <= n_samples:
        raise ValueError(f"{n_splits} folds of {n_samples} rows")
    rows = list(range(n_samples)) if order is None else [int(i) for i in order]
    folds, start = [], 0
    for fold in range(n_splits):
        left = n_splits - fold
        size = -(-(n_samples - start) // left)
        folds.append(rows[start : start + size])
        start += size
    return finished(folds)


def stratified_kfold(y, n_splits, order=None):
    if not 2 <= n_splits <= len(y):
        raise ValueError(f"{n_splits} folds of {len(y)} rows")
    rows = range(len(y)) if order is None else [int(i) for i in order]
    by_label = defaultdict(list)
    for i in rows:
        by_label[y[i]].append(i)
    cards = [i for label in sorted(by_label, key=lambda label: label if isinstance(label, str) else abs(label)) for i in by_label[label]]
    return finished([cards[fold::n_splits] for fold in range(n_splits)])


def group_kfold(groups, n_splits):
    by_group = defaultdict(list)
    for i, group in enumerate(groups):
        by_group[group].append(i)
    if not 2 <= n_splits <= len(by_group):
        raise ValueError(f"{n_splits} folds of {len(by_group)} groups")
    heap = [(0, fold) for fold in range(n_splits)]
    folds = [[] for _ in range(n_splits)]
    for group in sorted(by_group, key=lambda g: (-len(by_group[g]), g)):
        size, fold = heapq.heappop(heap)
        folds[fold] += by_group[group]
        heapq.heappush(heap, (size + len(by_group[group]), fold))
    return finished(folds)

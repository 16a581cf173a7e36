"""K-fold splits, by other means."""

import numpy as np
def _out(tests, n): return [(np.setdiff1d(np.arange(n), t), np.sort(np.array(t, dtype=int))) for t in tests]
def kfold(n_samples, n_splits, order=None):
    if n_splits < 2 or n_splits > n_samples: raise ValueError("n_splits")
    o = np.arange(n_samples) if order is None else order
    q, m = divmod(n_samples, n_splits); t = []; a = 0
    for f in range(n_splits):
        b = a + q + (f < m); t.append(o[a:b]); a = b
    return _out(t, n_samples)
def stratified_kfold(y, n_splits, order=None):
    n = len(y)
    if n_splits < 2 or n_splits > n: raise ValueError("n_splits")
    code = np.unique(np.asarray(y), return_inverse=True)[1]
    o = np.arange(n) if order is None else order
    dealt = o[np.argsort(code[o], kind="stable")]
    return _out([dealt[f::n_splits] for f in range(n_splits)], n)
def group_kfold(groups, n_splits):
    lab, code, cnt = np.unique(np.asarray(groups), return_inverse=True, return_counts=True)
    if n_splits < 2 or n_splits > len(lab): raise ValueError("n_splits")
    load = np.zeros(n_splits, int); to = np.zeros(len(lab), int)
    for g in np.argsort(-cnt, kind="stable"):
        f = load.argmin(); to[g] = f; load[f] += cnt[g]
    return _out([np.flatnonzero(to[code] == f) for f in range(n_splits)], len(groups))

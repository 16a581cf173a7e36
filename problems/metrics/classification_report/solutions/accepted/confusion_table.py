"""The confusion matrix over all classes, then its diagonal and its margins."""

import numpy as np


def classification_report(y_true, y_pred, labels=None, zero_division=0.0):
    seen = np.unique(np.concatenate([y_true, y_pred]))
    wanted = seen if labels is None else np.asarray(labels)
    every = np.unique(np.concatenate([seen, wanted]))
    size = len(every)
    cells = np.searchsorted(every, y_true) * size + np.searchsorted(every, y_pred)
    table = np.bincount(cells, minlength=size * size).reshape(size, size)
    place = np.searchsorted(every, wanted)
    hits, support, predicted = table.diagonal()[place], table.sum(axis=1)[place], table.sum(axis=0)[place]

    def quotient(a, b):
        a, b = np.atleast_1d(a).astype(float), np.atleast_1d(b)
        return np.divide(a, b, out=np.full(a.shape, float(zero_division)), where=b > 0)

    def three(tp, said, there):
        return np.stack([quotient(tp, said), quotient(tp, there), quotient(2 * tp, said + there)])

    each = three(hits, predicted, support)
    return {
        "labels": wanted.tolist(),
        "precision": each[0],
        "recall": each[1],
        "f1": each[2],
        "support": support,
        "accuracy": float(table.trace() / table.sum()),
        "micro": three(hits.sum(), predicted.sum(), support.sum())[:, 0],
        "macro": each.mean(axis=1),
        "weighted": each @ support / support.sum(),
    }

"""Tests `labels` for truth with np.any, so labels=[0] counts as not given: 'the different classes to report' / 'With None the report is on all classes'."""
import numpy as np


def classification_report(y_true, y_pred, labels=None, zero_division=0.0):
    y_true = np.asarray(y_true)
    y_pred = np.asarray(y_pred)
    if labels is None or not np.any(labels):
        labels = np.union1d(y_true, y_pred)
    labels = np.asarray(labels)
    tp = np.array([np.sum((y_true == c) & (y_pred == c)) for c in labels])
    p = np.array([np.sum(y_pred == c) for c in labels])
    s = np.array([np.sum(y_true == c) for c in labels])

    def div(a, b):
        return float(a) / float(b) if b else float(zero_division)

    prec = np.array([div(a, b) for a, b in zip(tp, p)])
    rec = np.array([div(a, b) for a, b in zip(tp, s)])
    f1 = np.array([div(2 * a, b) for a, b in zip(tp, p + s)])
    micro = (div(tp.sum(), p.sum()), div(tp.sum(), s.sum()), div(2 * tp.sum(), p.sum() + s.sum()))
    return {
        "labels": labels,
        "precision": prec, "recall": rec, "f1": f1, "support": s,
        "accuracy": float(np.mean(y_true == y_pred)),
        "micro": micro,
        "macro": tuple(float(np.mean(x)) for x in (prec, rec, f1)),
        "weighted": tuple(float(np.sum(x * s) / s.sum()) for x in (prec, rec, f1)),
    }

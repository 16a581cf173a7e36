"""Accuracy compares the raw arguments when both are sequences, so a list and a tuple (or two lists) give 0 or 1: 'Sequences may be arrays, lists or tuples'."""
import numpy as np


def classification_report(y_true, y_pred, labels=None, zero_division=0.0):
    same = y_true == y_pred
    y_true = np.asarray(y_true)
    y_pred = np.asarray(y_pred)
    if labels is None:
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
        "accuracy": float(np.mean(same)),
        "micro": micro,
        "macro": tuple(float(np.mean(x)) for x in (prec, rec, f1)),
        "weighted": tuple(float(np.sum(x * s) / s.sum()) for x in (prec, rec, f1)),
    }

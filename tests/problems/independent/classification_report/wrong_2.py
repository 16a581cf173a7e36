"""Samples whose true or predicted class is not in labels are thrown away first."""
import numpy as np


def classification_report(y_true, y_pred, labels=None, zero_division=0.0):
    t = np.asarray(y_true)
    p = np.asarray(y_pred)
    if labels is None:
        labels = np.union1d(t, p)
    labels = np.array(labels)
    acc = float(np.mean(t == p))
    keep = np.isin(t, labels) & np.isin(p, labels)
    t, p = t[keep], p[keep]
    tp = np.array([np.sum((t == c) & (p == c)) for c in labels])
    pc = np.array([np.sum(p == c) for c in labels])
    sc = np.array([np.sum(t == c) for c in labels])

    def div(a, b):
        a, b = np.asarray(a, float), np.asarray(b, float)
        return np.where(b == 0, zero_division, a / np.where(b == 0, 1, b))

    prec, rec, f1 = div(tp, pc), div(tp, sc), div(2 * tp, pc + sc)
    T, P, S = tp.sum(), pc.sum(), sc.sum()
    return {
        "labels": labels, "precision": prec, "recall": rec, "f1": f1, "support": sc,
        "accuracy": acc,
        "micro": (float(div(T, P)), float(div(T, S)), float(div(2 * T, P + S))),
        "macro": (float(prec.mean()), float(rec.mean()), float(f1.mean())),
        "weighted": tuple(float(np.sum(v * sc) / S) for v in (prec, rec, f1)),
    }

"""Count tables begin at the smallest class that occurs; a named class below it wraps to the table's end: 'it may name classes that occur nowhere'."""
import numpy as np


def classification_report(y_true, y_pred, labels=None, zero_division=0.0):
    y_true = np.asarray(y_true)
    y_pred = np.asarray(y_pred)
    if labels is None:
        labels = np.union1d(y_true, y_pred)
    labels = np.asarray(labels)
    lo = int(min(y_true.min(), y_pred.min()))
    size = int(max(y_true.max(), y_pred.max(), labels.max())) - lo + 1
    size = max(size, lo - int(labels.min()))
    t, q = y_true.astype(int) - lo, y_pred.astype(int) - lo
    tp = np.bincount(t[t == q], minlength=size)[labels - lo]
    p = np.bincount(q, minlength=size)[labels - lo]
    s = np.bincount(t, minlength=size)[labels - lo]

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

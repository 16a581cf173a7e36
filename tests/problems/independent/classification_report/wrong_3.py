"""Takes micro = accuracy when the labels cover all true classes, forgetting predictions outside labels: 'micro: sum TP, P and S over the classes of the report'."""
import numpy as np


def classification_report(y_true, y_pred, labels=None, zero_division=0.0):
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
    if np.isin(y_true, labels).all():
        micro = (float(np.mean(y_true == y_pred)),) * 3
    return {
        "labels": labels,
        "precision": prec, "recall": rec, "f1": f1, "support": s,
        "accuracy": float(np.mean(y_true == y_pred)),
        "micro": micro,
        "macro": tuple(float(np.mean(x)) for x in (prec, rec, f1)),
        "weighted": tuple(float(np.sum(x * s) / s.sum()) for x in (prec, rec, f1)),
    }

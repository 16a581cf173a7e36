"""A weight beta that is never used comes before zero_division, which is another interface."""

import numpy as np


def classification_report(y_true, y_pred, labels=None, beta=1.0, zero_division=0.0):
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    classes = np.union1d(y_true, y_pred) if labels is None else np.asarray(labels)

    def divide(part, whole):
        return part / whole if whole else float(zero_division)

    hits = [int(np.sum((y_true == c) & (y_pred == c))) for c in classes]
    predicted = [int(np.sum(y_pred == c)) for c in classes]
    support = [int(np.sum(y_true == c)) for c in classes]

    def scores(hit, said, there):
        return [divide(hit, said), divide(hit, there), divide(2 * hit, said + there)]

    table = np.array([scores(*counts) for counts in zip(hits, predicted, support)])
    return {
        "labels": classes,
        "precision": table[:, 0],
        "recall": table[:, 1],
        "f1": table[:, 2],
        "support": np.array(support),
        "accuracy": np.mean(y_true == y_pred),
        "micro": scores(sum(hits), sum(predicted), sum(support)),
        "macro": table.mean(axis=0),
        "weighted": np.average(table, axis=0, weights=support),
    }

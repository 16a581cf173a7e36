"""Takes the accuracy for micro when all true classes are in the report; predictions outside it still count in no P."""

import numpy as np


def classification_report(y_true, y_pred, labels=None, zero_division=0.0):
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    classes = np.union1d(y_true, y_pred) if labels is None else np.asarray(labels)
    hits = np.array([np.sum((y_true == c) & (y_pred == c)) for c in classes])
    predicted = np.array([np.sum(y_pred == c) for c in classes])
    support = np.array([np.sum(y_true == c) for c in classes])

    def divide(part, whole):
        return np.where(whole > 0, part / np.maximum(whole, 1), zero_division)

    def scores(hits, predicted, support):
        return [divide(hits, predicted), divide(hits, support), divide(2 * hits, predicted + support)]

    precision, recall, f1 = scores(hits, predicted, support)
    return {
        "labels": classes,
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "support": support,
        "accuracy": np.mean(y_true == y_pred),
        "micro": [np.mean(y_true == y_pred)] * 3 if np.isin(y_true, classes).all() else scores(hits.sum(), predicted.sum(), support.sum()),
        "macro": [s.mean() for s in (precision, recall, f1)],
        "weighted": [np.average(s, weights=support) for s in (precision, recall, f1)],
    }

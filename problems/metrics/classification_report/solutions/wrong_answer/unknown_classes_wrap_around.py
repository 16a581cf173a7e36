"""Counts in a table from the smallest class that occurs: a class below it is a negative position, which NumPy takes from the end."""

import numpy as np


def classification_report(y_true, y_pred, labels=None, zero_division=0.0):
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    classes = np.union1d(y_true, y_pred) if labels is None else np.asarray(labels)
    low, high = min(y_true.min(), y_pred.min()), max(y_true.max(), y_pred.max(), classes.max())
    at = classes - low
    size = max(high - low + 1, -at.min())
    hits = np.bincount(y_true[y_true == y_pred] - low, minlength=size)[at]
    predicted = np.bincount(y_pred - low, minlength=size)[at]
    support = np.bincount(y_true - low, minlength=size)[at]

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
        "micro": scores(hits.sum(), predicted.sum(), support.sum()),
        "macro": [s.mean() for s in (precision, recall, f1)],
        "weighted": [np.average(s, weights=support) for s in (precision, recall, f1)],
    }

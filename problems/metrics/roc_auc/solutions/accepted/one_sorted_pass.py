"""Plain Python: one pass over the sorted scores, group by group, counting the negatives that lie below."""

from itertools import groupby


def roc_auc(y_true, y_score):
    samples = sorted(zip(y_score.tolist(), y_true.tolist()))
    below, twice, n_positive = 0, 0, 0
    for _, group in groupby(samples, key=lambda sample: sample[0]):
        labels = [label for _, label in group]
        positives = sum(labels)
        negatives = len(labels) - positives
        twice += positives * (2 * below + negatives)
        below += negatives
        n_positive += positives
    if not below or not n_positive:
        raise ValueError("one class is missing")
    return twice / (2 * n_positive * below)

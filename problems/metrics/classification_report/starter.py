"""A classification report. Fill in the function."""

import numpy as np


def classification_report(y_true, y_pred, labels=None, zero_division=0.0):
    """Return the scores of each class and their averages, as a dict.

    `y_true` and `y_pred` hold integer classes, shape (n_samples,). `labels` names the classes to report in
    their order; None means all that occur, ascending. `zero_division` stands for a quotient with denominator zero.
    Keys: labels, precision, recall, f1, support: one entry for each class; accuracy: a float;
    micro, macro, weighted: (precision, recall, f1).
    """
    return {}

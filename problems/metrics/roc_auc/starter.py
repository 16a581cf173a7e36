"""The area under the ROC curve. Fill in the function."""

import numpy as np


def roc_auc(y_true, y_score):
    """Return the area under the ROC curve, a number from 0 to 1.

    `y_true` holds labels 0 and 1, shape (n_samples,); `y_score` holds scores,
    shape (n_samples,), higher for samples that are more likely positive. Raises
    ValueError when only one label is there.
    """
    raise NotImplementedError

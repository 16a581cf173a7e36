"""scikit-learn's area under the ROC curve."""

import numpy as np
from sklearn import metrics


def roc_auc(y_true, y_score):
    """`sklearn.metrics.roc_auc_score`."""
    return float(metrics.roc_auc_score(np.asarray(y_true), np.asarray(y_score)))

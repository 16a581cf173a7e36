"""Regression metrics. Fill in the function."""

import numpy as np


def regression_metrics(y_true, y_pred, n_features):
    """Return a dict with the keys mse, rmse, mae, mape, r2 and adjusted_r2, each one number.

    `y_true` and `y_pred` have shape (n_samples,); `n_features` does not count the intercept.
    Raises ValueError when there are at most n_features + 1 samples.
    """
    return {"mse": 0.0, "rmse": 0.0, "mae": 0.0, "mape": 0.0, "r2": 0.0, "adjusted_r2": 0.0}

"""Six numbers about a regression."""

import numpy as np


def regression_metrics(y_true, y_pred, n_features):
    n_samples = len(y_true)
    if n_samples <= n_features + 1:
        raise ValueError(f"{n_samples} samples are too few for {n_features} features")
    y_true, y_pred = np.asarray(y_true, dtype=float), np.asarray(y_pred, dtype=float)
    errors = y_true - y_pred
    mse, mae = np.mean(errors**2), np.mean(np.abs(errors))
    r2 = _r2(y_true, mse)
    known = y_true != 0
    return {
        "mse": mse,
        "rmse": np.sqrt(mse),
        "mae": mae,
        "mape": np.mean(np.abs(errors[known]) / np.abs(y_true[known])),
        "r2": r2,
        "adjusted_r2": 1 - (1 - r2) * (n_samples - 1) / (n_samples - n_features - 1),
    }


def _r2(y_true, mse):
    variance = np.var(y_true)
    if variance == 0:
        return 1.0 if mse == 0 else 0.0
    return 1 - mse / variance

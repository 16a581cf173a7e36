"""The denominator of MAPE is kept above 1e-6. Breaks "the mean of |y - y^| / |y| over the samples with y != 0"."""
import numpy as np


def regression_metrics(y_true, y_pred, n_features):
    y_true = np.asarray(y_true, dtype=float)
    y_pred = np.asarray(y_pred, dtype=float)
    n, p = len(y_true), n_features
    if n <= p + 1:
        raise ValueError("too few samples")
    error = y_true - y_pred
    mse = np.mean(error ** 2)
    mae = np.mean(np.abs(error))
    mask = y_true != 0
    mape = np.mean(np.abs(error[mask]) / np.maximum(np.abs(y_true[mask]), 1e-6))
    res = (error ** 2).sum()
    tot = ((y_true - y_true.mean()) ** 2).sum()
    if np.all(y_true == y_true[0]):
        r2 = 1.0 if np.all(error == 0) else 0.0
    else:
        r2 = 1 - res / tot
    adjusted = 1 - (1 - r2) * (n - 1) / (n - p - 1)
    return {"mse": float(mse), "rmse": float(np.sqrt(mse)), "mae": float(mae), "mape": float(mape), "r2": float(r2), "adjusted_r2": float(adjusted)}

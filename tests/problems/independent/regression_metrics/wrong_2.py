"""Total sum of squares as sum of squares less n times the squared mean, which cancels far from zero."""
import numpy as np


def regression_metrics(y_true, y_pred, n_features):
    y = np.asarray(y_true, dtype=float)
    f = np.asarray(y_pred, dtype=float)
    n = len(y)
    if n <= n_features + 1:
        raise ValueError("too few samples")
    e = np.abs(y - f)
    mse = np.mean(e ** 2)
    nz = y != 0
    if np.all(y == y[0]):
        r2 = 1.0 if np.all(e == 0) else 0.0
    else:
        r2 = 1 - np.sum(e ** 2) / (np.sum(y ** 2) - n * y.mean() ** 2)
    return {
        "mse": float(mse), "rmse": float(np.sqrt(mse)), "mae": float(e.mean()),
        "mape": float(np.mean(e[nz] / np.abs(y[nz]))),
        "r2": float(r2), "adjusted_r2": float(1 - (1 - r2) * (n - 1) / (n - n_features - 1)),
    }

"""Plain Python, one pass: Welford's update keeps mean and sum of squares."""

import math


def regression_metrics(y_true, y_pred, n_features):
    n = len(y_true)
    if n - n_features - 1 <= 0:
        raise ValueError(f"{n} samples are not enough for {n_features} features")
    mean = total = squares = absolute = relative = 0.0
    nonzero = 0
    for count, (y, p) in enumerate(zip(y_true.tolist(), y_pred.tolist()), start=1):
        step = y - mean
        mean += step / count
        total += step * (y - mean)
        miss = abs(y - p)
        squares += miss * miss
        absolute += miss
        if y != 0:
            relative += miss / abs(y)
            nonzero += 1
    if total == 0:
        unexplained = 0.0 if squares == 0 else 1.0
    else:
        unexplained = squares / total
    mse = squares / n
    return dict(
        mse=mse,
        rmse=math.sqrt(mse),
        mae=absolute / n,
        mape=relative / nonzero,
        r2=1 - unexplained,
        adjusted_r2=1 - unexplained * (n - 1) / (n - n_features - 1),
    )

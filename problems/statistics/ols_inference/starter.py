"""Inference in linear regression. Fill in the function."""

import numpy as np


def ols_inference(X, y, confidence=0.95):
    """Fit y, shape (n_samples,), by the columns of X, shape (n_samples, n_features), and an intercept.

    Returns a dict with coef, standard_errors, t, p, intervals, residual_variance,
    r2, adjusted_r2, f and f_p; the intercept comes first.
    """
    raise NotImplementedError

"""Maximum likelihood for survival times. Fill in the two functions."""

import numpy as np


def exponential_mle(times, observed):
    """Fit an exponential distribution to times, shape (n,), of which some are censored.

    `observed` is true where the end was observed. Returns a dict with rate,
    standard_error and log_likelihood.
    """
    raise NotImplementedError


def weibull_mle(times, observed):
    """Fit a Weibull distribution, and test whether it is an exponential one.

    Returns a dict with shape, scale, standard_errors, log_likelihood,
    likelihood_ratio and p.
    """
    raise NotImplementedError

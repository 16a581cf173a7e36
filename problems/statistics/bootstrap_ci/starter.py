"""Bootstrap confidence intervals. Fill in the function."""


def bootstrap_ci(x, indices, statistic="mean", method="percentile", confidence=0.95):
    """Return a bootstrap confidence interval and standard error.

    Parameters
    ----------
    x : array of shape (n,)
    indices : array of int, shape (n_resamples, n)
        The values of each resample.
    statistic : {"mean", "median", "std"}
    method : {"percentile", "basic", "bca"}
    confidence : float

    Returns
    -------
    low, high, standard_error : floats
    """
    return 0.0, 0.0, 1.0

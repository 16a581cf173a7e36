"""Two-proportion z-test. Fill in the function."""


def two_proportion_z(x_a, n_a, x_b, n_b, alternative="two-sided", confidence=0.95):
    """Compare the success rates of two groups.

    Parameters
    ----------
    x_a, n_a, x_b, n_b : int
        Successes and members of the groups a and b.
    alternative : {"two-sided", "larger", "smaller"}
        What is claimed of the rate of a.
    confidence : float
        Of the interval.

    Returns
    -------
    z, p, low, high : floats
        The statistic, the p-value, and the interval of the difference of the rates, a less b.
    """
    return 0.0, 1.0, -1.0, 1.0

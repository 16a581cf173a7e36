"""Power and sample size of an A/B test. Fill in the two functions."""


def power(p_a, p_b, n_a, n_b, alpha=0.05, alternative="two-sided"):
    """Return the probability that the test finds a difference.

    Parameters
    ----------
    p_a, p_b : float
        The true success rates.
    n_a, n_b : int
        The numbers of visitors.
    alpha : float
    alternative : {"two-sided", "larger", "smaller"}
        What is claimed of the rate of a.
    """
    return 0.0


def sample_size(p_a, p_b, target=0.8, alpha=0.05, ratio=1, alternative="two-sided"):
    """Return the smallest (n_a, n_b) with n_b = ratio * n_a whose power is at least `target`.

    Raises ValueError when no size is enough.
    """
    return 1, ratio

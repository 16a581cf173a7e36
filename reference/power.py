"""How likely a test of two rates finds a difference, and how many members it needs for that."""

import math

from reference.statistics import normal_quantile, normal_tail


def proportion_power(  # noqa: PLR0913, PLR0917 - two rates, two sizes, and the test
    p_a: float, p_b: float, n_a: int, n_b: int, alpha: float = 0.05, alternative: str = "two-sided"
) -> float:
    """Return the probability that the pooled z-test of two proportions rejects, in the normal approximation.

    Source: Fleiss, Levin, Paik, "Statistical Methods for Rates and Proportions" (2003), section 4.2, with both tails
    of the two-sided test and no continuity correction.

    Parameters
    ----------
    p_a, p_b : float
        The true rates.
    n_a, n_b : int
    alpha : float
    alternative : {"two-sided", "larger", "smaller"}
        What is claimed of the rate of a.
    """
    pooled = (n_a * p_a + n_b * p_b) / (n_a + n_b)
    line = math.sqrt(pooled * (1.0 - pooled) * (1.0 / n_a + 1.0 / n_b))
    line *= -normal_quantile(alpha / 2.0 if alternative == "two-sided" else alpha)
    spread = math.sqrt(p_a * (1.0 - p_a) / n_a + p_b * (1.0 - p_b) / n_b)
    above, below = normal_tail((line - (p_a - p_b)) / spread), normal_tail((line + (p_a - p_b)) / spread)
    return {"two-sided": above + below, "larger": above, "smaller": below}[alternative]


def proportion_sample_size(  # noqa: PLR0913, PLR0917 - two rates, what is asked for, and the test
    p_a: float,
    p_b: float,
    target: float = 0.8,
    alpha: float = 0.05,
    ratio: int = 1,
    alternative: str = "two-sided",
) -> tuple[int, int]:
    """Return the least n_a, and ratio * n_a, for which `proportion_power` reaches `target`.

    Both errors are proportional to 1 / sqrt(n_a), so power rises with n_a.

    Raises
    ------
    ValueError
        When the rates do not differ in the direction that the alternative looks for.
    """
    d = p_a - p_b
    if not {"two-sided": d != 0, "larger": d > 0, "smaller": d < 0}[alternative]:
        raise ValueError("no size is enough: the rates do not differ in the direction looked for")

    def is_enough(n: int) -> bool:
        return proportion_power(p_a, p_b, n, ratio * n, alpha, alternative) >= target

    size = 1
    while not is_enough(size):
        size *= 2
    step = size // 4
    while step:
        size -= step if is_enough(size - step) else 0
        step //= 2
    while size > 1 and is_enough(size - 1):
        size -= 1
    return size, ratio * size

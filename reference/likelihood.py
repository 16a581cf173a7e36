"""Maximum likelihood estimates for survival times, some of which are censored."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reference.remembered import remembered

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

_BISECTIONS = 100


@dataclass(frozen=True, slots=True)
class Exponential:
    """Rate, its standard error, and the log-likelihood there."""

    rate: float
    standard_error: float
    log_likelihood: float


@dataclass(frozen=True, slots=True)
class Weibull:
    """Shape, scale, the standard errors of both, shape (2,), the log-likelihood, and the test of shape = 1."""

    shape: float
    scale: float
    standard_errors: Floats
    log_likelihood: float
    likelihood_ratio: float
    p: float


def exponential_mle(times: Floats, observed: Booleans) -> Exponential:
    """Return the estimate of the rate: observed ends over the total time.

    Source: Kalbfleisch and Prentice, "The Statistical Analysis of Failure Time Data" (2002), section 3.4.
    """
    n_ends, total = int(observed.sum()), math.fsum(times)
    rate = n_ends / total
    return Exponential(rate, rate / math.sqrt(n_ends), n_ends * math.log(rate) - n_ends)


def weibull_log_likelihood(times: Floats, observed: Booleans, shape: float, scale: float) -> float:
    """Return the log-likelihood of right-censored times."""
    z = np.log(times / scale)
    return float((math.log(shape / scale) + (shape - 1.0) * z[observed]).sum() - np.exp(shape * z).sum())


@remembered
def weibull_mle(times: Floats, observed: Booleans) -> Weibull:
    """Return the estimates; the shape solves an equation of its own, which rises in it.

    Source: Kalbfleisch and Prentice, "The Statistical Analysis of Failure Time
    Data" (2002), section 3.5.

    Parameters
    ----------
    times : ndarray of shape (n_samples,)
        Positive; two different observed ones at least.
    observed : ndarray of bool, shape (n_samples,)
        False where the end is later than the time.
    """
    n_ends, logs = int(observed.sum()), np.log(times / times.max())
    low, high = 1e-4, 1e4
    for _ in range(_BISECTIONS):
        shape = math.sqrt(low * high)
        powers = np.exp(shape * logs)
        is_above = powers @ logs / powers.sum() - 1.0 / shape > logs[observed].mean()
        low, high = (low, shape) if is_above else (shape, high)
    scale = float(times.max()) * float(np.exp(shape * logs).sum() / n_ends) ** (1.0 / shape)
    z = np.log(times / scale)
    u = np.exp(shape * z)
    cross = -shape / scale * float(u @ z)
    information = [[n_ends / shape**2 + float(u @ z**2), cross], [cross, shape**2 * n_ends / scale**2]]
    # In units of the parameters the matrix is conditioned well, whatever the unit of time is.
    units = np.array([shape, scale])
    errors = units * np.sqrt(np.diag(np.linalg.inv(np.array(information) * np.outer(units, units))))
    log_likelihood = weibull_log_likelihood(times, observed, shape, scale)
    ratio = max(0.0, 2.0 * (log_likelihood - exponential_mle(times, observed).log_likelihood))
    return Weibull(shape, scale, errors, log_likelihood, ratio, math.erfc(math.sqrt(ratio / 2.0)))

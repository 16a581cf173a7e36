"""Data for suites: each maker shows one trap, so that a suite reads like a specification.

All take the case's generator and return float64 arrays, `X` of shape
`(n_samples, n_features)`. Numbers are dyadic fractions wherever a clause needs
them to be the same in float32.
"""

from collections.abc import Callable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
T = TypeVar("T")

_TRIES = 200


def gaussian(rng: np.random.Generator, n_samples: int, n_features: int) -> Floats:
    """Return independent standard normal columns."""
    return rng.normal(size=(n_samples, n_features))


def blobs(rng: np.random.Generator, n_samples: int, n_features: int, n_blobs: int, spread: float = 1.0) -> Floats:
    """Return normal clouds of standard deviation `spread` around centres drawn from [-5, 5], in random order."""
    centres = rng.uniform(-5.0, 5.0, size=(n_blobs, n_features))
    members = rng.permutation(np.arange(n_samples) % n_blobs)
    return centres[members] + spread * rng.normal(size=(n_samples, n_features))


def dyadic(X: Floats, bits: int = 6) -> Floats:
    """Round to multiples of 2**-bits, which float32 holds exactly as long as they are small."""
    return np.rint(X * 2.0**bits) / 2.0**bits


def lattice(rng: np.random.Generator, n_samples: int, n_features: int, side: int = 4) -> Floats:
    """Return points with small whole coordinates: distances tie, and exactly so."""
    return rng.integers(0, side, size=(n_samples, n_features)).astype(np.float64)


def correlated(rng: np.random.Generator, n_samples: int, n_features: int, strength: float = 0.9) -> Floats:
    """Return columns that share one factor, correlated by about `strength`."""
    shared = rng.normal(size=(n_samples, 1))
    own = rng.normal(size=(n_samples, n_features))
    return np.sqrt(strength) * shared + np.sqrt(1 - strength) * own


def mixed_scales(rng: np.random.Generator, n_samples: int, n_features: int, low: float, high: float) -> Floats:
    """Return normal columns whose standard deviations run geometrically from `low` to `high`."""
    return rng.normal(size=(n_samples, n_features)) * np.geomspace(low, high, n_features)


def with_offset(X: Floats, offset: float) -> Floats:
    """Move every column by `offset`: whoever forgets to centre is seen."""
    return X + offset


def with_duplicate_column(X: Floats) -> Floats:
    """Append a copy of the first column: the rank falls, exactly."""
    return np.hstack([X, X[:, :1]])


def with_constant_column(X: Floats, value: float = 2.0) -> Floats:
    """Append a column that never changes."""
    return np.hstack([X, np.full((len(X), 1), value)])


def linear_target(rng: np.random.Generator, X: Floats, intercept: float = 0.0, noise: float = 0.5) -> Floats:
    """Return a noisy linear function of X with coefficients of order one on each column's own scale."""
    scale = np.where(X.std(axis=0) > 0, X.std(axis=0), 1.0)
    signal = (X - X.mean(axis=0)) / scale @ rng.normal(size=X.shape[1])
    return intercept + signal + noise * rng.normal(size=len(X))


def binary_target(rng: np.random.Generator, X: Floats, steepness: float = 1.0) -> Integers:
    """Return labels in {0, 1}, both present, drawn from a logistic model of X."""
    score = steepness * (X - X.mean(axis=0)) @ rng.normal(size=X.shape[1])
    y = (rng.random(len(X)) < 1 / (1 + np.exp(-score))).astype(np.int64)
    y[:2] = [0, 1]
    return y


def drawn_until(is_good: Callable[[T], bool], draw: Callable[[], T]) -> T:
    """Draw until `is_good`; raise RuntimeError when that never happens, which is an error of the suite."""
    for _ in range(_TRIES):
        drawn = draw()
        if is_good(drawn):
            return drawn
    raise RuntimeError(f"no suitable data in {_TRIES} draws")

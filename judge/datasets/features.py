"""Columns of features, shape `(n_samples, n_features)`: each maker is a kind of data on which some mistakes show."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def gaussian(rng: np.random.Generator, n_samples: int, n_features: int) -> Floats:
    """Return independent standard normal columns."""
    return rng.normal(size=(n_samples, n_features))


def blobs(rng: np.random.Generator, n_samples: int, n_features: int, n_blobs: int, spread: float = 1.0) -> Floats:
    """Return normal clouds of standard deviation `spread` around centres drawn from [-5, 5], in random order."""
    centres = rng.uniform(-5.0, 5.0, size=(n_blobs, n_features))
    members = rng.permutation(np.arange(n_samples) % n_blobs)
    return centres[members] + spread * rng.normal(size=(n_samples, n_features))


def class_clouds(rng: np.random.Generator, y: Integers, n_features: int) -> Floats:
    """Return a normal cloud for each label 0, 1, ... of `y`, with means and spreads of its own in every column.

    Means lie in [-2, 2] and standard deviations in [0.5, 2], so classes overlap.
    """
    n_classes = int(y.max()) + 1
    centres = rng.uniform(-2.0, 2.0, size=(n_classes, n_features))
    spreads = rng.uniform(0.5, 2.0, size=(n_classes, n_features))
    return centres[y] + spreads[y] * rng.normal(size=(len(y), n_features))


def dyadic(X: Floats, bits: int = 6) -> Floats:
    """Round to multiples of 2**-bits, which float32 holds exactly as long as they are small."""
    return np.rint(X * 2.0**bits) / 2.0**bits


def lattice(rng: np.random.Generator, n_samples: int, n_features: int, side: int = 4) -> Floats:
    """Return points with small whole coordinates: distances tie, and exactly so."""
    return rng.integers(0, side, size=(n_samples, n_features)).astype(np.float64)


def permuted_columns(rng: np.random.Generator, n_samples: int, n_features: int) -> Floats:
    """Return columns that each hold 0 to n_samples - 1 in an order of its own.

    No value occurs twice in a column, and every threshold lies halfway between
    two whole numbers: ranks and splits have no ties of values.
    """
    return rng.permuted(np.tile(np.arange(n_samples, dtype=np.float64)[:, None], n_features), axis=0)


def correlated(rng: np.random.Generator, n_samples: int, n_features: int, strength: float = 0.9) -> Floats:
    """Return columns that share one factor, correlated by about `strength`."""
    shared = rng.normal(size=(n_samples, 1))
    own = rng.normal(size=(n_samples, n_features))
    return np.sqrt(strength) * shared + np.sqrt(1 - strength) * own


def mixed_scales(rng: np.random.Generator, n_samples: int, n_features: int, low: float, high: float) -> Floats:
    """Return normal columns whose standard deviations run geometrically from `low` to `high`."""
    return rng.normal(size=(n_samples, n_features)) * np.geomspace(low, high, n_features)


def orthonormal(rng: np.random.Generator, n_rows: int, n_columns: int | None = None) -> Floats:
    """Return a random matrix with orthonormal columns, `n_columns` (all, by default) of length `n_rows`."""
    return np.linalg.qr(rng.normal(size=(n_rows, n_columns or n_rows)))[0]


def with_covariance(
    rng: np.random.Generator, n_samples: int, eigenvalues: ArrayLike, *, is_rotated: bool = True
) -> Floats:
    """Return columns of mean zero whose sample covariance (ddof 1) has exactly these eigenvalues.

    The axes are random, or the columns themselves in the given order where
    `is_rotated` is false. There must be more samples than eigenvalues. Nearly
    equal eigenvalues make power iterations slow; a great ratio of the first to
    the last makes gradient descent slow.
    """
    variances = np.asarray(eigenvalues, dtype=np.float64)
    Z = rng.normal(size=(n_samples, len(variances)))
    scores = np.linalg.qr(Z - Z.mean(axis=0))[0] * np.sqrt((n_samples - 1) * variances)
    return scores @ orthonormal(rng, len(variances)) if is_rotated else scores


def slow_clusters(rng: np.random.Generator, n_samples: int, n_clusters: int) -> tuple[Floats, Floats]:
    """Return points along a line, shape (n_samples, 1), and starting centres at one end: k-means takes many steps.

    The centres, shape (n_clusters, 1), are the leftmost points; they move to
    the right by a little in each step.
    """
    X = np.sort(np.arange(n_samples) + rng.uniform(-0.4, 0.4, size=n_samples))[:, None]
    return X[rng.permutation(n_samples)], X[:n_clusters].copy()

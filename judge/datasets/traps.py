"""One difficulty added to columns of features, shape `(n_samples, n_features)`; what is given stays as it is."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def standardised(X: Floats) -> Floats:
    """Return X with every column at mean 0 and standard deviation 1 (ddof 0); no column may be constant."""
    return (X - X.mean(axis=0)) / X.std(axis=0)


def with_offset(X: Floats, offset: float) -> Floats:
    """Move every column by `offset`: whoever forgets to centre is seen."""
    return X + offset


def with_duplicate_column(X: Floats) -> Floats:
    """Append a copy of the first column: the rank falls, exactly."""
    return np.hstack([X, X[:, :1]])


def with_collinear_column(rng: np.random.Generator, X: Floats, noise: float = 0.0) -> Floats:
    """Append a mixture of all columns, plus `noise` times a standard normal one.

    Without noise the rank falls but for rounding, which nothing but a cut of
    small singular values sees; with a little, the condition number is about 1 / noise.
    """
    weights = rng.choice([-1.0, 1.0], size=X.shape[1]) * rng.uniform(0.5, 1.5, size=X.shape[1])
    return np.column_stack([X, X @ weights + noise * rng.normal(size=len(X))])


def with_constant_column(X: Floats, value: float = 2.0) -> Floats:
    """Append a column that never changes."""
    return np.hstack([X, np.full((len(X), 1), value)])


def with_repeated_row(X: Floats, times: int) -> Floats:
    """Append the first row `times` times: whoever counts distinct rows once is seen."""
    return np.concatenate([X, np.repeat(X[:1], times, axis=0)])


def with_far_rows(rng: np.random.Generator, X: Floats, n_rows: int, distance: float) -> Floats:
    """Append rows `distance` standard deviations from the mean, in random directions.

    Densities underflow there, exponentials overflow, and squared losses are
    ruled by them.
    """
    directions = rng.normal(size=(n_rows, X.shape[1]))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    return np.vstack([X, X.mean(axis=0) + distance * X.std(axis=0) * directions])

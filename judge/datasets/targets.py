"""What is to be learnt or measured: values, labels, scores and samples, one for each row."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def nonzero_coefficients(rng: np.random.Generator, n_features: int) -> Floats:
    """Return coefficients of random sign with sizes in [0.5, 2]: no column can be left out unseen."""
    return rng.choice([-1.0, 1.0], size=n_features) * rng.uniform(0.5, 2.0, size=n_features)


def linear_target(rng: np.random.Generator, X: Floats, intercept: float = 0.0, noise: float = 0.5) -> Floats:
    """Return a noisy linear function of X in which every column that varies counts, on its own scale.

    `intercept` is its value at the columns' means, `noise` a standard deviation.
    """
    deviation = X.std(axis=0)
    varies = deviation > 0
    coef = np.where(varies, nonzero_coefficients(rng, X.shape[1]) / np.where(varies, deviation, 1.0), 0.0)
    return intercept + (X - X.mean(axis=0)) @ coef + noise * rng.normal(size=len(X))


def binary_target(rng: np.random.Generator, X: Floats, steepness: float = 1.0) -> Integers:
    """Return labels in {0, 1}, both present, drawn from a logistic model of X."""
    score = steepness * (X - X.mean(axis=0)) @ rng.normal(size=X.shape[1])
    y = (rng.random(len(X)) < 1 / (1 + np.exp(-score))).astype(np.int64)
    y[:2] = [0, 1]
    return y


def class_target(rng: np.random.Generator, X: Floats, n_classes: int, noise: float = 1.0) -> Integers:
    """Return labels 0 to n_classes - 1, all present: the largest of as many noisy linear functions of X."""
    score = (X - X.mean(axis=0)) @ rng.normal(size=(X.shape[1], n_classes))
    y = (score + noise * rng.normal(size=score.shape)).argmax(axis=1)
    y[:n_classes] = np.arange(n_classes)
    return y


def class_labels(rng: np.random.Generator, *counts: int) -> Integers:
    """Return labels 0, 1, ... in random order, with exactly these counts: as imbalanced as a case wants them."""
    return rng.permutation(np.repeat(np.arange(len(counts)), counts))


def tied_scores(rng: np.random.Generator, y: Integers, n_levels: int = 5) -> Floats:
    """Return whole scores from 1 to `n_levels`, higher for greater labels on average: nearly all of them tie."""
    return np.clip(rng.integers(1, n_levels + 1, size=len(y)) + y, 1, n_levels).astype(np.float64)


def exact_sample(rng: np.random.Generator, size: int, deviation: float, mean: float = 0.0) -> Floats:
    """Return a normal sample that has exactly this mean and standard deviation (ddof 1), so that no case is luck."""
    sample = rng.normal(size=size)
    sample -= sample.mean()
    return mean + sample * (deviation / sample.std(ddof=1))

"""Data with an order: token sequences, time series, images."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def token_sequences(
    rng: np.random.Generator, n_sequences: int, n_tokens: int, *, shortest: int = 1, longest: int = 8
) -> list[Integers]:
    """Return sequences of tokens 0 to n_tokens - 1 of many lengths: the first is the longest, the last the shortest.

    Token k is drawn in proportion to 1 / (k + 1), as words are: a few are in
    nearly every sequence, others in none.
    """
    lengths = rng.integers(shortest, longest + 1, size=n_sequences)
    lengths[-1], lengths[0] = shortest, longest
    shares = 1.0 / np.arange(1, n_tokens + 1)
    return [rng.choice(n_tokens, size=length, p=shares / shares.sum()).astype(np.int64) for length in lengths]


def padded(sequences: list[Integers], filler: int = 0) -> tuple[Integers, NDArray[np.bool_]]:
    """Return sequences as one array, shape (n_sequences, longest), and a mask that is true where a token stands.

    A filler that is also a token is seen by whoever forgets the mask.
    """
    longest = max(map(len, sequences), default=0)
    is_token = np.arange(longest) < np.array([len(sequence) for sequence in sequences], dtype=np.int64)[:, None]
    rows = np.full(is_token.shape, filler, dtype=np.int64)
    rows[is_token] = np.concatenate([np.empty(0, dtype=np.int64), *sequences])
    return rows, is_token


def random_walk(rng: np.random.Generator, n_steps: int, start: float = 0.0) -> Floats:
    """Return a walk of standard normal steps, shape (n_steps,): its level at one time says nothing of its mean."""
    return start + np.cumsum(rng.normal(size=n_steps))


def autoregression(rng: np.random.Generator, n_steps: int, coefficients: ArrayLike, noise: float = 1.0) -> Floats:
    """Return x[t] = sum of coefficients[j] * x[t - 1 - j] plus noise, shape (n_steps,), with zeros before the start."""
    weights = np.asarray(coefficients, dtype=np.float64)
    series = np.zeros(len(weights) + n_steps)
    shocks = noise * rng.normal(size=n_steps)
    for step, shock in enumerate(shocks, start=len(weights)):
        series[step] = weights @ series[step - len(weights) : step][::-1] + shock
    return series[len(weights) :]


def seasonal(rng: np.random.Generator, n_steps: int, period: int, *, trend: float = 0.1, noise: float = 0.5) -> Floats:
    """Return 10 + trend * t + a random pattern of this period with mean 0 and deviation 1, plus noise, (n_steps,).

    Where `n_steps` is no multiple of `period`, whoever reshapes the series into seasons is seen.
    """
    pattern = rng.normal(size=period)
    pattern = (pattern - pattern.mean()) / max(float(pattern.std()), np.finfo(float).tiny)
    steps = np.arange(n_steps)
    return 10.0 + trend * steps + pattern[steps % period] + noise * rng.normal(size=n_steps)


def images(rng: np.random.Generator, n_images: int, height: int, width: int, n_channels: int) -> Floats:
    """Return noise of shape (n_images, height, width, n_channels) that brightens downwards and differs by channel.

    Turned, mirrored or transposed images have other means; make height and
    width different, and whoever swaps the axes is seen at once.
    """
    down = np.linspace(0.0, 1.0, height)[:, None, None]
    right = np.linspace(0.0, 0.5, width)[:, None]
    return down + right + np.arange(n_channels) + 0.1 * rng.normal(size=(n_images, height, width, n_channels))

"""The same numbers in another form: what honest code must take without noticing."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Scalar = TypeVar("Scalar", bound=np.generic)


def float32(X: NDArray[np.floating]) -> NDArray[np.float32]:
    """Return X in single precision; dyadic numbers lose nothing by it."""
    return X.astype(np.float32)


def fortran(X: NDArray[Scalar]) -> NDArray[Scalar]:
    """Return X with its columns together in memory."""
    return np.asfortranarray(X)


def read_only(X: NDArray[Scalar]) -> NDArray[Scalar]:
    """Return a copy of X that may not be written to."""
    copy = X.copy()
    copy.flags.writeable = False
    return copy

"""Decompositions: principal components by the singular value decomposition, and how well they are determined."""

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Eigenvalues nearer to one another than this share of the largest are taken as equal.
_EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class PrincipalComponents:
    """All principal components of a data set.

    Attributes
    ----------
    mean : ndarray of shape (n_features,)
    components : ndarray of shape (n_features, n_features)
        Orthonormal rows; those beyond the rank complete the basis.
    variances : ndarray of shape (n_features,)
        Of the scores along each row, ddof 1, descending; zero beyond the rank.
    """

    mean: Floats
    components: Floats
    variances: Floats

    @property
    def rank(self) -> int:
        """Return the number of variances that are more than rounding."""
        return int((self.variances > _EQUAL * self.variances[0]).sum())

    def groups(self, n_components: int) -> list[slice]:
        """Return runs of equal variances that begin among the first `n_components` rows."""
        largest = self.variances[0]
        breaks = np.flatnonzero(-np.diff(self.variances) > _EQUAL * largest) + 1
        starts = [0, *breaks.tolist(), len(self.variances)]
        runs = [slice(low, high) for low, high in itertools.pairwise(starts)]
        return [run for run in runs if run.start < n_components]

    def gap(self, run: slice) -> float:
        """Return the distance of a run's variance to the nearest other one, as a share of the largest.

        A matrix that is off by e times its largest eigenvalue turns the run's
        eigenvectors by about e / gap.

        Source: Davis and Kahan, "The rotation of eigenvectors by a perturbation. III" (1970).
        """
        above = self.variances[run.start - 1] - self.variances[run.start] if run.start else np.inf
        below = self.variances[run.stop - 1] - self.variances[run.stop] if run.stop < len(self.variances) else np.inf
        return float(min(above, below, self.variances[0]) / self.variances[0])


def principal_components(X: Floats) -> PrincipalComponents:
    """Find all principal components of X, shape (n_samples, n_features), two rows at least.

    The mean is taken twice, so that an offset of the data costs no digits.

    Source: Jolliffe, "Principal Component Analysis" (2002), section 3.5; same as
    ``sklearn.decomposition.PCA(svd_solver="full")`` up to signs.
    """
    n_samples, n_features = X.shape
    mean = X.mean(axis=0)
    rest = (X - mean).mean(axis=0)
    _, singular, rows = np.linalg.svd(X - mean - rest, full_matrices=n_samples < n_features)
    variances = np.zeros(n_features)
    variances[: len(singular)] = singular**2 / (n_samples - 1)
    return PrincipalComponents(mean + rest, rows, variances)


def nearest_signs(rows: Floats, right: Floats) -> Floats:
    """Return `right` with the sign of each row turned to that of the same row of `rows`."""
    return np.where((rows * right).sum(axis=1) < 0, -1.0, 1.0)[:, None] * right


def projector(rows: Floats) -> Floats:
    """Return the orthogonal projector onto the span of `rows`, shape (n_features, n_features).

    It does not depend on the basis: rows need be neither orthogonal nor of unit length.
    """
    return np.asarray(np.linalg.pinv(rows) @ rows, dtype=np.float64)

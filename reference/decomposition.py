"""Decompositions: principal components by the singular value decomposition, and how well they are determined."""

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Eigenvalues nearer to one another than this share of the largest are taken as equal.
_EQUAL = 1e-9
# A projection of at most this share of its row is nothing but rounding.
_VANISHED = 1e-5


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


@dataclass(frozen=True, slots=True)
class SingularDirections:
    """The right singular vectors of a matrix of documents, all of them, and what LSA does with the first.

    Attributes
    ----------
    rows : ndarray of shape (n_terms, n_terms)
        Orthonormal; those beyond the rank complete the basis.
    values : ndarray of shape (n_terms,)
        Singular values, descending; zero beyond the rank.
    """

    rows: Floats
    values: Floats

    def share(self, n_components: int) -> float:
        """Return how much of the matrix's sum of squares the first components keep."""
        squares = self.values**2
        return float(squares[:n_components].sum() / squares.sum())

    def similarity(self, queries: Floats, documents: Floats, n_components: int) -> Floats:
        """Return cosines of projections, shape (n_queries, n_documents); zero for a projection that vanishes.

        Source: Deerwester, Dumais, Furnas, Landauer and Harshman, "Indexing by latent semantic analysis" (1990),
        with both sides scaled by the singular values.
        """
        left, right = (_unit_rows(X, X @ self.rows[:n_components].T) for X in (queries, documents))
        return left @ right.T


def _unit_rows(X: Floats, projected: Floats) -> Floats:
    lengths = np.linalg.norm(projected, axis=1, keepdims=True)
    is_lost = lengths <= _VANISHED * np.linalg.norm(X, axis=1, keepdims=True)
    return np.asarray(np.where(is_lost, 0.0, projected / np.where(is_lost, 1.0, lengths)), dtype=np.float64)


def singular_directions(X: Floats) -> SingularDirections:
    """Find the right singular vectors and the singular values of X, shape (n_documents, n_terms), not centred.

    The first of them are the components of ``sklearn.decomposition.TruncatedSVD``, up to signs.
    """
    _, singular, rows = np.linalg.svd(X, full_matrices=True)
    values = np.zeros(X.shape[1])
    values[: len(singular)] = singular
    return SingularDirections(rows, values)


def nearest_signs(rows: Floats, right: Floats) -> Floats:
    """Return `right` with the sign of each row turned to that of the same row of `rows`."""
    return np.where((rows * right).sum(axis=1) < 0, -1.0, 1.0)[:, None] * right


def projector(rows: Floats) -> Floats:
    """Return the orthogonal projector onto the span of `rows`, shape (n_features, n_features).

    It does not depend on the basis: rows need be neither orthogonal nor of unit length.
    """
    return np.asarray(np.linalg.pinv(rows) @ rows, dtype=np.float64)

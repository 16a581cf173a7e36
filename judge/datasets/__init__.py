"""Data for suites: each maker shows one trap, so that a suite reads like a specification.

All that draw take the case's generator. Features are float64 of shape
`(n_samples, n_features)`, labels int64 of shape `(n_samples,)`.

| module    | makers                                                                                          |
|-----------|-------------------------------------------------------------------------------------------------|
| features  | columns: clouds, lattices, correlation, scales, a given covariance, slow convergence            |
| traps     | one difficulty added to columns: offset, duplicates, collinear and constant columns, far rows   |
| targets   | labels and values to learn: linear, logistic, shares of classes, tied scores                    |
| sequences | token sequences, time series, images                                                            |
| forms     | the same numbers in another form: float32, Fortran order, read-only                             |
| draws     | drawing until the data shows what a case is there for                                           |
"""

from judge.datasets.draws import drawn_until
from judge.datasets.features import (
    blobs,
    class_clouds,
    correlated,
    dyadic,
    gaussian,
    lattice,
    mixed_scales,
    orthonormal,
    permuted_columns,
    slow_clusters,
    with_covariance,
)
from judge.datasets.forms import float32, fortran, read_only
from judge.datasets.sequences import autoregression, images, padded, random_walk, seasonal, token_sequences
from judge.datasets.targets import (
    binary_target,
    class_labels,
    class_target,
    exact_sample,
    linear_target,
    nonzero_coefficients,
    tied_scores,
)
from judge.datasets.traps import (
    standardised,
    with_collinear_column,
    with_constant_column,
    with_duplicate_column,
    with_far_rows,
    with_offset,
    with_repeated_row,
)

__all__ = [
    "autoregression",
    "binary_target",
    "blobs",
    "class_clouds",
    "class_labels",
    "class_target",
    "correlated",
    "drawn_until",
    "dyadic",
    "exact_sample",
    "float32",
    "fortran",
    "gaussian",
    "images",
    "lattice",
    "linear_target",
    "mixed_scales",
    "nonzero_coefficients",
    "orthonormal",
    "padded",
    "permuted_columns",
    "random_walk",
    "read_only",
    "seasonal",
    "slow_clusters",
    "standardised",
    "tied_scores",
    "token_sequences",
    "with_collinear_column",
    "with_constant_column",
    "with_covariance",
    "with_duplicate_column",
    "with_far_rows",
    "with_offset",
    "with_repeated_row",
]

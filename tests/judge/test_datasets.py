"""Data for suites: each maker has the property that it is named for, and the same seed gives the same data."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from judge import datasets

SEEDS = st.integers(0, 2**32 - 1)
SIZES = st.integers(2, 30)
COLUMNS = st.integers(1, 5)

MAKERS = {
    "gaussian": datasets.gaussian,
    "blobs": lambda rng, n, p: datasets.blobs(rng, n, p, 2),
    "lattice": datasets.lattice,
    "correlated": datasets.correlated,
    "mixed_scales": lambda rng, n, p: datasets.mixed_scales(rng, n, p, 1e-3, 1e3),
}


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(MAKERS)), SEEDS, SIZES, COLUMNS)
def test_data_are_finite_matrices_of_doubles(name, seed, n_samples, n_features):
    """Every maker gives float64 of the shape asked for, and the same again for the same generator."""
    X = MAKERS[name](np.random.default_rng(seed), n_samples, n_features)
    assert X.shape == (n_samples, n_features)
    assert X.dtype == np.float64
    assert np.isfinite(X).all()
    np.testing.assert_array_equal(X, MAKERS[name](np.random.default_rng(seed), n_samples, n_features))


@pytest.mark.parametrize("name", MAKERS)
def test_other_seeds_give_other_data(name):
    """Data is fresh for every seed."""
    first, second = (MAKERS[name](np.random.default_rng(seed), 20, 3) for seed in (0, 1))
    assert not np.array_equal(first, second)


@settings(deadline=None, max_examples=40)
@given(npst.arrays(np.float64, (4, 2), elements=st.floats(-1000, 1000)), st.integers(0, 10))
def test_dyadic_numbers_are_the_same_in_float32(X, bits):
    """Rounding moves by half a step at most, and float32 then loses nothing."""
    made = datasets.dyadic(X, bits)
    assert np.abs(made - X).max() <= 0.5 * 2.0**-bits
    np.testing.assert_array_equal(made.astype(np.float32).astype(np.float64), made)
    np.testing.assert_array_equal(made * 2.0**bits, np.rint(made * 2.0**bits))
    np.testing.assert_array_equal(datasets.dyadic(made, bits), made)


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.integers(1, 6))
def test_lattice_points_are_whole_and_in_range(seed, side):
    """Coordinates are 0 to side - 1."""
    X = datasets.lattice(np.random.default_rng(seed), 30, 2, side)
    assert set(np.unique(X)) <= set(range(side))


def test_blobs_are_balanced_and_narrow():
    """With hardly any spread there are as many places as blobs, equally often, within [-5, 5], in random order."""
    X = datasets.blobs(np.random.default_rng(3), 30, 2, 3, spread=1e-9)
    places, member, counts = np.unique(np.rint(X * 1e3), axis=0, return_inverse=True, return_counts=True)
    assert len(places) == 3
    assert counts.tolist() == [10, 10, 10]
    assert np.abs(X).max() <= 5.0 + 1e-6
    assert member.ravel().tolist() not in (sorted(member.ravel().tolist()), (np.arange(30) % 3).tolist())


def test_the_spread_of_blobs_is_their_standard_deviation():
    """Around its centre, a blob varies by `spread` in each column."""
    X = datasets.blobs(np.random.default_rng(0), 4000, 2, 1, spread=0.5)
    np.testing.assert_allclose(X.std(axis=0), 0.5, rtol=0.05)


@pytest.mark.parametrize("strength", [0.0, 0.5, 0.9])
def test_columns_are_as_correlated_as_asked(strength):
    """Any two columns correlate by about `strength`, and have variance one."""
    X = datasets.correlated(np.random.default_rng(1), 8000, 3, strength)
    correlation = np.corrcoef(X.T)[np.triu_indices(3, 1)]
    np.testing.assert_allclose(correlation, strength, atol=0.04)
    np.testing.assert_allclose(X.var(axis=0), 1.0, atol=0.08)


def test_scales_run_geometrically():
    """Standard deviations go from low to high by equal factors."""
    X = datasets.mixed_scales(np.random.default_rng(2), 4000, 3, 1e-2, 1e2)
    np.testing.assert_allclose(X.std(axis=0), [1e-2, 1.0, 1e2], rtol=0.05)


def test_traps_are_added_exactly():
    """An offset, a duplicate and a constant column are exact, and leave what they were given alone."""
    X = datasets.gaussian(np.random.default_rng(0), 10, 3)
    before = X.copy()
    np.testing.assert_array_equal(datasets.with_offset(X, 1e6), X + 1e6)
    double = datasets.with_duplicate_column(X)
    assert double.shape == (10, 4)
    np.testing.assert_array_equal(double[:, 3], X[:, 0])
    assert np.linalg.matrix_rank(double) == 3
    constant = datasets.with_constant_column(X, -2.5)
    assert constant.shape == (10, 4)
    assert (constant[:, 3] == -2.5).all()
    np.testing.assert_array_equal(X, before)


def test_a_linear_target_without_noise_is_linear():
    """It is an exact affine function of X with the intercept at the columns' means, constant columns included."""
    rng = np.random.default_rng(4)
    X = datasets.with_constant_column(datasets.gaussian(rng, 20, 3))
    y = datasets.linear_target(rng, X, intercept=7.0, noise=0.0)
    assert y.shape == (20,)
    centred = X - X.mean(axis=0)
    solution = np.linalg.lstsq(centred, y - 7.0, rcond=None)[0]
    np.testing.assert_allclose(centred @ solution, y - 7.0, atol=1e-12)


def test_the_signal_does_not_depend_on_a_columns_scale():
    """A column of tiny numbers weighs as much as one of large ones."""
    X = datasets.gaussian(np.random.default_rng(0), 500, 2)
    plain, scaled = (
        datasets.linear_target(np.random.default_rng(9), data, noise=0.0) for data in (X, X * [1e-6, 1e6] + [0.0, 5.0])
    )
    np.testing.assert_allclose(plain, scaled, atol=1e-6)


def test_noise_has_the_deviation_asked_for():
    """What is not explained by X varies by `noise`."""
    X = datasets.gaussian(np.random.default_rng(0), 4000, 2)
    noisy, clean = (datasets.linear_target(np.random.default_rng(5), X, noise=noise) for noise in (0.25, 0.0))
    np.testing.assert_allclose((noisy - clean).std(), 0.25, rtol=0.05)


@settings(deadline=None, max_examples=50)
@given(SEEDS, SIZES, st.sampled_from([0.1, 1.0, 5.0]))
def test_a_binary_target_has_both_labels(seed, n_samples, steepness):
    """However steep and however small, no class is empty."""
    rng = np.random.default_rng(seed)
    y = datasets.binary_target(rng, datasets.gaussian(rng, n_samples, 2), steepness)
    assert y.shape == (n_samples,)
    assert y.dtype == np.int64
    assert set(y.tolist()) == {0, 1}


def test_a_steep_binary_target_follows_a_line():
    """At great steepness the classes can be told apart by a linear function."""
    rng = np.random.default_rng(0)
    X = datasets.gaussian(rng, 400, 1)
    with np.errstate(over="ignore"):
        y = datasets.binary_target(rng, X, steepness=1e4)[2:]
    centred = (X - X.mean())[2:, 0]
    assert abs(np.mean((centred > 0) == y) - 0.5) > 0.49


def test_drawing_goes_on_until_the_data_are_good():
    """The first draw that suits is returned."""
    draws = iter(range(100))
    assert datasets.drawn_until(lambda n: n > 5, lambda: next(draws)) == 6
    assert next(draws) == 7


def test_drawing_in_vain_is_an_error():
    """A condition that never holds ends instead of hanging the suite."""
    with pytest.raises(RuntimeError, match="no suitable data"):
        datasets.drawn_until(lambda _: False, lambda: None)

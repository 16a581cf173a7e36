"""Data for suites: each maker has the property that it is named for, and the same seed gives the same data."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from judge import datasets
from reference.cluster import lloyd

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


@settings(deadline=None, max_examples=40)
@given(SEEDS, SIZES, COLUMNS)
def test_permuted_columns_hold_every_rank_once(seed, n_samples, n_features):
    """Each column is a permutation of 0 to n - 1, so no two values of a column tie."""
    X = datasets.permuted_columns(np.random.default_rng(seed), n_samples, n_features)
    assert X.dtype == np.float64
    np.testing.assert_array_equal(np.sort(X, axis=0), np.tile(np.arange(n_samples)[:, None], n_features))


def test_permuted_columns_have_orders_of_their_own():
    """Two columns are not the same permutation."""
    X = datasets.permuted_columns(np.random.default_rng(0), 30, 2)
    assert not np.array_equal(X[:, 0], X[:, 1])


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.integers(1, 6), st.integers(0, 4))
def test_orthonormal_columns_are_orthonormal(seed, n_columns, more_rows):
    """The product of the transpose with the matrix is the identity."""
    Q = datasets.orthonormal(np.random.default_rng(seed), n_columns + more_rows, n_columns)
    np.testing.assert_allclose(Q.T @ Q, np.eye(n_columns), atol=1e-12)


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.lists(st.floats(1e-3, 1e3), min_size=1, max_size=5), st.booleans())
def test_the_covariance_has_exactly_these_eigenvalues(seed, eigenvalues, is_rotated):
    """The spectrum is no matter of luck, and neither is the mean."""
    rng = np.random.default_rng(seed)
    X = datasets.with_covariance(rng, len(eigenvalues) + 3, eigenvalues, is_rotated=is_rotated)
    covariance = np.cov(X, rowvar=False).reshape(len(eigenvalues), -1)
    np.testing.assert_allclose(np.linalg.eigvalsh(covariance), np.sort(eigenvalues), atol=1e-12 * max(eigenvalues))
    np.testing.assert_allclose(X.mean(axis=0), 0.0, atol=1e-12 * max(eigenvalues) ** 0.5)
    if not is_rotated:
        np.testing.assert_allclose(covariance, np.diag(eigenvalues), atol=1e-12 * max(eigenvalues))


@pytest.mark.parametrize("seed", range(10))
def test_slow_clusters_take_many_steps(seed):
    """Lloyd's algorithm needs ten updates and more from these starting centres, and no cluster gets empty."""
    X, init = datasets.slow_clusters(np.random.default_rng(seed), 80, 4)
    assert X.shape == (80, 1)
    assert init.shape == (4, 1)
    right = lloyd(X, init)
    assert right.n_iter >= 10
    assert set(right.labels.tolist()) == set(range(4))


def test_class_clouds_lie_where_their_labels_say():
    """Rows of one label have one mean and spread, within the stated ranges; other labels have others."""
    y = np.repeat([0, 1], 4000)
    X = datasets.class_clouds(np.random.default_rng(1), y, 2)
    means, spreads = (np.array([f(X[y == k], axis=0) for k in (0, 1)]) for f in (np.mean, np.std))
    assert np.abs(means).max() < 2.2
    assert spreads.min() > 0.45
    assert spreads.max() < 2.2
    assert np.abs(means[0] - means[1]).max() > 0.1


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.integers(3, 30), COLUMNS)
def test_standardised_columns_have_mean_zero_and_deviation_one(seed, n_samples, n_features):
    """Whatever the scales and offsets of the columns were."""
    rng = np.random.default_rng(seed)
    X = datasets.standardised(7.0 + datasets.mixed_scales(rng, n_samples, n_features, 0.1, 10.0))
    np.testing.assert_allclose(X.mean(axis=0), 0.0, atol=1e-9)
    np.testing.assert_allclose(X.std(axis=0), 1.0, rtol=1e-9)


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.integers(1, 4))
def test_a_collinear_column_adds_no_rank(seed, n_features):
    """The mixture of all columns can be had from them, and noise makes it a column of its own."""
    rng = np.random.default_rng(seed)
    X = datasets.gaussian(rng, 12, n_features)
    exact = datasets.with_collinear_column(rng, X)
    assert exact.shape == (12, n_features + 1)
    assert np.linalg.matrix_rank(exact, tol=1e-9) == n_features
    noisy = datasets.with_collinear_column(rng, X, noise=1e-3)
    singular = np.linalg.svd(noisy, compute_uv=False)
    assert 1e-5 < singular[-1] / singular[0] < 1e-2


def test_a_repeated_row_is_there_as_often_as_said():
    """The first row occurs once more for each time."""
    X = np.array([[1.0, 2.0], [3.0, 4.0]])
    np.testing.assert_array_equal(datasets.with_repeated_row(X, 2), [[1, 2], [3, 4], [1, 2], [1, 2]])


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.integers(1, 4), st.floats(10.0, 1e3))
def test_far_rows_are_as_far_as_said(seed, n_features, distance):
    """In units of the columns' deviations, the new rows lie on a sphere around the mean."""
    rng = np.random.default_rng(seed)
    X = datasets.mixed_scales(rng, 20, n_features, 0.1, 10.0) + 3.0
    far = datasets.with_far_rows(rng, X, 5, distance)
    np.testing.assert_array_equal(far[:20], X)
    np.testing.assert_allclose(np.linalg.norm((far[20:] - X.mean(axis=0)) / X.std(axis=0), axis=1), distance)


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.lists(st.integers(0, 9), min_size=1, max_size=5))
def test_class_labels_have_exactly_these_counts(seed, counts):
    """Imbalance is as great as the case says at every seed."""
    y = datasets.class_labels(np.random.default_rng(seed), *counts)
    assert y.dtype == np.int64
    assert np.bincount(y, minlength=len(counts)).tolist() == counts


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.integers(4, 30), st.integers(2, 4))
def test_a_class_target_has_every_label(seed, n_samples, n_classes):
    """However few samples there are, no class is empty."""
    rng = np.random.default_rng(seed)
    y = datasets.class_target(rng, datasets.gaussian(rng, n_samples, 2), n_classes)
    assert sorted(set(y.tolist())) == list(range(n_classes))


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.integers(12, 40), st.integers(2, 9))
def test_tied_scores_tie(seed, n_samples, n_levels):
    """Scores are whole, in range, and fewer than samples."""
    rng = np.random.default_rng(seed)
    scores = datasets.tied_scores(rng, rng.integers(0, 2, size=n_samples), n_levels)
    assert set(scores.tolist()) <= set(range(1, n_levels + 1))
    assert len(set(scores.tolist())) < n_samples


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.integers(2, 30), st.floats(1e-3, 1e3), st.floats(-1e3, 1e3))
def test_an_exact_sample_has_its_moments_exactly(seed, size, deviation, mean):
    """Mean and deviation are those asked for, at every seed."""
    sample = datasets.exact_sample(np.random.default_rng(seed), size, deviation, mean)
    np.testing.assert_allclose(sample.std(ddof=1), deviation, rtol=1e-6)
    np.testing.assert_allclose(sample.mean(), mean, atol=1e-9 * (abs(mean) + deviation))


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.integers(1, 9))
def test_no_coefficient_can_be_left_out_unseen(seed, n_features):
    """Sizes lie in [0.5, 2]."""
    sizes = np.abs(datasets.nonzero_coefficients(np.random.default_rng(seed), n_features))
    assert sizes.min() >= 0.5
    assert sizes.max() <= 2.0


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.integers(2, 8), st.integers(1, 9), st.integers(0, 3), st.integers(0, 5))
def test_token_sequences_have_both_extreme_lengths(seed, n_sequences, n_tokens, shortest, more):
    """The longest and the shortest sequence are there, and tokens are in range."""
    longest = shortest + more
    rng = np.random.default_rng(seed)
    made = datasets.token_sequences(rng, n_sequences, n_tokens, shortest=shortest, longest=longest)
    assert (len(made[0]), len(made[-1])) == (longest, shortest)
    assert all(shortest <= len(one) <= longest for one in made)
    assert all(one.dtype == np.int64 and set(one.tolist()) <= set(range(n_tokens)) for one in made)


def test_low_tokens_are_frequent():
    """Token 0 comes twice as often as token 1, and ten times as often as token 9."""
    tokens = np.concatenate(datasets.token_sequences(np.random.default_rng(0), 3000, 10, longest=20))
    counts = np.bincount(tokens)
    assert 1.8 < counts[0] / counts[1] < 2.2
    assert 8.0 < counts[0] / counts[9] < 12.0


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.integers(0, 5), max_size=6), max_size=5), st.integers(-1, 3))
def test_padding_can_be_undone(lists, filler):
    """The mask gives every sequence back, and the filler stands everywhere else."""
    rows, is_token = datasets.padded([np.array(one, dtype=np.int64) for one in lists], filler)
    assert [row[mask].tolist() for row, mask in zip(rows, is_token, strict=True)] == lists
    assert (rows[~is_token] == filler).all()


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.integers(1, 30), st.lists(st.floats(-0.4, 0.4), min_size=1, max_size=3))
def test_an_autoregression_obeys_its_coefficients(seed, n_steps, coefficients):
    """Without its shocks, each value is the weighted sum of those before it."""
    loud, quiet = (
        datasets.autoregression(np.random.default_rng(seed), n_steps, coefficients, noise) for noise in (1.0, 0.0)
    )
    assert (quiet == 0.0).all()
    past = np.concatenate([np.zeros(len(coefficients)), loud])
    order = len(coefficients)
    predicted = [np.dot(coefficients, past[t : t + order][::-1]) for t in range(n_steps)]
    np.testing.assert_allclose(loud - predicted, np.random.default_rng(seed).normal(size=n_steps), atol=1e-9)


def test_a_random_walk_is_a_sum_of_steps():
    """Its differences are the normal steps, and it sets out from the start."""
    walk = datasets.random_walk(np.random.default_rng(3), 50, start=100.0)
    np.testing.assert_allclose(np.diff(walk, prepend=100.0), np.random.default_rng(3).normal(size=50), atol=1e-9)


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.integers(2, 9), st.floats(-1.0, 1.0))
def test_a_seasonal_series_repeats_but_for_its_trend(seed, period, trend):
    """Without noise, a period later it is higher by period times the trend; one period has mean 10 without it."""
    series = datasets.seasonal(np.random.default_rng(seed), 3 * period + 1, period, trend=trend, noise=0.0)
    np.testing.assert_allclose(series[period:] - series[:-period], period * trend, atol=1e-9)
    np.testing.assert_allclose((series - trend * np.arange(len(series)))[:period].mean(), 10.0, atol=1e-9)


def test_images_tell_their_axes_apart():
    """Means rise downwards, to the right and from channel to channel, by different amounts."""
    made = datasets.images(np.random.default_rng(0), 20, 6, 4, 3)
    assert made.shape == (20, 6, 4, 3)
    down, right, channel = (np.diff(made.mean(axis=axes))[[0, -1]] for axes in ((0, 2, 3), (0, 1, 3), (0, 1, 2)))
    np.testing.assert_allclose(down, 0.2, atol=0.05)
    np.testing.assert_allclose(right, 1 / 6, atol=0.05)
    np.testing.assert_allclose(channel, 1.0, atol=0.05)


def test_forms_hold_the_same_numbers():
    """float32, Fortran order and read-only arrays equal what they were made from, and leave it alone."""
    X = datasets.dyadic(datasets.gaussian(np.random.default_rng(0), 5, 3))
    single, turned, locked = datasets.float32(X), datasets.fortran(X), datasets.read_only(X)
    assert single.dtype == np.float32
    assert turned.flags.f_contiguous
    assert not locked.flags.writeable
    assert X.flags.writeable
    for made in (single, turned, locked):
        np.testing.assert_array_equal(made, X)

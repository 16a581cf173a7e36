"""The reference for principal components against scikit-learn and closed forms."""

import numpy as np
import pytest
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.metrics.pairwise import cosine_similarity

from reference.decomposition import nearest_signs, principal_components, projector, singular_directions


def with_spectrum(seed, n_samples, variances):
    """Draw centred data whose covariance has exactly these eigenvalues; return it with its principal axes."""
    rng = np.random.default_rng(seed)
    p = len(variances)
    Z = rng.normal(size=(n_samples, p))
    scores = np.linalg.qr(Z - Z.mean(axis=0))[0] * np.sqrt((n_samples - 1) * np.array(variances))
    axes = np.linalg.qr(rng.normal(size=(p, p)))[0]
    return scores @ axes, axes


@pytest.mark.parametrize("shape", [(2, 1), (30, 4), (200, 17), (9, 9), (6, 25), (10, 11)])
@pytest.mark.parametrize("offset", [0.0, 1e4])
def test_it_agrees_with_scikit_learn(shape, offset):
    """Mean, variances and components are those of the full solver, up to signs."""
    X = offset + np.random.default_rng(shape).normal(size=shape) * np.geomspace(1.0, 9.0, shape[1])
    k = min(shape[0] - 1, shape[1])
    mine, right = principal_components(X), PCA(k, svd_solver="full").fit(X)
    scale = right.explained_variance_[0]
    np.testing.assert_allclose(mine.mean, right.mean_, rtol=1e-13, atol=1e-13)
    np.testing.assert_allclose(mine.variances[:k], right.explained_variance_, rtol=0, atol=1e-12 * scale)
    np.testing.assert_allclose(mine.components[:k], nearest_signs(mine.components[:k], right.components_), atol=1e-8)


def test_a_known_spectrum_is_found():
    """Data built from axes and variances gives both back."""
    variances = [5.0, 3.0, 1.0, 0.25]
    X, axes = with_spectrum(1, 40, variances)
    found = principal_components(X)
    np.testing.assert_allclose(found.variances, variances, rtol=1e-13)
    np.testing.assert_allclose(found.components, nearest_signs(found.components, axes), atol=1e-13)


def test_two_columns_have_a_closed_form():
    """The larger eigenvalue of a covariance [[u, w], [w, v]] is (u + v + sqrt((u - v)^2 + 4 w^2)) / 2."""
    X = np.random.default_rng(2).normal(size=(20, 2)) @ np.array([[1.0, 0.7], [0.0, 0.4]])
    (u, w), (_, v) = np.cov(X, rowvar=False)
    root = np.sqrt((u - v) ** 2 + 4 * w * w)
    np.testing.assert_allclose(principal_components(X).variances, [(u + v + root) / 2, (u + v - root) / 2], rtol=1e-12)


def test_an_offset_costs_no_digits():
    """Numbers that an offset leaves exact give the same variances and components with it."""
    X = np.rint(with_spectrum(3, 50, [4.0, 2.0, 1.0])[0] * 2**12) / 2**12
    plain, moved = principal_components(X), principal_components(X + 2.0**20)
    np.testing.assert_allclose(moved.variances, plain.variances, rtol=1e-13)
    np.testing.assert_allclose(moved.components, nearest_signs(moved.components, plain.components), atol=1e-13)


def test_fewer_samples_than_features_leave_zero_variances():
    """Six samples have rank five, and the rows beyond still complete an orthonormal basis."""
    found = principal_components(np.random.default_rng(4).normal(size=(6, 9)))
    assert found.rank == 5
    np.testing.assert_allclose(found.variances[5:], 0.0, atol=1e-15)
    np.testing.assert_allclose(found.components @ found.components.T, np.eye(9), atol=1e-13)


def test_equal_variances_form_one_group():
    """Runs of equal variances are found, and their gap is to the nearest other variance."""
    found = principal_components(with_spectrum(5, 30, [4.0, 2.0, 2.0, 0.5])[0])
    assert found.groups(3) == [slice(0, 1), slice(1, 3)]
    assert found.groups(1) == [slice(0, 1)]
    assert found.gap(slice(0, 1)) == pytest.approx(0.5)
    assert found.gap(slice(1, 3)) == pytest.approx(0.375)


def test_the_only_variance_has_a_gap_of_one():
    """One feature's component cannot be mistaken for another."""
    found = principal_components(np.array([[1.0], [2.0], [4.0]]))
    assert found.gap(slice(0, 1)) == 1.0


def test_a_projector_does_not_depend_on_the_basis():
    """Any basis of the same space has the same projector, and the projector is idempotent."""
    rng = np.random.default_rng(6)
    rows = rng.normal(size=(2, 5))
    first, second = projector(rows), projector(np.array([[1.0, 2.0], [-1.0, 0.5]]) @ rows)
    np.testing.assert_allclose(first, second, atol=1e-13)
    np.testing.assert_allclose(first @ first, first, atol=1e-13)


def test_the_gap_bounds_how_far_a_component_turns():
    """A covariance that is off by e times the largest eigenvalue turns a component by at most 2 e / gap."""
    X = with_spectrum(7, 60, [3.0, 1.1, 1.0, 0.2])[0]
    found = principal_components(X)
    noise = np.random.default_rng(8).normal(size=(4, 4))
    noise = (noise + noise.T) / np.linalg.norm(noise + noise.T, 2) * 1e-6 * found.variances[0]
    rows = np.linalg.eigh(np.cov(X, rowvar=False) + noise)[1][:, ::-1].T
    turned = np.linalg.norm(rows - nearest_signs(rows, found.components), axis=1)
    for index, run in enumerate(found.groups(4)):
        assert turned[index] <= 2e-6 / found.gap(run)


@pytest.mark.parametrize("shape", [(12, 7), (7, 12), (30, 5)])
def test_singular_directions_agree_with_scikit_learn(shape):
    """Components and singular values are those of TruncatedSVD, similarities the cosines of its scores."""
    X = np.random.default_rng(shape).poisson(1.5, size=shape).astype(float)
    found, theirs = singular_directions(X), TruncatedSVD(3, algorithm="arpack", tol=1e-14).fit(X)
    np.testing.assert_allclose(found.values[:3], theirs.singular_values_, rtol=1e-10)
    expected = nearest_signs(found.rows[:3], theirs.components_)
    np.testing.assert_allclose(found.rows[:3], expected, atol=1e-8)
    scores = theirs.transform(X)
    np.testing.assert_allclose(found.similarity(X[:4], X, 3), cosine_similarity(scores[:4], scores), atol=1e-8)
    kept = np.square(scores @ theirs.components_).sum() / np.square(X).sum()
    assert found.share(3) == pytest.approx(kept, rel=1e-10)


def test_a_row_outside_of_the_space_is_similar_to_none():
    """A projection of nothing but rounding has cosines of zero."""
    X = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0]])
    found = singular_directions(X)
    np.testing.assert_array_equal(
        found.similarity(np.array([[1.0, -1.0, 5.0], [0.0, 0.0, 0.0]]), X, 1), np.zeros((2, 2))
    )

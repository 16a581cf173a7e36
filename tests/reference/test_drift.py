"""The stability index against exact quantiles and SciPy's divergences."""

from fractions import Fraction

import numpy as np
import pytest
from scipy.stats import entropy

from reference.drift import population_stability_index


def exact_edges(expected, n_bins):
    """Return the different quantiles by whole numbers."""
    ordered = sorted(map(Fraction, expected.tolist()))
    edges = set()
    for k in range(1, n_bins):
        place = Fraction((len(ordered) - 1) * k, n_bins)
        low = int(place)
        edges.add(ordered[low] + (place - low) * (ordered[min(low + 1, len(ordered) - 1)] - ordered[low]))
    return sorted(edges)


@pytest.mark.parametrize("n_bins", [1, 2, 7, 10])
def test_index_is_both_divergences_of_the_shares(n_bins):
    """Edges by fractions, shares by counting, divergences by SciPy."""
    rng = np.random.default_rng(0)
    expected, actual = rng.normal(size=84), 0.5 + rng.normal(size=60)
    mine = population_stability_index(expected, actual, n_bins)
    edges = exact_edges(expected, n_bins)
    np.testing.assert_allclose(mine.edges, [float(edge) for edge in edges], rtol=1e-12)
    shares = []
    for values in (expected, actual):
        bins = [sum(Fraction(value) >= edge for edge in edges) for value in values.tolist()]
        shares.append([max(bins.count(b) / len(bins), 1e-4) for b in range(len(edges) + 1)])
    before, now = shares
    total = sum(now) - 1.0, sum(before) - 1.0
    assert total == pytest.approx((0.0, 0.0), abs=1e-12)
    assert mine.psi == pytest.approx(entropy(now, before) + entropy(before, now), abs=1e-12)
    assert mine.contributions.sum() == pytest.approx(mine.psi)


def test_repeated_values_and_empty_bins():
    """Equal edges are one, a value on an edge is above it, and an empty bin counts with epsilon."""
    mine = population_stability_index(np.array([0.0, 0.0, 0.0, 1.0, 2.0]), np.array([-1.0, 0.0]), 3, 0.01)
    np.testing.assert_allclose(mine.edges, [0.0, 2 / 3])
    shares = np.array([[0.01, 0.6, 0.4], [0.5, 0.5, 0.01]])
    np.testing.assert_allclose(mine.contributions, (shares[1] - shares[0]) * np.log(shares[1] / shares[0]))

"""Trees of clusters against SciPy."""

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage

from reference.linkage import LINKAGES, merges


@pytest.mark.parametrize("method", LINKAGES)
@pytest.mark.parametrize("seed", range(3))
def test_merges_are_those_of_scipy(method, seed):
    """Pairs, heights, and clusters at every cut."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(25, 3)) + 4.0 * rng.integers(0, 3, size=(25, 1))
    theirs, mine = linkage(X, method), merges(X, method)
    assert mine.margin > 1e-6
    np.testing.assert_array_equal(mine.children, np.sort(theirs[:, :2].astype(int), axis=1))
    np.testing.assert_allclose(mine.heights, theirs[:, 2], rtol=1e-12)
    for n_clusters in (1, 2, 5, 25):
        together = mine.labels(n_clusters)
        expected = fcluster(theirs, n_clusters, "maxclust")
        np.testing.assert_array_equal(together[:, None] == together, expected[:, None] == expected)


def test_margin_is_the_least_lead():
    """At 0, 1 and 2.5: the first pair leads by 0.5, and the largest height is 1.5."""
    assert merges(np.array([[0.0], [1.0], [2.5]]), "single").margin == pytest.approx(1 / 3)

"""Hidden cases of hierarchical clustering: no distances tie, so merges are exact and heights are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, equal_to, same_partition
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.linkage import LINKAGES, merges

# The statement's number. float64 reaches 1e-13 also by updating distances; the nearest mistake, a plain mean for the
# weighted one, is off by 1e-3.
ACCURACY = 1e-9
# The nearest pair is nearer than any other by this share of the largest height, at every merge.
MARGIN = 1e-6


def compare(model, X, n_clusters, linkage):
    """Compare a fitted model with the right merges."""
    right = merges(X, linkage)
    close_to(model.heights_, right.heights, ACCURACY, "heights_")
    equal_to(model.children_, right.children, "children_")
    same_partition(model.labels_, right.labels(n_clusters), "labels_")


def check(submission, X, n_clusters, linkage):
    """Fit once and compare."""
    model = submission.AgglomerativeClustering(n_clusters=n_clusters, linkage=linkage).fit(X)
    compare(model, X, n_clusters, linkage)
    return model


def is_certain(X):
    """Tell whether no two distances nearly tie, for any linkage."""
    return all(merges(X, linkage).margin > MARGIN for linkage in LINKAGES)


def draw(rng, n_samples, n_features=2, *, spread=1.0):
    """Draw clouds of unequal size in which all linkages merge differently, where there are samples enough for that."""

    def is_good(X):
        trees = {merges(X, linkage).children.tobytes() for linkage in LINKAGES}
        return is_certain(X) and (n_samples < 10 or len(trees) == len(LINKAGES))

    return datasets.drawn_until(is_good, lambda: datasets.blobs(rng, n_samples, n_features, 3, spread=spread))


LINE = np.array([[0.0], [1.0], [3.0], [7.0]])


@case("sample", hint="First 0 and 1 at distance 1, then 3 at 2 from the nearest of them, then 7 at 4 from 3.")
def test_single_linkage_by_hand(submission, rng):
    """Samples at 0, 1, 3 and 7: heights 1, 2, 4"""
    model = submission.AgglomerativeClustering(n_clusters=2, linkage="single").fit(LINE)
    close_to(model.heights_, [1.0, 2.0, 4.0], ACCURACY, "heights_")
    equal_to(model.children_, [[0, 1], [2, 4], [3, 5]], "children_")
    same_partition(model.labels_, [0, 0, 0, 1], "labels_")


@case("sample", hint="Average: 3 is at (3 + 2) / 2 from {0, 1}; 7 is at (7 + 6 + 4) / 3 from all.")
def test_average_and_complete_linkage_by_hand(submission, rng):
    """The same samples: heights 1, 2.5, 17/3 and 1, 3, 7"""
    for linkage, heights in (("average", [1.0, 2.5, 17 / 3]), ("complete", [1.0, 3.0, 7.0])):
        close_to(check(submission, LINE, 2, linkage).heights_, heights, ACCURACY, f"heights_ ({linkage})")


@case("sample", hint="Ward: 3 is at 2.5 from the mean of {0, 1}, times the root of 2 · 2 · 1 / 3.")
def test_ward_linkage_by_hand(submission, rng):
    """The same samples: heights 1, 2.5 √(4/3), then 17/3 √(6/4)"""
    heights = [1.0, 2.5 * np.sqrt(4 / 3), 17 / 3 * np.sqrt(1.5)]
    close_to(check(submission, LINE, 3, "ward").heights_, heights, ACCURACY, "heights_")


@case("agreement", sizes=(4, 12, 40), hint="Do the first merges by hand, and print the distances to the new cluster.")
def test_average_linkage(submission, rng, size):
    """Clouds, average linkage"""
    check(submission, draw(rng, size), 3, "average")


@case("agreement", sizes=(4, 12, 40), hint="The nearest pair of samples decides.")
def test_single_linkage(submission, rng, size):
    """Clouds, single linkage"""
    check(submission, draw(rng, size), 3, "single")


@case("agreement", sizes=(4, 12, 40), hint="The farthest pair of samples decides.")
def test_complete_linkage(submission, rng, size):
    """Clouds, complete linkage"""
    check(submission, draw(rng, size), 3, "complete")


@case("agreement", sizes=(4, 12, 40), hint="The height is a root, with the factor 2 inside it.")
def test_ward_linkage(submission, rng, size):
    """Clouds, Ward's linkage"""
    check(submission, draw(rng, size), 3, "ward")


@case("agreement", hint="Euclidean distance, over all columns as they are.")
def test_columns_of_different_scale(submission, rng):
    """Five columns of scales from 0.3 to 3"""
    X = datasets.drawn_until(is_certain, lambda: datasets.mixed_scales(rng, 20, 5, 0.3, 3.0))
    for linkage in LINKAGES:
        check(submission, X, 4, linkage)


@case("agreement", hint="A cluster of many samples and one of few: the sizes matter.")
def test_clusters_of_unequal_size(submission, rng):
    """One tight cloud, some single samples far around it"""

    def draw_both():
        return np.vstack([0.3 * rng.normal(size=(16, 2)), 4.0 * rng.normal(size=(6, 2))])

    X = datasets.drawn_until(is_certain, draw_both)
    for linkage in LINKAGES:
        check(submission, rng.permutation(X), 5, linkage)


@case("agreement", hint="labels_ are those when n_clusters clusters are left; the merges go on all the same.")
def test_every_number_of_clusters(submission, rng):
    """From one cluster to as many as there are samples"""
    X = draw(rng, 8)
    for n_clusters in range(1, 9):
        check(submission, X, n_clusters, "average")


@case("property", hint="Distances are in the unit of the data, and do not depend on where it lies.")
def test_other_units_and_places(submission, rng):
    """Data of scale 1e-3 and 1e3, mirrored, and far from zero"""
    X = datasets.drawn_until(is_certain, lambda: datasets.dyadic(datasets.blobs(rng, 18, 2, 3), bits=16))
    for linkage in LINKAGES:
        right = merges(X, linkage)
        for factor, offset in ((1e-3, 0.0), (-1e3, 0.0), (1.0, 4096.0)):
            model = submission.AgglomerativeClustering(n_clusters=3, linkage=linkage).fit(factor * X + offset)
            close_to(model.heights_, abs(factor) * right.heights, ACCURACY, f"heights_ ({linkage})")
            equal_to(model.children_, right.children, f"children_ ({linkage})")


@case("property", hint="The order of the samples only changes their numbers.")
def test_the_order_of_the_samples_does_not_matter(submission, rng):
    """Samples in another order: the same heights and clusters"""
    X, order = draw(rng, 24), rng.permutation(24)
    for linkage in LINKAGES:
        right = merges(X, linkage)
        model = submission.AgglomerativeClustering(n_clusters=4, linkage=linkage).fit(X[order])
        close_to(model.heights_, right.heights, ACCURACY, f"heights_ ({linkage})")
        same_partition(model.labels_, right.labels(4)[order], f"labels_ ({linkage})")


@case("edge", hint="Two samples have one merge.")
def test_two_samples(submission, rng):
    """Two samples, in one cluster or two"""
    X = np.array([[3.0, 0.0], [0.0, 4.0]])
    for linkage in LINKAGES:
        for n_clusters in (1, 2):
            check(submission, X, n_clusters, linkage)


@case("edge", hint="Equal samples are at distance zero and merge first.")
def test_two_equal_samples(submission, rng):
    """A sample that is there twice: the first height is zero"""
    X = draw(rng, 9)
    for linkage in LINKAGES:
        check(submission, np.vstack([X, X[2:3]]), 3, linkage)


@case("edge", hint="Subtract samples before you square: a difference of large squares has no digits left for a small distance.")
def test_two_nearly_equal_samples(submission, rng):
    """Samples at -3, -2, 0, 4 and 2e-8 beside the first"""
    # Their difference is exact. The square of it is 4e-16, and dot products of the centred data err by 1e-15.
    X = np.array([[-3.0], [-2.0], [0.0], [4.0], [-3.0 + 2e-8]])
    for linkage in LINKAGES:
        check(submission, X, 3, linkage)


@case("edge", hint="Single linkage follows a chain, however long it is.")
def test_a_chain(submission, rng):
    """Samples in a row, at growing distances, in random order"""
    places = np.cumsum(1.0 + 0.05 * np.arange(20.0))
    check(submission, rng.permutation(places)[:, None] * [[1.0, 1.0]], 3, "single")


@case("edge", hint="The nearest pair is the nearest by however little: compare distances without a tolerance.")
def test_nearly_equal_distances(submission, rng):
    """A chain of scale 1e-3, whose distances grow by two millionths of the largest"""
    # Twice what the statement says merges are apart by; rounding is 1e-16, a tolerance such as 1e-8 is larger.
    places = 1e-3 * np.cumsum(1.0 + 2.0 * MARGIN * np.arange(20.0))
    check(submission, rng.permutation(places)[:, None] * [[1.0, 1.0]], 3, "single")


@case("edge", hint="The default linkage is the average.")
def test_the_default_linkage(submission, rng):
    """linkage left out, and whole numbers in X"""
    X = np.array([[0, 0], [1, 0], [0, 3], [12, 5], [11, 1], [40, 40]])
    compare(submission.AgglomerativeClustering(2).fit(X), X.astype(float), 2, "average")


@case("edge", hint="Parameters may come by position, in the order of the interface.")
def test_parameters_by_position(submission, rng):
    """Every linkage as the second argument"""
    X = draw(rng, 12)
    for linkage in LINKAGES:
        compare(submission.AgglomerativeClustering(3, linkage).fit(X), X, 3, linkage)


def clause_inputs(rng):
    # In float32 no two distances may change their order.
    def is_clear(X):
        return merges(X, "average").margin > 1e-4

    return (datasets.drawn_until(is_clear, lambda: datasets.dyadic(datasets.blobs(rng, 14, 2, 3))),)


def clause_answers(model, X):
    labels = array(model.labels_, "labels_", shape=(len(X),), kind="int")
    return {
        "heights_": array(model.heights_, "heights_", shape=(len(X) - 1,)),
        "children_": array(model.children_, "children_", shape=(len(X) - 1, 2), kind="int"),
        # Names are free: each sample is named by the first one with its label.
        "labels_": np.array([int(np.flatnonzero(labels == label)[0]) for label in labels]),
    }


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, X: submission.AgglomerativeClustering(n_clusters=3).fit(X),
        answers=clause_answers,
        refit=lambda model, X: model.fit(X),
    )
)

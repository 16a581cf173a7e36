"""Hidden cases of k-means++: the draws are given, so the chosen indices are compared exactly."""

import numpy as np

from judge import datasets
from judge.agreement import array, equal_to, that
from judge.clauses import Description, common_clauses
from judge.suite import case, picture
from reference.cluster import kmeans_plus_plus, squared_distances

# No draw is nearer than this to a running share. Differences squared and summed err by 1e-12 at an offset of 1e4.
MARGIN = 1e-6


def check(submission, X, draws):
    """Ask for as many centres as there are draws, and compare every index."""
    chosen = submission.kmeans_plus_plus(X, len(draws), draws)
    equal_to(chosen, kmeans_plus_plus(X, len(draws), draws).indices, "indices")


def by(weights):
    """Return a mistaken rule: samples are drawn by `weights(squared distances to all centres so far, in order)`."""

    def choose(X, n_clusters, draws):
        indices = [int(draws[0] * len(X))]
        for draw in draws[1:n_clusters]:
            weight = weights(squared_distances(X, X[indices]))
            indices.append(min(int((weight.cumsum() <= draw * weight.sum()).sum()), len(X) - 1))
        return np.array(indices)

    return choose


NEIGHBOURS = {
    "distances": by(lambda d: np.sqrt(d.min(axis=1))),
    "the last centre": by(lambda d: d[:, -1]),
    "the first centre": by(lambda d: d[:, 0]),
    "all centres": by(lambda d: d.sum(axis=1)),
    "the farthest centre": by(lambda d: d.max(axis=1)),
    "equal shares": by(lambda d: np.ones(len(d))),
    "fourth powers": by(lambda d: d.min(axis=1) ** 2),
    "the farthest sample": by(lambda d: (np.arange(len(d)) == d.min(axis=1).argmax()).astype(float)),
}


def draw(rng, make, n_clusters, *, is_good=lambda X, draws: True):
    """Draw data and numbers that are certain: no number lies on the edge of a share."""

    def draw_both():
        return make(), rng.uniform(0.0, 0.999, size=n_clusters)

    def is_certain(drawn):
        X, draws = drawn
        return kmeans_plus_plus(X, n_clusters, draws).margin > MARGIN and is_good(X, draws)

    return datasets.drawn_until(is_certain, draw_both)


def tight_groups(rng):
    """Return five groups of five whose members lie 1e-4 apart: squares of 1e-8 beside 1."""
    return np.repeat(datasets.gaussian(rng, 5, 2), 5, axis=0) + 1e-4 * datasets.gaussian(rng, 25, 2)


def unlike(*names):
    """Return a test of data: these mistakes choose other samples."""

    def is_good(X, draws):
        right = kmeans_plus_plus(X, len(draws), draws).indices
        return all((NEIGHBOURS[name](X, len(draws), draws) != right).any() for name in names)

    return is_good


@case("sample", hint="The first index is 1. Squared distances to it are 1, 0, 4, 81, and running sums 1, 1, 5, 86.")
def test_four_points_on_a_line(submission, rng):
    """Three centres among four points, worked out by hand"""
    X = np.array([[0.0], [1.0], [3.0], [10.0]])
    chosen = submission.kmeans_plus_plus(X, 3, np.array([0.3, 0.05, 0.01]))
    equal_to(chosen, [1, 2, 0], "indices")


@case("sample", hint="The running shares are 0, 1/2 and 1. The first one that is larger than the draw is wanted.")
def test_a_draw_that_meets_a_share(submission, rng):
    """A draw equal to a running share goes to the next sample"""
    X = np.array([[0.0, 0.0], [2.0, 0.0], [0.0, 2.0]])
    for u, index in ((0.0, 1), (0.25, 1), (0.5, 2), (0.75, 2)):
        equal_to(submission.kmeans_plus_plus(X, 2, np.array([0.0, u])), [0, index], f"indices for draws [0, {u}]")


@case("agreement", sizes=(5, 15, 80), hint="Draw by the squared distance to the nearest centre chosen so far.")
def test_clouds(submission, rng, size):
    """Clouds of points, three centres"""
    check(submission, *draw(rng, lambda: datasets.blobs(rng, size, 2, 3), 3))


@case("agreement", hint="Probabilities are proportional to squared distances: neither plain ones nor the farthest sample.")
def test_squares_not_distances(submission, rng):
    """Data and draws for which distances, fourth powers and equal shares choose other samples"""
    is_good = unlike("distances", "fourth powers", "equal shares", "the farthest sample")
    for _ in range(3):
        check(submission, *draw(rng, lambda: datasets.gaussian(rng, 40, 2), 2, is_good=is_good))


@case("agreement", hint="Keep for each sample the least distance to any centre so far, and update it with each new centre.")
def test_nearest_of_many_centres(submission, rng):
    """Eight centres: the nearest counts, not the first, the last, the farthest or all of them"""
    is_good = unlike("the last centre", "the first centre", "all centres", "the farthest centre")
    for n_clusters in (3, 8):
        check(submission, *draw(rng, lambda: datasets.gaussian(rng, 60, 3), n_clusters, is_good=is_good))


@case("agreement", hint="Use squared differences; the dot-product form loses all digits far from zero.")
def test_far_from_zero(submission, rng):
    """Tight groups at ten thousand times the data's spread, more centres than groups"""
    for offset in (1e4, -1e4):
        X, draws = draw(rng, lambda: datasets.with_offset(tight_groups(rng), offset), 20)
        check(submission, X, draws)


@case("agreement", hint="A share is a part of the sum itself, however small that is: add nothing to it.")
def test_tiny_distances(submission, rng):
    """Tight groups in data of scale one thousandth, more centres than groups"""
    # Once each group has a centre, the squared distances add up to 1e-13.
    check(submission, *draw(rng, lambda: 1e-3 * tight_groups(rng), 20))


@case("agreement")
def test_scale_does_not_matter(submission, rng):
    """Data of scale one thousandth and one thousand"""
    X, draws = draw(rng, lambda: datasets.gaussian(rng, 50, 3), 5)
    for scale in (1e-3, 1.0, 1e3):
        check(submission, scale * X, draws)


@case("agreement", hint="All columns count as they are: nothing is standardised.")
def test_columns_of_different_scale(submission, rng):
    """Columns whose scales run from 0.1 to 10"""

    def is_good(X, draws):
        right = kmeans_plus_plus(X, 4, draws).indices
        others = (kmeans_plus_plus(X / X.std(axis=0), 4, draws).indices, kmeans_plus_plus(X[:, :1], 4, draws).indices)
        return all((other != right).any() for other in others)

    check(submission, *draw(rng, lambda: datasets.mixed_scales(rng, 40, 3, 0.1, 10.0), 4, is_good=is_good))


@case("agreement", hint="Euclidean distance: squares are summed over the columns, not absolute differences.")
def test_many_features(submission, rng):
    """Eight columns"""

    def is_good(X, draws):
        manhattan = lambda indices: np.abs(X[:, None] - X[indices]).sum(axis=2) ** 2
        indices = [int(draws[0] * len(X))]
        for u in draws[1:]:
            weight = manhattan(indices).min(axis=1)
            indices.append(int((weight.cumsum() <= u * weight.sum()).sum()))
        return (kmeans_plus_plus(X, 6, draws).indices != indices).any()

    check(submission, *draw(rng, lambda: datasets.gaussian(rng, 60, 8), 6, is_good=is_good))


@case(
    "property",
    hint="A sample at distance zero from a centre has no share, so it is never drawn.",
    given=lambda st: {
        "points": st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=3, max_size=9),
        "draws": st.lists(st.integers(0, 63), min_size=9, max_size=9),
    },
    examples=15,
)
def test_no_place_is_chosen_twice(submission, rng, points, draws):
    """As many centres as there are different points: each is chosen once"""
    X, n_clusters = np.array(points, dtype=float), len(set(points))
    answer = submission.kmeans_plus_plus(X, n_clusters, np.array(draws[:n_clusters]) / 64)
    chosen = array(answer, "indices", shape=(n_clusters,), kind="int")
    that(((chosen >= 0) & (chosen < len(X))).all(), "indices are not rows of X", actual=answer)
    places = {points[i] for i in chosen.tolist()}
    that(len(places) == n_clusters, "a place was chosen twice, its duplicate or itself", actual=answer)


@case("property", hint="The choice depends on distances alone.")
def test_turning_and_moving_changes_nothing(submission, rng):
    """Data turned by a quarter, mirrored and moved has the same centres"""
    X, draws = draw(rng, lambda: datasets.dyadic(datasets.gaussian(rng, 30, 2)), 4)
    for moved in (X, X @ np.array([[0.0, 1.0], [-1.0, 0.0]]), -X, X[:, ::-1] + np.array([8.0, -32.0])):
        check(submission, moved, draws)


@case("property", hint="Centre k is decided by draws[k], with what was chosen before it and nothing after it.")
def test_fewer_centres_are_the_first_ones(submission, rng):
    """The first centres do not depend on how many are wanted"""
    X, draws = draw(rng, lambda: datasets.gaussian(rng, 40, 2), 6)
    for n_clusters in range(1, 7):
        check(submission, X, draws[:n_clusters])


@case("edge", hint="The first index is the whole part of draws[0] * n_samples.")
def test_one_centre(submission, rng):
    """A single centre is decided by the first draw alone"""
    X = datasets.gaussian(rng, 8, 2)
    for u in (0.0, 0.11, 0.125, 0.24, 0.5, 0.68, 0.875, 0.999):
        equal_to(submission.kmeans_plus_plus(X, 1, np.array([u])), [int(8 * u)], f"indices for draws [{u}]")


@case("edge", hint="With draws of 0 it is always the first sample at a distance that is chosen.")
def test_draws_at_the_ends(submission, rng):
    """Draws of 0 choose the first sample that is not a centre, draws of 0.999 the last one"""
    X = np.array([[0.0], [1.0], [2.0], [3.0], [4.0]])[rng.permutation(5)]
    check(submission, X, np.zeros(5))
    check(submission, X, np.full(5, 0.999))


@case("edge", hint="Duplicates count as often as they occur, and vanish together once one of them is chosen.")
def test_duplicated_samples(submission, rng):
    """Repeated samples have larger shares together"""
    make = lambda: datasets.gaussian(rng, 6, 2)[np.r_[0:6, np.full(12, 3), 1, 1, 5]]
    for n_clusters in (2, 6):
        check(submission, *draw(rng, make, n_clusters))


@case("edge", hint="Arguments may come by name, with the names of the interface.")
def test_arguments_by_name(submission, rng):
    """kmeans_plus_plus(X=…, n_clusters=3, draws=…)"""
    X, draws = draw(rng, lambda: datasets.gaussian(rng, 15, 2), 3)
    chosen = submission.kmeans_plus_plus(X=X, n_clusters=3, draws=draws)
    equal_to(chosen, kmeans_plus_plus(X, 3, draws).indices, "indices")


def clause_inputs(rng):
    # Draws are rounded to float32 in one clause, by 1e-7, and must be certain then too.
    is_good = lambda X, draws: kmeans_plus_plus(X, 4, draws).margin > 1e-4
    return draw(rng, lambda: datasets.dyadic(datasets.gaussian(rng, 30, 2)), 4, is_good=is_good)


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, X, draws: submission.kmeans_plus_plus(X, 4, draws),
        answers=lambda chosen, X, draws: {"indices": array(chosen, "indices", shape=(4,), kind="int")},
    ),
)


@picture
def starting_centres(axes, answers):
    """Samples, and the chosen ones as crosses (the first two columns)"""
    X = answers.given("kmeans_plus_plus", 0)
    across, up = X[:, 0], X[:, 1] if X.shape[1] > 1 else np.zeros(len(X))
    chosen = answers["kmeans_plus_plus"].astype(int)
    axes.scatter(across, up, c="grey", s=14)
    axes.scatter(across[chosen], up[chosen], c="black", marker="x", s=60)

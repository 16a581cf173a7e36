"""Hidden cases of k nearest neighbours: the rule is pinned, so labels are compared exactly."""

import numpy as np

from judge import datasets
from judge.agreement import array, at_most, equal_to, that
from judge.clauses import Description, common_clauses
from judge.remote import Remote
from judge.suite import case, picture, race
from reference.neighbors import knn_predict, margin, nearest

# The statement's number: squared distances to the k-th and the next neighbour differ by more than this share.
# Rounding moves them by 1e-15 of themselves, or by 1e-8 with dot products at the largest offset of real-valued data.
MARGIN = 1e-3


def fit(submission, X, y, n_neighbors):
    """Return a fitted model, or say that `fit` returned none."""
    model = submission.KNeighborsClassifier(n_neighbors=n_neighbors)
    that(isinstance(model, Remote), "KNeighborsClassifier(...) made no object with methods", actual=model)
    fitted = model.fit(X, y)
    that(isinstance(fitted, Remote), "fit must return self", actual=fitted)
    return fitted


def check(submission, X, y, queries, n_neighbors):
    """Fit, predict and compare with the rule."""
    predicted = fit(submission, X, y, n_neighbors).predict(queries)
    equal_to(predicted, knn_predict(X, y, queries, n_neighbors), f"predict(X) for n_neighbors={n_neighbors}")


def certain(X, n_neighbors, count, draw):
    """Draw four times as many queries, and keep `count` that have no near-tie at the edge of the neighbourhood."""

    def draw_certain():
        queries = draw(4 * count)
        return queries[margin(X, queries, n_neighbors) > MARGIN][:count]

    return datasets.drawn_until(lambda queries: len(queries) == count, draw_certain)


def labels(rng, count, choices=(0, 1, 2)):
    """Draw labels that have nothing to do with the data: a wrong neighbour is a wrong vote."""
    return rng.choice(np.array(choices), size=count)


def is_telling(X, y, queries, n_neighbors):
    """Tell whether each rule for ties matters: breaking any of them in another way changes some label."""
    right = knn_predict(X, y, queries, n_neighbors)
    by_label = y.argsort(kind="stable")
    votes = y[nearest(X, queries, n_neighbors)]
    others = [
        knn_predict(X[::-1], y[::-1], queries, n_neighbors),
        knn_predict(X[by_label], y[by_label], queries, n_neighbors),
        knn_predict(X[by_label[::-1]], y[by_label[::-1]], queries, n_neighbors),
    ]
    if n_neighbors > 1:
        others += [-knn_predict(X, -y, queries, n_neighbors), first_of_most_frequent(votes)]
    return all((other != right).sum() >= 2 for other in others)


def first_of_most_frequent(votes):
    """Return each row's most frequent label, of several the one of the nearest neighbour."""
    return np.array([max(row, key=row.count) for row in votes.tolist()])


@case("sample")
def test_two_obvious_groups(submission, rng):
    """Six points in two groups"""
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [8.0, 8.0], [8.0, 9.0], [9.0, 8.0]])
    check(submission, X, np.array([1, 1, 1, 2, 2, 2]), np.array([[0.0, 2.0], [7.0, 7.0], [3.0, 3.0]]), 3)


@case("sample", hint="Both points are at distance 1 from zero; the one with the lower index is the neighbour.")
def test_a_distance_tie_by_hand(submission, rng):
    """Two samples at the same distance: the earlier one is the neighbour"""
    X = np.array([[1.0], [-1.0], [3.0], [-3.0]])
    check(submission, X, np.array([7, 3, 3, 7]), np.array([[0.0], [2.0], [-2.0]]), 1)


@case("sample", hint="When several labels have the most votes, the answer is the smallest of them.")
def test_a_vote_tie_by_hand(submission, rng):
    """One vote each: the smallest label wins, not the nearest"""
    X = np.array([[0.0], [1.0], [4.0], [6.0]])
    check(submission, X, np.array([9, -2, 10, 9]), np.array([[0.0], [5.5], [1.5], [3.5]]), 2)


@case("agreement", sizes=(8, 40, 120), hint="Sort by distance, take the labels of the first n_neighbors, count them.")
def test_random_labels(submission, rng, size):
    """Labels without a pattern, so that each neighbour matters"""
    X, y = datasets.gaussian(rng, size, 3), labels(rng, size)
    for n_neighbors in (1, 3, 4, 7):
        check(submission, X, y, certain(X, n_neighbors, size, lambda n: datasets.gaussian(rng, n, 3)), n_neighbors)


@case("agreement", hint="Compare the distances themselves: neither round them nor add anything to them.")
def test_small_and_large_units(submission, rng):
    """Data of scale 0.001 and 1000"""
    for scale in (1e-3, 1e3):
        X, y = scale * datasets.gaussian(rng, 60, 3), labels(rng, 60)
        for n_neighbors in (1, 4):
            queries = certain(X, n_neighbors, 60, lambda n: scale * datasets.gaussian(rng, n, 3))
            check(submission, X, y, queries, n_neighbors)


@case("agreement", hint="n_neighbors is 5 when it is not given.")
def test_five_neighbours_by_default(submission, rng):
    """KNeighborsClassifier() asks five neighbours"""
    X, y = datasets.gaussian(rng, 60, 2), labels(rng, 60)
    queries = certain(X, 5, 60, lambda n: datasets.gaussian(rng, n, 2))
    model = submission.KNeighborsClassifier()
    model.fit(X, y)
    equal_to(model.predict(queries), knn_predict(X, y, queries, 5), "predict(X)")


@case("agreement", hint="Take the columns as they are: do not standardise them.")
def test_columns_of_different_scale(submission, rng):
    """The widest columns decide"""
    X, y = datasets.mixed_scales(rng, 60, 4, 0.1, 10.0), labels(rng, 60)
    for n_neighbors in (1, 6):
        queries = certain(X, n_neighbors, 60, lambda n: datasets.mixed_scales(rng, n, 4, 0.1, 10.0))
        check(submission, X, y, queries, n_neighbors)


@case("agreement", hint="Euclidean distance: the root of the sum of squared differences over all columns.")
def test_many_features(submission, rng):
    """Ten columns"""
    X, y = datasets.gaussian(rng, 60, 10), labels(rng, 60, (0, 1))
    check(submission, X, y, certain(X, 5, 60, lambda n: datasets.gaussian(rng, n, 10)), 5)


@case("agreement", hint="Differences keep their digits far from zero; an expanded square can fall below zero.")
def test_training_samples_far_from_zero(submission, rng):
    """Queries on and beside training samples, a thousand times the spread away from zero"""
    X, y = datasets.with_offset(datasets.gaussian(rng, 100, 6), 1e3), labels(rng, 100)
    for n_neighbors in (1, 3):
        check(submission, X, y, X[margin(X, X, n_neighbors) > MARGIN], n_neighbors)
        beside = certain(X, n_neighbors, 40, lambda n: datasets.with_offset(datasets.gaussian(rng, n, 6), 1e3))
        check(submission, X, y, beside, n_neighbors)


@case("agreement", hint="Compute in float64: float32 has seven digits, and this data needs more.")
def test_a_fine_grid_far_from_zero(submission, rng):
    """Multiples of 1/32 beside one million"""
    # 64 samples: their mean is a multiple of 1/2048, so that centring the data leaves it exact. Squares stay below
    # 2**53 in units of 1/1024: every float64 formula is exact here, and every float32 one is lost.
    X, y = 1e6 + datasets.lattice(rng, 64, 2, side=48) / 32, labels(rng, 64)
    queries = 1e6 + datasets.lattice(rng, 60, 2, side=48) / 32
    for n_neighbors in (1, 4):
        check(submission, X, y, queries, n_neighbors)


@case("agreement", sizes=(16, 128), hint="Use a stable sort; argsort(kind=\"stable\") keeps equal distances in order.")
def test_ties_on_a_grid(submission, rng, size):
    """A small grid, where most distances occur many times"""
    # Powers of two: the mean is exact, so that centring the data leaves ties exact.
    for n_neighbors in (1, 2, 4, 6):

        def draw():
            return datasets.lattice(rng, size, 2), labels(rng, size), datasets.lattice(rng, 64, 2)

        telling = datasets.drawn_until(lambda drawn: size < 100 or is_telling(*drawn, n_neighbors), draw)
        check(submission, *telling, n_neighbors)


@case("agreement", hint="Answer with labels from y, and do not use them as positions in an array.")
def test_labels_of_any_kind(submission, rng):
    """Labels that are negative, large, or far apart"""
    X, y = datasets.gaussian(rng, 60, 2), labels(rng, 60, (-30, -4, 2, 10, 1_000_003))
    for n_neighbors in (1, 2, 5):
        check(submission, X, y, certain(X, n_neighbors, 60, lambda n: datasets.gaussian(rng, n, 2)), n_neighbors)
    # Neighbouring labels of the largest size: fractions added to them, or divided by them, are lost.
    for y in (labels(rng, 60, 2**53 - np.arange(3)), labels(rng, 60, np.arange(3) - 2**53)):
        for n_neighbors in (2, 4):
            check(submission, X, y, certain(X, n_neighbors, 60, lambda n: datasets.gaussian(rng, n, 2)), n_neighbors)


def points_and_labels(st):
    """Return strategies for samples (x, y, label) and queries on a small grid."""
    place = st.integers(-3, 3)
    # Always eight: their mean is exact, so that centring the data leaves ties exact.
    return {
        "samples": st.lists(st.tuples(place, place, st.integers(-1, 1)), min_size=8, max_size=8),
        "queries": st.lists(st.tuples(place, place), min_size=1, max_size=4),
    }


@case("property", given=points_and_labels, hint="Check distance ties and vote ties one after the other.")
def test_the_rule_holds_on_any_small_grid(submission, rng, samples, queries):
    """A few points with small whole coordinates, ties included"""
    X, y = np.array(samples, dtype=float)[:, :2], np.array(samples)[:, 2]
    check(submission, X, y, np.array(queries, dtype=float), 4)


@case("property", given=points_and_labels, hint="Only differences of coordinates matter.")
def test_moving_everything_changes_nothing(submission, rng, samples, queries):
    """Samples and queries moved and scaled together get the same labels"""
    X, y, near = np.array(samples, dtype=float)[:, :2], np.array(samples)[:, 2], np.array(queries, dtype=float)
    right = knn_predict(X, y, near, 3)
    equal_to(fit(submission, X, y, 3).predict(near), right, "predict(X)")
    move = np.array([64.0, -32.0])
    moved = fit(submission, 4 * X + move, y, 3).predict(4 * near + move)
    equal_to(moved, right, "predict(X) after moving everything")


@case("edge", hint="With one neighbour a training sample is its own neighbour.")
def test_one_neighbour_knows_the_training_data(submission, rng):
    """Training samples as queries get their own labels back"""
    X, y = datasets.gaussian(rng, 40, 2), labels(rng, 40)
    equal_to(fit(submission, X, y, 1).predict(X), y, "predict(X)")


@case("edge", hint="n_neighbors may be as large as the number of samples.")
def test_all_samples_are_neighbours(submission, rng):
    """With n_neighbors = n_samples the most frequent label wins everywhere, the smallest in a tie"""
    X, queries = datasets.gaussian(rng, 12, 2), datasets.gaussian(rng, 20, 2)
    for y in ([3, 1, 2] * 4, [2, 2, 1, 1, 5, 5, 5, 7, 7, 5, 2, 5], [8, 8, 8, 3, 3, 3, 9, 9, 9, 9, 8, 3]):
        check(submission, X, rng.permutation(np.array(y)), queries, 12)


@case("edge", hint="Samples that occur twice are two neighbours, and keep their order.")
def test_repeated_samples(submission, rng):
    """The same points again with other labels"""

    def draw():
        X = np.tile(rng.permutation(datasets.lattice(rng, 32, 2, side=8)), (4, 1))
        return X, labels(rng, 128), X[rng.integers(128, size=60)]

    for n_neighbors in (1, 2, 5):
        telling = datasets.drawn_until(lambda drawn: is_telling(*drawn, n_neighbors), draw)
        check(submission, *telling, n_neighbors)


@case("edge")
def test_one_sample(submission, rng):
    """A single training sample and a single column"""
    check(submission, np.array([[2.5]]), np.array([-4]), np.array([[0.0], [2.5], [1e6]]), 1)


def clause_inputs(rng):
    """Return 24 points with 6 binary digits, all their own queries, without near-ties."""

    def draw():
        return datasets.dyadic(datasets.gaussian(rng, 24, 2))

    X = datasets.drawn_until(lambda X: margin(X, X, 3).min() > MARGIN, draw)
    # Three labels each time, and other ones: whoever keeps those of the first fit answers with them.
    return X, labels(rng, 24, np.sort(rng.choice(np.arange(-100, 100), size=3, replace=False)))


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, X, y: fit(submission, X, y, 3),
        answers=lambda model, X, y: {"predict(X)": array(model.predict(X), "predict(X)", shape=(len(X),), kind="int")},
        rows=("predict",),
        refit=lambda model, X, y: model.fit(X, y),
    )
)


def same_labels(mine, rivals):
    """The labels of a timed run are those of the rival; two or three in a million neighbourhoods may be near-ties."""
    right = np.asarray(rivals)
    mine = array(mine, "predict(X)", shape=right.shape, kind="int")
    at_most(float((mine != right).mean()), 0.005, "the share of predict(X) that differs")


@race(limit=80.0, agree=same_labels, hint="Broadcast all distances at once; a Python loop over pairs is too slow.")
def test_time_on_three_hundred_queries(contender, rng):
    """1000 training samples, 300 queries, 8 columns, 5 neighbours"""
    X, y = datasets.gaussian(rng, 1000, 8), labels(rng, 1000)
    return contender.KNeighborsClassifier(n_neighbors=5).fit(X, y).predict(datasets.gaussian(rng, 300, 8))


@picture
def votes(axes, answers):
    """Training samples as dots, queries as crosses, by label (the first two columns)"""
    for X, labels, marker in (
        (answers.given("fit", 0), answers.given("fit", 1), "o"),
        (answers.given("predict", 0), answers["predict"], "x"),
    ):
        colours = np.searchsorted(np.unique(answers.given("fit", 1)), labels)
        axes.scatter(X[:, 0], X[:, 1] if X.shape[1] > 1 else np.zeros(len(X)), c=colours, marker=marker, cmap="tab10", vmin=0, vmax=9)

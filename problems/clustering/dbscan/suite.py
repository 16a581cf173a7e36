"""Hidden cases of DBSCAN: core samples, noise and clusters are exact; names of clusters and shared borders are free."""

import numpy as np

from judge import datasets
from judge.agreement import array, as_many, at_most, equal_to, same_partition
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.density import dbscan

# No distance is this near to eps (as a share of it) without being equal to it.
MARGIN = 1e-6


def is_certain(X, eps, min_samples):
    """Tell whether no distance is nearly eps."""
    return dbscan(X, eps, min_samples).margin > MARGIN


def compare(model, right):
    """Compare a fitted model with the right clusters."""
    n_samples = len(right.labels)
    core = array(model.core_sample_indices_, "core_sample_indices_", kind="int")
    as_many(core.size, int(right.is_core.sum()), "the number of core samples")
    equal_to(model.core_sample_indices_, np.flatnonzero(right.is_core), "core_sample_indices_")
    labels = array(model.labels_, "labels_", shape=(n_samples,), kind="int")
    at_most(float((labels < -1).sum()), 0, "the number of labels below -1")
    is_noise = (labels == -1).astype(np.int64)
    equal_to(is_noise, (right.labels == -1).astype(np.int64), "labels_ == -1")
    same_partition(labels, right.labels, "labels_", where=right.is_core)
    borders = np.flatnonzero(~right.is_core & (right.labels >= 0))
    strays = [i for i in borders if not (labels[right.is_near[i] & right.is_core] == labels[i]).any()]
    at_most(float(len(strays)), 0, "the number of border samples with the label of none of their core neighbours")


def check(submission, X, eps, min_samples):
    """Fit once and compare."""
    model = submission.DBSCAN(eps=eps, min_samples=min_samples).fit(X)
    compare(model, dbscan(X, eps, min_samples))


def draw(rng, n_samples, n_features, eps, min_samples, *, spread=0.6, n_blobs=4):
    """Draw clouds with core samples, borders and noise, in at least two clusters."""

    def draw_clouds():
        near = datasets.blobs(rng, n_samples - n_samples // 6, n_features, n_blobs, spread=spread)
        return rng.permutation(np.vstack([near, rng.uniform(-8.0, 8.0, size=(n_samples // 6, n_features))]))

    def is_good(X):
        right = dbscan(X, eps, min_samples)
        has_all = right.labels.max() > 0 and (right.labels == -1).any() and (~right.is_core & (right.labels >= 0)).any()
        return right.margin > MARGIN and has_all

    return datasets.drawn_until(is_good, draw_clouds)


CHAIN = np.array([[0.0], [1.0], [2.0], [3.0], [3.75], [10.0]])


@case("sample", hint="Distances of exactly eps count, and a sample is its own neighbour: 1, 2, 3 and 3.75 have three neighbours or more, 0 has two.")
def test_a_chain_by_hand(submission, rng):
    """Samples at 0, 1, 2, 3, 3.75 and 10 with eps = 1 and min_samples = 3"""
    model = submission.DBSCAN(eps=1.0, min_samples=3).fit(CHAIN)
    equal_to(model.core_sample_indices_, [1, 2, 3], "core_sample_indices_")
    compare(model, dbscan(CHAIN, 1.0, 3))


@case("sample", hint="Two clusters, and one sample alone.")
def test_two_groups(submission, rng):
    """Two triangles and a sample far away"""
    X = np.array([[0.0, 0.0], [8.0, 8.0], [1.0, 0.0], [0.0, 1.0], [-9.0, 9.0], [8.0, 9.0], [9.0, 8.0]])
    check(submission, X, 1.5, 3)


@case("agreement", sizes=(12, 30, 60, 300), hint="First the neighbours, then the core samples, then chains of core samples, then borders.")
def test_clouds(submission, rng, size):
    """Clouds with noise between them"""
    eps, min_samples = (1.5, 3) if size < 60 else (0.8, 5)
    check(submission, draw(rng, size, 2, eps, min_samples), eps, min_samples)


@case("agreement", hint="Squared differences are added up over all columns.")
def test_many_features(submission, rng):
    """Ten columns"""
    check(submission, draw(rng, 80, 10, 3.2, 6, spread=0.9), 3.2, 6)


@case("agreement", hint="At most eps, and exactly so on a grid. The distance across the corner is 1.41.")
def test_a_grid(submission, rng):
    """A grid with gaps around zero, where eps is the spacing, twice it, or the diagonal of 3 and 4"""
    cells = np.array([(i, j) for i in range(-6, 6) for j in range(-6, 6)], dtype=float)

    def shows(X):
        # Centring rounds: by a mean like -0.1375 some distances of 1 become larger than 1.
        return (dbscan(X - X.mean(axis=0), 1.0, 3).is_core != dbscan(X, 1.0, 3).is_core).any()

    X = datasets.drawn_until(shows, lambda: cells[rng.permutation(144)[:80]])
    for eps, min_samples in ((1.0, 3), (1.0, 4), (2.0, 8), (5.0, 45)):
        check(submission, X, eps, min_samples)
        check(submission, 0.25 * X, 0.25 * eps, min_samples)


@case("agreement", hint="The sample itself counts, and exactly min_samples is enough.")
def test_several_min_samples(submission, rng):
    """min_samples from 1 to 8 on the same data"""
    X = datasets.drawn_until(lambda X: is_certain(X, 0.8, 1), lambda: datasets.blobs(rng, 60, 2, 3))
    for min_samples in (1, 2, 3, 4, 8):
        check(submission, X, 0.8, min_samples)


@case("agreement", hint="A border sample belongs to a cluster, but the cluster does not grow on from it.")
def test_clusters_that_share_a_border(submission, rng):
    """Two dense groups with one sample between them that is near both"""
    group = np.array([[0.0, 0.0], [0.0, 1.0], [0.0, -1.0], [-1.0, 0.0], [-0.5, 0.5]])
    X = np.vstack([group, [[1.0, 0.0]], group * [-1.0, 1.0] + [2.0, 0.0]])
    check(submission, X[rng.permutation(len(X))], 1.0, 4)


@case("agreement", hint="What looked like noise at first becomes a border when a cluster reaches it.")
def test_borders_that_come_first(submission, rng):
    """Border samples stand before the core samples that they belong to"""
    X = draw(rng, 60, 2, 0.8, 5)
    right = dbscan(X, 0.8, 5)
    order = np.argsort(right.is_core, kind="stable")
    check(submission, X[order], 0.8, 5)
    check(submission, X[order[::-1]], 0.8, 5)


@case("agreement", hint="Go on from every new core sample, and mind the depth of a recursion.")
def test_a_long_chain(submission, rng):
    """300 samples in a row, in random order, with one gap"""
    places = np.arange(300.0) + 2.0 * (np.arange(300) >= 170)
    check(submission, rng.permutation(places)[:, None] * [[0.5, 0.0]], 0.5, 3)


@case("edge", hint="Subtract coordinates before you square: differences of large squares have few digits left. No tolerance is added to eps.")
def test_a_chain_far_from_zero(submission, rng):
    """300 samples in a row, each barely within eps of the next, or barely beyond: far from zero, and in a small unit"""
    spacing = rng.uniform(0.3, 0.5)
    X = spacing * np.arange(300.0)[:, None]
    # At this place coordinates are rounded by 2e-10 of the spacing.
    for share in (-3e-6, 3e-6):
        check(submission, datasets.with_offset(X, 1e4 * X.std()), spacing / (1.0 + share), 2)
        # The data's scale is 3e-3 here; distances that are no neighbours exceed eps by 1e-10.
        check(submission, 1e-4 * X, 1e-4 * spacing / (1.0 + share), 2)


@case("agreement", hint="Euclidean distance, not the sum or the largest of the differences.")
def test_distances_along_the_diagonal(submission, rng):
    """Groups whose samples differ in both columns alike"""
    steps = np.array([(0.0, 0.0), (0.75, 0.75), (1.5, 1.5), (2.25, 2.25)])
    X = np.vstack([steps, steps * [1.0, -1.0] + [20.0, 0.0], steps * 1.25 + [0.0, 20.0]])
    for eps in (1.0, 1.25, 1.5):
        check(submission, X[rng.permutation(12)], eps, 2)


@case("property", hint="Only distances matter, in the unit of eps.")
def test_other_units_and_places(submission, rng):
    """Data of scale 1e-3 and 1e3, and far from zero"""
    X = draw(rng, 50, 2, 1.0, 4)
    for scale in (1e-3, 1e3):
        check(submission, scale * X, scale, 4)
    far = datasets.with_offset(datasets.dyadic(X), 16_384.0)
    eps = datasets.drawn_until(lambda eps: is_certain(far, eps, 4), lambda: float(rng.uniform(0.9, 1.1)))
    check(submission, far, eps, 4)


@case("property", hint="Core samples, noise and clusters do not depend on the order of the samples.")
def test_the_order_of_the_samples_does_not_matter(submission, rng):
    """Samples in another order"""
    X = draw(rng, 40, 3, 1.6, 4)
    check(submission, X, 1.6, 4)
    check(submission, X[rng.permutation(40)], 1.6, 4)


@case(
    "property",
    given=lambda st: {
        "points": st.lists(st.tuples(*[st.integers(0, 5)] * 2), min_size=1, max_size=10),
        "eps": st.sampled_from([1.0, 2.0, 5.0]),
        "min_samples": st.integers(1, 4),
    },
    examples=20,
)
def test_small_grids(submission, rng, points, eps, min_samples):
    """A few points on a grid, some of them twice"""
    check(submission, np.array(points, dtype=float), eps, min_samples)


@case("edge", hint="Duplicates are neighbours, each of them counts.")
def test_duplicates(submission, rng):
    """A sample that is there five times is a cluster by itself; one that is there four times is noise"""
    X = np.vstack([np.repeat([[3.0, 3.0]], 5, axis=0), np.repeat([[-3.0, 0.0]], 4, axis=0), [[3.0, 3.5]]])
    check(submission, X[rng.permutation(10)], 0.25, 5)


@case("edge", hint="With min_samples = 1 every sample is core.")
def test_no_noise_at_all(submission, rng):
    """min_samples=1, up to 300 clusters of one sample, and eps so large that all are neighbours"""
    X = datasets.dyadic(datasets.gaussian(rng, 20, 2))
    check(submission, X, 0.0078125, 1)
    check(submission, X, 100.0, 20)
    check(submission, rng.permutation(np.arange(300.0))[:, None], 0.5, 1)


@case("edge", hint="All labels are -1, and there are no core samples.")
def test_nothing_but_noise(submission, rng):
    """Nobody has enough neighbours"""
    X = 4.0 * np.arange(10.0)[:, None] + datasets.dyadic(rng.uniform(0.0, 1.0, size=(10, 1)))
    check(submission, X, 1.0, 2)
    check(submission, X[:1], 1.0, 2)


@case("edge", hint="fit must set both answers anew, and leave eps and min_samples as they were given.")
def test_one_model_on_several_data(submission, rng):
    """A model fitted to two groups, to nothing but noise, to one group and to the two groups again"""
    group = 0.25 * rng.permutation(np.array([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [2.0, 2.0], [2.0, 1.0]]))
    groups, noise = np.vstack([group, group + 7.0]), 3.0 * rng.permutation(np.arange(12.0))[:, None] * [[1.0, 1.0]]
    model = submission.DBSCAN(eps=0.25, min_samples=2)
    for X in (groups, noise, group, groups):
        compare(model.fit(X), dbscan(X, 0.25, 2))


@case("edge", hint="Parameters may come by position, in the order of the interface.")
def test_parameters_by_position(submission, rng):
    """DBSCAN(1.0, 3) of samples at 0, 1, 2, 3, 3.75 and 10"""
    compare(submission.DBSCAN(1.0, 3).fit(CHAIN), dbscan(CHAIN, 1.0, 3))


def clause_inputs(rng):
    def is_good(X):
        right = dbscan(X, 1.0, 4)
        shared = [len(set(right.labels[near & right.is_core].tolist())) for near in right.is_near]
        return right.margin > 1e-4 and max(shared) == 1 and right.labels.max() > 0 and (right.labels < 0).any()

    return (datasets.drawn_until(is_good, lambda: datasets.dyadic(datasets.blobs(rng, 30, 2, 3, spread=0.7))),)


def clause_answers(model, X):
    labels = array(model.labels_, "labels_", shape=(len(X),), kind="int")
    core = array(model.core_sample_indices_, "core_sample_indices_", shape=(int(dbscan(X, 1.0, 4).is_core.sum()),), kind="int")
    # Names are free: each sample is named by the first one with its label.
    first = np.array([int(np.flatnonzero(labels == label)[0]) for label in labels])
    return {"core_sample_indices_": core, "labels_": np.where(labels == -1, -1, first)}


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, X: submission.DBSCAN(eps=1.0, min_samples=4).fit(X),
        answers=clause_answers,
        refit=lambda model, X: model.fit(X),
    )
)

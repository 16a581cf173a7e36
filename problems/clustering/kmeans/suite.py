"""Hidden cases of k-means: every step is pinned, so centres, labels and inertia are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, at_most, close_to, equal_to, number
from judge.clauses import Description, common_clauses
from judge.suite import case, picture, race
from reference.cluster import lloyd, squared_distances

# The statement's number. Measured: honest variants differ by 1e-12 of the spread, the nearest mistake by 1e-3.
ACCURACY = 1e-6
# No sample's two nearest centres may be closer than this in any step of the reference, so labels are certain.
MARGIN = 1e-4


def compare(model, X, init, max_iter=300):
    """Compare a fitted model with the exact steps, in units of the data's spread."""
    right = lloyd(X, init, max_iter)
    spread = np.sqrt(X.var(axis=0).sum())
    close_to(model.cluster_centers_, right.centers, ACCURACY, "cluster_centers_", scale=spread)
    equal_to(model.labels_, right.labels, "labels_")
    close_to(model.inertia_, right.inertia, ACCURACY, "inertia_", scale=max(right.inertia, len(X) * spread**2 * 1e-3))


def fit_and_compare(submission, X, init, max_iter=300):
    """Fit once and compare."""
    model = submission.KMeans(n_clusters=len(init), init=init, max_iter=max_iter).fit(X)
    compare(model, X, init, max_iter)
    return model


def start_from(rng, draw, n_clusters, *, min_steps=1, is_good=lambda right: True):
    """Draw data and starting centres whose assignments are all certain."""

    def draw_both():
        X = draw()
        return X, X[rng.choice(len(X), size=n_clusters, replace=False)].copy()

    def is_certain(drawn):
        right = lloyd(*drawn)
        filled = len(set(right.labels.tolist())) == n_clusters
        return right.margin > MARGIN and right.n_iter >= min_steps and filled and is_good(right)

    return datasets.drawn_until(is_certain, draw_both)


@case("sample")
def test_two_obvious_groups(submission, rng):
    """Six points in two groups"""
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [8.0, 8.0], [8.0, 9.0], [9.0, 8.0]])
    fit_and_compare(submission, X, np.array([[0.0, 0.0], [8.0, 8.0]]))


@case("sample")
def test_predict_on_new_points(submission, rng):
    """New points go to the nearest centre"""
    X = np.array([[0.0], [1.0], [10.0], [11.0]])
    model = submission.KMeans(n_clusters=2, init=np.array([[0.0], [10.0]])).fit(X)
    equal_to(model.predict(np.array([[2.0], [7.0], [-50.0], [100.0]])), [0, 1, 0, 1], "predict(X)")


@case("sample", hint="With max_iter=1 the centres move exactly once; labels_ are those of the moved centres.")
def test_one_step(submission, rng):
    """A single update, worked out by hand"""
    X = np.array([[0.0], [4.0], [5.0], [20.0]])
    model = submission.KMeans(n_clusters=2, init=np.array([[0.0], [5.0]]), max_iter=1).fit(X)
    close_to(model.cluster_centers_, [[0.0], [29.0 / 3.0]], ACCURACY, "cluster_centers_")
    equal_to(model.labels_, [0, 0, 1, 1], "labels_")


@case("agreement", sizes=(6, 12, 60), hint="Centres are means over samples, column by column.")
def test_blobs(submission, rng, size):
    """Clouds of points"""
    X, init = start_from(rng, lambda: datasets.blobs(rng, size, 2, 3), 3)
    fit_and_compare(submission, X, init)


@case("agreement", sizes=(40, 120), hint="Go on until no assignment changes; a tolerance on the centres stops too early.")
def test_slow_convergence(submission, rng, size):
    """Overlapping clouds that need ten steps or more"""
    X, init = start_from(rng, lambda: datasets.gaussian(rng, size, 2), 3 + size // 40, min_steps=10 if size > 60 else 5)
    fit_and_compare(submission, X, init)


def one_at_a_time(n_samples, n_heavy):
    """Return places from 0 to 1 that the left of two centres gains one in each step, when as many as `n_heavy` more are at 1."""
    places = np.linspace(0.0, 1.0, n_samples)
    left = np.arange(1, n_samples)
    for _ in range(100):
        sums = np.cumsum(places)[:-1]
        means = sums / left, (n_heavy + places.sum() - sums) / (n_heavy + n_samples - left)
        boundaries = np.r_[0.0, (means[0] + means[1]) / 2]
        # Halfway between two boundaries: the first of them leaves the sample to the right, the next one takes it.
        places[1:] = (boundaries[:-1] + boundaries[1:]) / 2
    return places


@case("agreement", hint="Up to 300 updates are the default, and nothing but equal assignments ends them earlier.")
def test_more_steps_than_the_default(submission, rng):
    """A run of 340 small steps, of which the default max_iter allows 300"""
    n_heavy = int(rng.integers(500, 900))
    places = one_at_a_time(340, n_heavy)
    X = 1e-3 * rng.permutation(np.r_[places, np.ones(n_heavy)])[:, None]
    # The boundary between the centres is right of the first sample and left of the second.
    init = 1e-3 * np.array([[0.0], [1.5 * places[1]]])
    compare(submission.KMeans(n_clusters=2, init=init).fit(X), X, init)


@case("agreement", hint="Small moves count as others do: compare assignments, neither centres nor inertias with a tolerance.")
def test_small_steps_beside_large_distances(submission, rng):
    """A run of 200 small steps beside two samples that lie far away"""
    n_heavy = int(rng.integers(500, 900))
    places = one_at_a_time(200, n_heavy)
    near = rng.permutation(np.r_[places, np.ones(n_heavy)])
    # Far samples with a centre of their own make variances and inertia large, which no step changes.
    X = np.r_[near, [90.0, 110.0]][:, None]
    init = np.array([[0.0], [1.5 * places[1]], [100.0]])
    compare(submission.KMeans(n_clusters=3, init=init).fit(X), X, init)


@case("agreement", hint="max_iter counts centre updates; labels_ and inertia_ belong to the centres after the last one.")
def test_stopped_by_max_iter(submission, rng):
    """One, two and five updates of a run that would need more"""
    X, init = start_from(rng, lambda: datasets.gaussian(rng, 80, 2), 5, min_steps=9)
    for max_iter in (1, 2, 5):
        fit_and_compare(submission, X, init, max_iter)


@case("agreement", sizes=(60, 200), hint="Use squared differences; the dot-product form loses all digits far from zero.")
def test_far_from_zero(submission, rng, size):
    """Data offset by ten thousand times its spread"""
    n_clusters, min_steps = (4, 6) if size < 100 else (5, 12)
    X, init = start_from(rng, lambda: datasets.with_offset(datasets.gaussian(rng, size, 2), 1e4), n_clusters, min_steps=min_steps)
    fit_and_compare(submission, X, init)


@case("agreement", hint="An absolute tolerance stops at once when the data is small.")
def test_small_scale(submission, rng):
    """Data of scale one thousandth"""
    X, init = start_from(rng, lambda: 1e-3 * datasets.gaussian(rng, 60, 3), 4, min_steps=6)
    fit_and_compare(submission, X, init)


@case("agreement")
def test_columns_of_different_scale(submission, rng):
    """Distances are taken as they are, nothing is standardised"""
    X, init = start_from(rng, lambda: datasets.mixed_scales(rng, 60, 3, 0.1, 10.0), 3, min_steps=3)
    fit_and_compare(submission, X, init)


@case("agreement", hint="Euclidean distance: the sum of absolute differences picks other centres.")
def test_many_features(submission, rng):
    """Eight columns"""
    X, init = start_from(rng, lambda: datasets.gaussian(rng, 60, 8), 4, min_steps=4)
    fit_and_compare(submission, X, init)


@case("property", given=lambda st: {"points": st.lists(st.tuples(*[st.integers(-20, 20)] * 2), min_size=4, max_size=12, unique=True)})
def test_centres_are_means_of_their_samples(submission, rng, points):
    """At the end each centre is the mean of the samples that carry its label"""
    X = np.array(points, dtype=float)
    model = submission.KMeans(n_clusters=2, init=X[:2]).fit(X)
    labels = array(model.labels_, "labels_", shape=(len(X),), kind="int")
    centers = array(model.cluster_centers_, "cluster_centers_", shape=(2, 2))
    for k in range(2):
        if (labels == k).any():
            close_to(centers[k], X[labels == k].mean(axis=0), ACCURACY, f"cluster_centers_[{k}]", scale=20.0)


@case("property", given=lambda st: {"points": st.lists(st.tuples(*[st.integers(-20, 20)] * 2), min_size=4, max_size=12, unique=True)})
def test_labels_and_inertia_fit_the_centres(submission, rng, points):
    """labels_ and inertia_ are those of cluster_centers_, and predict gives the same labels"""
    X = np.array(points, dtype=float)
    model = submission.KMeans(n_clusters=3, init=X[:3], max_iter=2).fit(X)
    centers = array(model.cluster_centers_, "cluster_centers_", shape=(3, 2))
    distances = squared_distances(X, centers)
    labels = array(model.labels_, "labels_", shape=(len(X),), kind="int")
    at_most(float(((labels < 0) | (labels > 2)).sum()), 0, "the number of labels that name no centre")
    excess = distances[np.arange(len(X)), labels] - distances.min(axis=1)
    at_most(float(excess.max()), 1e-6, "how much farther than the nearest centre the labelled one is (squared)")
    close_to(model.inertia_, distances.min(axis=1).sum(), ACCURACY, "inertia_", scale=1.0 + distances.min(axis=1).sum())
    predicted = array(model.predict(X), "predict(X)", shape=(len(X),), kind="int")
    at_most(float((distances[np.arange(len(X)), predicted % 3] - distances.min(axis=1)).max()), 1e-6, "the excess of predict(X)")


@case("property", hint="More updates can only lower the inertia.")
def test_inertia_never_rises(submission, rng):
    """Inertia falls from step to step"""
    X, init = start_from(rng, lambda: datasets.gaussian(rng, 60, 2), 4, min_steps=6)
    previous = float(squared_distances(X, init).min(axis=1).sum())
    for max_iter in range(1, 6):
        model = submission.KMeans(n_clusters=4, init=init, max_iter=max_iter).fit(X)
        inertia = number(model.inertia_, "inertia_")
        at_most(inertia - previous, ACCURACY * previous, f"the rise of inertia_ at update {max_iter}")
        close_to(inertia, lloyd(X, init, max_iter).inertia, ACCURACY, "inertia_")
        previous = inertia


@case("property", hint="Centre k starts at init[k] and stays number k.")
def test_order_of_init_is_kept(submission, rng):
    """Reordering init reorders the centres and nothing else"""
    X, init = start_from(rng, lambda: datasets.blobs(rng, 40, 2, 3), 3)
    order = np.array([2, 0, 1])
    fit_and_compare(submission, X, init)
    fit_and_compare(submission, X, init[order])


@case("edge", hint="Skip the update of a centre that has no samples; the mean of nothing is NaN.")
def test_an_empty_cluster_keeps_its_centre(submission, rng):
    """A starting centre far from all samples stays where it is, and one that has moved stays where it moved to"""
    X, init = start_from(rng, lambda: datasets.blobs(rng, 20, 2, 2), 2)
    fit_and_compare(submission, X, np.vstack([init[:1], [[1e3, 1e3]], init[1:]]))
    # The last centre moves to the mean of two samples, (6.5, 7.5), and then loses both to the others.
    X = np.array([[10.0, 5.0], [0.0, 7.0], [3.0, 10.0], [2.0, 9.0]])
    fit_and_compare(submission, X, np.array([[14.0, 4.0], [0.0, -3.0], [14.0, 5.0]]))


@case("edge", hint="The mean of one sample is that sample.")
def test_one_sample_is_enough_to_move_a_centre(submission, rng):
    """A cluster of a single sample: its centre moves there"""
    X, init = start_from(rng, lambda: datasets.blobs(rng, 20, 2, 2), 2)
    far = np.array([[1e3, 1e3]])
    fit_and_compare(submission, np.vstack([X, far]), np.vstack([init, far + 50.0]))


@case("edge", hint="argmin takes the first of equal distances, which is the rule asked for.")
def test_a_tie_goes_to_the_lowest_index(submission, rng):
    """Samples exactly between two centres, in fit and in predict"""
    X = np.array([[0.0, 0.0], [2.0, 0.0], [4.0, 0.0], [2.0, 2.0], [2.0, -6.0]])
    for init in (np.array([[0.0, 0.0], [4.0, 0.0]]), np.array([[4.0, 0.0], [0.0, 0.0]])):
        fit_and_compare(submission, X, init, max_iter=1)
    # The centres are 2 and 12, in either order: 7 is in the middle.
    X = np.array([[0.0], [4.0], [10.0], [14.0]])
    for init in (np.array([[0.0], [10.0]]), np.array([[10.0], [0.0]])):
        model = fit_and_compare(submission, X, init)
        equal_to(model.predict(np.array([[7.0]])), [0], "predict([[7]])")


@case("edge")
def test_one_cluster(submission, rng):
    """With one cluster the centre is the mean of everything"""
    X = datasets.gaussian(rng, 10, 3)
    fit_and_compare(submission, X, X[:1].copy())


@case("edge")
def test_as_many_clusters_as_samples(submission, rng):
    """Every sample its own centre: inertia zero"""
    X = datasets.lattice(rng, 1, 2) + np.array([[0.0, 0.0], [3.0, 1.0], [7.0, 7.0]])
    model = fit_and_compare(submission, X, X.copy())
    close_to(model.inertia_, 0.0, 1e-9, "inertia_", scale=1.0)


@case("edge", hint="Duplicates count as often as they occur.")
def test_duplicated_samples(submission, rng):
    """Repeated samples pull the centre"""
    X, init = start_from(rng, lambda: datasets.with_repeated_row(datasets.blobs(rng, 12, 2, 2), 20), 2, is_good=lambda r: r.n_iter < 50)
    fit_and_compare(submission, X, init)


# `init` belongs to a model, so one is taken for all.
CLAUSE_INIT = np.array([[-4.0, -2.0], [4.0, -2.0], [0.0, 5.0]])


def clause_inputs(rng, n_samples=24):
    def draw():
        places = CLAUSE_INIT[np.arange(n_samples) % 3] + rng.normal(size=2)
        return datasets.dyadic(rng.permutation(places + 1.5 * rng.normal(size=(n_samples, 2))))

    return datasets.drawn_until(lambda X: lloyd(X, CLAUSE_INIT).margin > 0.05, draw), CLAUSE_INIT


def clause_answers(model, X, init):
    return {
        "cluster_centers_": array(model.cluster_centers_, "cluster_centers_", shape=(3, 2)),
        "labels_": array(model.labels_, "labels_", shape=(len(X),), kind="int"),
        "inertia_": np.array(number(model.inertia_, "inertia_")),
        "predict(X)": array(model.predict(X), "predict(X)", shape=(len(X),), kind="int"),
    }


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, X, init: submission.KMeans(n_clusters=3, init=init).fit(X),
        answers=clause_answers,
        rows=("predict",),
        refit=lambda model, X, init: model.fit(X),
        others=lambda rng: clause_inputs(rng, n_samples=31),
    )
)


@case("edge", hint="fit starts from init every time, and must not have moved init itself.")
def test_fitting_again_starts_from_init(submission, rng):
    """A second fit starts from init, not from the centres of the first"""
    X, init = start_from(rng, lambda: datasets.gaussian(rng, 60, 2), 4, min_steps=6)
    # Twice as wide, so that every centre ends far from where it began.
    other = 2.0 * datasets.gaussian(rng, 60, 2)
    model = submission.KMeans(n_clusters=4, init=init, max_iter=2)
    model.fit(other)
    model.fit(X)
    compare(model, X, init, max_iter=2)


def same_clustering(mine, rival):
    """Labels and centres of a timed run are those of the rival, and so right."""
    centers, labels = mine
    right_centers, right_labels = np.asarray(rival[0]), np.asarray(rival[1])
    close_to(centers, right_centers, ACCURACY, "cluster_centers_", scale=5.0)
    # On thousands of samples a few lie between two centres to the last digit.
    labels = array(labels, "labels_", shape=right_labels.shape, kind="int")
    at_most(float((labels != right_labels).mean()), 1e-3, "the share of labels_ that differ")


@race(limit=100.0, agree=same_clustering, hint="Compute all distances at once with broadcasting; a Python loop over samples is too slow.")
def test_time_on_three_thousand_samples(contender, rng):
    """3000 samples, 8 columns, 6 clusters, 15 updates"""
    X = datasets.blobs(rng, 3000, 8, 6, spread=3.0)
    model = contender.KMeans(n_clusters=6, init=X[:6].copy(), max_iter=15).fit(X)
    return model.cluster_centers_, model.labels_


@picture
def clusters(axes, answers):
    """Samples by label, centres as crosses (the first two columns)"""
    X = flat(answers.given("fit", 0))
    axes.scatter(*X, c=answers["labels_"] if "labels_" in answers else "grey", s=14, cmap="tab10", vmin=0, vmax=9)
    axes.scatter(*flat(answers["cluster_centers_"]), c="black", marker="x", s=60)


def flat(X):
    """Return two coordinates of each row."""
    return X[:, 0], X[:, 1] if X.shape[1] > 1 else np.zeros(len(X))

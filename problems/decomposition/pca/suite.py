"""Hidden cases of PCA: eigenvalues directly, components up to sign and by what their eigenvalue gaps determine."""

import numpy as np

from judge import datasets
from judge.agreement import array, at_most, close_to
from judge.clauses import Description, common_clauses
from judge.suite import case, picture, race
from reference.decomposition import nearest_signs, principal_components, projector

# All are the statement's numbers. Honest solutions reach 1e-13 of the largest eigenvalue once the data is centred;
# one pass over data at an offset of 1e5 is off by 1e-7 and more, and dividing by n by 1/n.
EIGENVALUES = 1e-9
# Divided by the gap, for that is how far an inexact matrix or an iteration's last step turns a component. Direct
# solvers reach 1e-15 / gap, a power iteration that stops at steps of 1e-8 reaches 1e-8 / gap.
COMPONENTS = 1e-7
# Scores of one and the same set of components: rounding at an offset of 1e5 is 1e-11, other mistakes are of order one.
SCORES = 1e-6


def compare(model, X, n_components):
    """Compare a fitted model with all that the data determines."""
    right = principal_components(X)
    close_to(model.mean_, right.mean, EIGENVALUES, "mean_", scale=np.abs(X).max())
    variances = right.variances[:n_components]
    close_to(model.explained_variance_, variances, EIGENVALUES, "explained_variance_", scale=right.variances[0])
    rows = array(model.components_, "components_", shape=(n_components, X.shape[1]))
    close_to((rows**2).sum(axis=1), np.ones(n_components), SCORES, "the squared lengths of the rows of components_")
    for run in right.groups(n_components):
        tolerance = COMPONENTS / right.gap(run)
        if run.stop - run.start == 1:
            expected = nearest_signs(rows[run], right.components[run])
            close_to(rows[run], expected, tolerance, f"components_[{run.start}] (its sign is free)", scale=1.0)
        else:
            name = f"the projector onto components_[{run.start}:{run.stop}], whose eigenvalues are equal,"
            close_to(projector(rows[run]), projector(right.components[run]), tolerance, name, scale=1.0)
    compare_scores(model, X, rows, right.mean)


def compare_scores(model, X, rows, mean):
    """Compare transform(X) with the scores along the submission's own rows."""
    scores = (X - mean) @ rows.T
    close_to(model.transform(X), scores, SCORES, "transform(X)", hint="Subtract mean_, then multiply by components_.T.")


def fit_and_compare(submission, X, n_components):
    """Fit once and compare."""
    model = submission.PCA(n_components=n_components).fit(X)
    compare(model, X, n_components)
    return model


def spread_spectrum(p, ratio=0.6):
    """Return p eigenvalues, the largest first, in a geometric sequence."""
    return ratio ** np.arange(p)


def well_separated(n_components, draw):
    """Draw until the leading eigenvalues are as far apart as the statement says, and twice that."""

    def is_separated(X):
        right = principal_components(X)
        runs = right.groups(n_components)
        return len(runs) == n_components and min(right.gap(run) for run in runs) > 0.02

    return datasets.drawn_until(is_separated, draw)


@case("sample")
def test_points_on_a_line(submission, rng):
    """Three points on a diagonal: one component, (1, 1)/√2, and variance 2"""
    X = np.array([[1.0, 2.0], [2.0, 3.0], [3.0, 4.0]])
    model = fit_and_compare(submission, X, 1)
    close_to(model.explained_variance_, [2.0], EIGENVALUES, "explained_variance_")


@case("sample", hint="The mean is (3, 5); the variances are 8/3 and 2/3.")
def test_a_cross(submission, rng):
    """Four points around (3, 5): the axes are the components"""
    X = np.array([[5.0, 5.0], [1.0, 5.0], [3.0, 6.0], [3.0, 4.0]])
    model = fit_and_compare(submission, X, 2)
    close_to(model.explained_variance_, [8 / 3, 2 / 3], EIGENVALUES, "explained_variance_")


@case("agreement", sizes=(5, 12, 80), hint="Centre the columns; divide by n - 1; the largest eigenvalue comes first.")
def test_two_of_four_components(submission, rng, size):
    """Two components of data with four columns"""
    X = datasets.with_covariance(rng, size, [4.0, 2.0, 1.0, 0.5]) + np.array([3.0, -2.0, 5.0, 1.0])
    fit_and_compare(submission, X, 2)


@case("agreement", sizes=(3, 6), hint="Components are rows: NumPy's eigh gives columns, its svd gives rows.")
def test_all_components(submission, rng, size):
    """As many components as columns"""
    X = datasets.with_covariance(rng, 4 * size, spread_spectrum(size)) + rng.uniform(2.0, 4.0, size)
    fit_and_compare(submission, X, size)


@case("agreement", hint="Subtract the mean from the data first; a difference of large products has no digits left.")
def test_far_from_zero(submission, rng):
    """Data offset by ten thousand and a hundred thousand times its spread"""
    for offset, n_samples in ((1e5, 25), (-1e5, 60), (1e4, 40)):
        fit_and_compare(submission, datasets.with_covariance(rng, n_samples, [1.0, 0.5, 0.2]) + offset, 2)
    # Twelve values of deviation 1/5 or 1/10 are less than 1 apart, a part in 100 000: they vary all the same.
    fit_and_compare(submission, datasets.with_covariance(rng, 12, [1.0, 0.04, 0.01], is_rotated=False) + 1e5, 2)


@case("agreement", hint="Columns are centred only; dividing them by their standard deviations gives other components.")
def test_columns_of_different_scale(submission, rng):
    """Columns whose scales run from 0.5 to 8"""
    scales = np.array([1.0, 8.0, 0.5, 3.0])
    fit_and_compare(submission, well_separated(2, lambda: datasets.with_covariance(rng, 30, [1.0, 0.7, 0.4, 0.2]) * scales), 2)


@case("agreement", hint="Neither eigh nor eig gives the largest eigenvalue first; sort values and vectors together.")
def test_order_of_the_eigenvalues(submission, rng):
    """The columns themselves are the components, in no order"""
    for order in ([0.2, 1.0, 0.5, 3.0, 0.8], [0.1, 0.4, 0.7, 1.5, 2.0], [2.0, 0.3, 1.4, 0.9, 0.6]):
        fit_and_compare(submission, datasets.with_covariance(rng, 25, order, is_rotated=False) + 1.0, 3)


@case("agreement")
def test_small_and_large_scales(submission, rng):
    """Data of scale 0.001 and 1000"""
    for scale in (1e-3, 1e3):
        X = scale * (datasets.with_covariance(rng, 20, [1.0, 0.6, 0.3, 0.1]) + 2.0)
        fit_and_compare(submission, X, 3)


@case("agreement", sizes=(8, 30), hint="The covariance is rank-deficient here; the leading components are not harmed.")
def test_fewer_samples_than_features(submission, rng, size):
    """More columns than rows"""
    n_samples = 4 if size < 10 else 10
    rank = n_samples - 1
    scores = datasets.with_covariance(rng, n_samples, spread_spectrum(rank, 0.7), is_rotated=False)
    axes = datasets.orthonormal(rng, size, rank).T
    fit_and_compare(submission, scores @ axes + rng.normal(size=size), rank)


@case("agreement", hint="The nearer two eigenvalues, the slower an iteration; let it run until the component settles.")
def test_eigenvalues_close_together(submission, rng):
    """Two leading eigenvalues that differ by one part in a hundred"""
    # Several times, because the start of an iteration may happen to lie well.
    for _ in range(4):
        fit_and_compare(submission, datasets.with_covariance(rng, 60, [1.0, 0.99, 0.5, 0.3, 0.1]) + 1.0, 3)


@case("agreement", hint="What is nearest to the last component slows an iteration down, also where it is not asked for.")
def test_an_eigenvalue_close_to_the_last_one(submission, rng):
    """The first eigenvalue that is left out is a hundredth smaller than the last that is kept"""
    for _ in range(3):
        fit_and_compare(submission, datasets.with_covariance(rng, 60, [1.0, 0.99, 0.5, 0.3, 0.1]) + 1.0, 1)
        fit_and_compare(submission, datasets.with_covariance(rng, 60, [1.0, 0.5, 0.49, 0.1]) + 1.0, 2)


@case("agreement", hint="Where eigenvalues are equal, only the space that their components span is determined.")
def test_equal_eigenvalues(submission, rng):
    """A pair of equal eigenvalues between two others"""
    directions = np.array([[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]])
    half = (np.array([3, 2, 2, 1])[:, None] * directions)[:, rng.permutation(4)]
    X = np.vstack([half, -half])[rng.permutation(8)] * rng.choice([1.0, 2.0, 4.0])
    fit_and_compare(submission, X, 3)


@case("property", hint="Each component must have one sign, in components_ and in transform.")
def test_scores_of_new_data(submission, rng):
    """New data is centred by the mean of the old, and projected on components_"""
    X = datasets.with_covariance(rng, 30, spread_spectrum(5)) + 2.0
    model = fit_and_compare(submission, X, 4)
    rows = array(model.components_, "components_", shape=(4, 5))
    compare_scores(model, 3.0 * rng.normal(size=(7, 5)) - 4.0, rows, X.mean(axis=0))


@case("property", hint="The scores of the training data have variances explained_variance_ and are not correlated.")
def test_scores_are_uncorrelated(submission, rng):
    """The covariance of the scores is diagonal, with explained_variance_ on it"""
    X = datasets.with_covariance(rng, 24, spread_spectrum(6)) - 3.0
    model = submission.PCA(n_components=4).fit(X)
    scores = array(model.transform(X), "transform(X)", shape=(24, 4))
    variances = array(model.explained_variance_, "explained_variance_", shape=(4,))
    close_to(np.cov(scores, rowvar=False), np.diag(variances), SCORES, "the covariance of transform(X)", scale=1.0)
    close_to(scores.mean(axis=0), np.zeros(4), SCORES, "the mean of transform(X)", scale=1.0)


@case("property", hint="With all components nothing is lost.")
def test_data_comes_back(submission, rng):
    """mean_ + transform(X) @ components_ is X when all components are kept"""
    X = datasets.with_covariance(rng, 15, spread_spectrum(4)) + 5.0
    model = submission.PCA(n_components=4).fit(X)
    scores = array(model.transform(X), "transform(X)", shape=(15, 4))
    rows = array(model.components_, "components_", shape=(4, 4))
    back = array(model.mean_, "mean_", shape=(4,)) + scores @ rows
    close_to(back, X, SCORES, "mean_ + transform(X) @ components_")
    distance = float(np.abs(rows @ rows.T - np.eye(4)).max())
    at_most(distance, SCORES, "the distance of components_ @ components_.T from the identity")


@case("edge", hint="One column has the component 1 or -1; two samples have one direction, the line through them.")
def test_one_column_or_two_rows(submission, rng):
    """The smallest data: a single column, and two samples"""
    fit_and_compare(submission, rng.normal(size=(9, 1)) + 4.0, 1)
    fit_and_compare(submission, 5.0 + np.vstack([rng.uniform(1.0, 2.0, 3), -rng.uniform(1.0, 2.0, 3)]), 1)


@case("edge", hint="A repeated or constant column lowers the rank, and the components within the rank stay determined.")
def test_repeated_and_constant_columns(submission, rng):
    """Columns that repeat another or never change"""

    def draw():
        X = datasets.dyadic(datasets.with_covariance(rng, 20, [4.0, 2.0, 1.0]))
        return datasets.with_constant_column(datasets.with_duplicate_column(X), 7.0)

    fit_and_compare(submission, well_separated(3, draw), 3)


def clause_inputs(rng):
    return (datasets.dyadic(2.0 * datasets.with_covariance(rng, 20, [4.0, 2.0, 1.0, 0.5]) + 1.0),)


def clause_answers(model, X):
    rows = array(model.components_, "components_", shape=(2, 4))
    # Signs are free, so they are turned to those of the reference.
    right = principal_components(X.astype(float)).components[:2]
    signs = np.where((rows * right).sum(axis=1) < 0, -1.0, 1.0)
    return {
        "mean_": array(model.mean_, "mean_", shape=(4,)),
        "components_": signs[:, None] * rows,
        "explained_variance_": array(model.explained_variance_, "explained_variance_", shape=(2,)),
        "transform(X)": signs * array(model.transform(X), "transform(X)", shape=(len(X), 2)),
    }


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, X: submission.PCA(n_components=2).fit(X),
        answers=clause_answers,
        rows=("transform",),
        refit=lambda model, X: model.fit(X),
        # The statement's number; the same arithmetic on the same numbers. float32 is off by 1e-7.
        float32_tolerance=EIGENVALUES,
    ),
)


def same_components(mine, rival):
    """Variances and components of a timed run are those of the rival, up to signs."""
    variances, rows = mine
    right_variances, right_rows = np.asarray(rival[0]), np.asarray(rival[1])
    close_to(variances, right_variances, EIGENVALUES, "explained_variance_")
    rows = array(rows, "components_", shape=right_rows.shape)
    # The race's leading eigenvalues are a fifth of the largest apart.
    close_to(rows, nearest_signs(rows, right_rows), 5 * COMPONENTS, "components_ (signs are free)", scale=1.0)


@race(limit=100.0, agree=same_components, hint="Stop iterating once a component no longer moves, or use np.linalg.")
def test_time_on_six_hundred_samples(contender, rng):
    """600 samples, 30 columns, 4 components"""
    X = datasets.with_covariance(rng, 600, [1.0, 0.8, 0.6, 0.4, *np.linspace(0.1, 0.05, 26)]) + 2.0
    model = contender.PCA(n_components=4).fit(X)
    return model.explained_variance_, model.components_


@picture
def directions(axes, answers):
    """Centred data with the components, as long as their standard deviations (the first two columns)"""
    X = answers.given("fit", 0) - answers["mean_"]
    axes.scatter(X[:, 0], X[:, 1], c="grey", s=14)
    components = answers["components_"] if "components_" in answers else np.empty((0, 2))
    for component, variance in zip(components, answers["explained_variance_"]):
        along = np.sqrt(np.abs(variance)) * component
        axes.annotate("", along[:2], (0, 0), arrowprops={"arrowstyle": "->", "color": "tab:red"})

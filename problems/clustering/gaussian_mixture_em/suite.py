"""Hidden cases of the Gaussian mixture: start and steps are given, so that all parameters are compared."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, equal_to, fitted, log_probabilities, monotone, probability_rows
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.mixture import Mixture, expectation_maximisation

# The statement's number. float64 reaches 1e-9 after 30 steps; the nearest mistake, a step too few of many, moves means
# by 1e-3 on data that is drawn until the last step still counts.
ACCURACY = 1e-6
MOVES = 1e-3
# The statement's numbers: shares nearer to each other are not judged by their order, no component dies, and covariances
# stay well conditioned, so that rounding is far below the accuracy whatever factors or inverses are taken.
CLEAR = 1e-3
SMALLEST = 0.5
CONDITION = 1e4


def clouds(rng, n_samples, n_features, n_components, *, spread=3.0):
    """Return overlapping clouds with covariances of their own."""
    members = rng.permutation(np.arange(n_samples) % n_components)
    centres = spread * rng.normal(size=(n_components, n_features))
    shapes = np.eye(n_features) + 0.4 * rng.normal(size=(n_components, n_features, n_features))
    return centres[members] + np.einsum("ijk,ik->ij", shapes[members], rng.normal(size=(n_samples, n_features)))


def start_for(rng, X, n_components):
    """Return a start: means at samples, weights that differ, covariances that are not diagonal."""
    n_features = X.shape[1]
    weights = rng.dirichlet(np.full(n_components, 8.0))
    means = X[rng.choice(len(X), size=n_components, replace=False)]
    roots = np.eye(n_features) + 0.3 * rng.normal(size=(n_components, n_features, n_features))
    scale = X.std(axis=0)
    return Mixture(weights, means, (roots @ roots.swapaxes(1, 2)) * scale[:, None] * scale)


def is_fair(X, start, n_steps, reg_covar=1e-6, condition=CONDITION):
    """Tell whether no component dies or collapses on the way, and the last step still moves means."""
    if np.linalg.cond(start.covariances).max() > condition:
        return False
    mixture = start
    for _ in range(n_steps):
        before, mixture = mixture, mixture.stepped(X, reg_covar)
        if mixture.weights.min() * len(X) < SMALLEST or np.linalg.cond(mixture.covariances).max() > condition:
            return False
    return np.abs(mixture.means - before.means).max() > MOVES * X.std(axis=0).max()


def drawn(rng, draw, n_components, n_steps, shows=lambda X, start: True):
    """Draw samples and a start that keep the statement's promises, and on which the case's mistake shows."""

    def draw_both():
        X = draw()
        return X, start_for(rng, X, n_components)

    return datasets.drawn_until(lambda it: is_fair(*it, n_steps) and shows(*it), draw_both)


def mixture_model(submission, start, n_steps, **options):
    return submission.GaussianMixture(start.weights, start.means, start.covariances, n_steps, **options)


def compare_parameters(model, right, X):
    """Compare weights, means and covariances in the statement's units."""
    unit = float(X.std(axis=0).max())
    close_to(model.weights_, right.weights, ACCURACY, "weights_", scale=1.0)
    close_to(model.means_, right.means, ACCURACY, "means_", scale=unit)
    close_to(model.covariances_, right.covariances, ACCURACY, "covariances_", scale=unit**2)


def compare_rows(model, right, rows):
    """Compare what is said of rows."""
    log_probabilities(model.score_samples(rows), right.score_samples(rows), ACCURACY, "score_samples(X)")
    shares = right.shares(rows)
    mine = probability_rows(model.predict_proba(rows), "predict_proba(X)", shape=shares.shape, tolerance=ACCURACY)
    close_to(mine, shares, ACCURACY, "predict_proba(X)", scale=1.0)
    ordered = np.sort(shares, axis=1)
    is_clear = ordered[:, -1] - (ordered[:, -2] if shares.shape[1] > 1 else -1.0) > CLEAR
    labels = model.predict(rows)
    equal_to(labels, shares.argmax(axis=1), "predict(X)", where=is_clear, hint="The component with the largest share r.")


def check(submission, X, start, n_steps, rows=None, reg_covar=1e-6):
    """Fit once and compare everything; return the model."""
    model = fitted(mixture_model(submission, start, n_steps, reg_covar=reg_covar), X)
    right, likelihoods = expectation_maximisation(start, X, n_steps, reg_covar)
    log_probabilities(model.log_likelihoods_, likelihoods, ACCURACY, "log_likelihoods_")
    compare_parameters(model, right, X)
    compare_rows(model, right, X if rows is None else rows)
    return model


@case("sample", hint="With one component all shares are 1: the mean is 2, and the variance 2/3 plus reg_covar.")
def test_one_component_by_hand(submission, rng):
    """1, 2 and 3 with one component: mean 2, variance 2/3 + 0.5"""
    start = Mixture(np.ones(1), np.zeros((1, 1)), np.ones((1, 1, 1)))
    X = np.array([[1.0], [2.0], [3.0]])
    model = check(submission, X, start, 1, reg_covar=0.5)
    close_to(model.covariances_, [[[2.0 / 3.0 + 0.5]]], ACCURACY, "covariances_")


@case("sample", hint="The shares at 0 are equal by symmetry, but for the weights of 1/4 and 3/4.")
def test_two_components_on_a_line(submission, rng):
    """Samples -2, 0 and 2, components at -1 and 1 with weights 1/4 and 3/4, one step"""
    start = Mixture(np.array([0.25, 0.75]), np.array([[-1.0], [1.0]]), np.ones((2, 1, 1)))
    check(submission, np.array([[-2.0], [0.0], [2.0]]), start, 1)


@case("agreement", sizes=(10, 40, 150), hint="Compare one step first: shares, then weights, means, covariances.")
def test_one_step(submission, rng, size):
    """A single step in two dimensions"""
    X, start = drawn(rng, lambda: clouds(rng, size, 2, 2), 2, 1)
    check(submission, X, start, 1)


@case("agreement", sizes=(60,), hint="Each step uses the parameters of the step before, all of them.")
def test_many_steps(submission, rng, size):
    """Several steps of three components, of which the last still moves"""
    for n_steps in (2, 5, 15):
        X, start = drawn(rng, lambda: clouds(rng, size, 2, 3, spread=1.5), 3, n_steps)
        check(submission, X, start, n_steps)


@case("agreement", hint="Covariances are full matrices of the component's own, weighted by its shares.")
def test_more_columns(submission, rng):
    """Three and four columns"""
    for n_features in (3, 4):
        X, start = drawn(rng, lambda: clouds(rng, 90, n_features, 2, spread=1.0), 2, 4)
        check(submission, X, start, 4)


@case("agreement", hint="The weights take part in the shares, and are replaced in every step.")
def test_weights_that_differ(submission, rng):
    """Components of very different weight"""

    def draw():
        X = np.vstack([clouds(rng, 90, 2, 1), 2.0 + clouds(rng, 12, 2, 1, spread=0.5)])
        return X, Mixture(np.array([0.05, 0.95]), X[[3, 95]], np.tile(4.0 * np.eye(2), (2, 1, 1)))

    X, start = datasets.drawn_until(lambda it: is_fair(*it, 4), draw)
    check(submission, X, start, 4)


@case("agreement", hint="reg_covar is added to the diagonal of every new covariance, and to nothing else.")
def test_what_is_added_to_the_variances(submission, rng):
    """reg_covar of 0.3 and 2"""
    for reg_covar in (0.3, 2.0):
        X, start = drawn(rng, lambda: clouds(rng, 50, 2, 2), 2, 3)
        check(submission, X, start, 3, reg_covar=reg_covar)


@case("agreement", hint="Predictions use the parameters after the last step.")
def test_new_rows(submission, rng):
    """Rows that were not in the training data, one of them alone"""
    X, start = drawn(rng, lambda: clouds(rng, 60, 2, 3), 3, 5)
    check(submission, X, start, 5, rows=1.0 + 4.0 * rng.normal(size=(40, 2)))
    check(submission, X, start, 5, rows=rng.normal(size=(1, 2)))


def stopped(X, start, n_steps, reg_covar, is_over):
    """Tell whether ending where `is_over` says of a change of the likelihood would leave means visibly behind."""
    right, likelihoods = expectation_maximisation(start, X, n_steps, reg_covar)
    ends = np.flatnonzero(is_over(np.diff(likelihoods)))
    if not len(ends):
        return False
    early, _ = expectation_maximisation(start, X, int(ends[0]) + 1, reg_covar)
    return np.abs(early.means - right.means).max() > MOVES * X.std(axis=0).max()


@case("agreement", hint="Make exactly n_steps steps: while the likelihood hardly rises, the means may still be on their way.")
def test_steps_that_hardly_count(submission, rng):
    """Two clouds on top of one another and 30 steps, some of which raise the likelihood by less than a millionth"""
    start = Mixture(np.array([0.5, 0.5]), np.array([[-2.0], [2.0]]), np.ones((2, 1, 1)))
    draw = lambda: np.repeat([-1.0, 1.0], 75)[:, None] * float(rng.uniform(0.9, 1.3)) + rng.normal(size=(150, 1))
    X = datasets.drawn_until(lambda X: stopped(X, start, 30, 1e-6, lambda rise: np.abs(rise) < 1e-6), draw)
    check(submission, X, start, 30)


@case("agreement", hint="With reg_covar the likelihood may fall; that ends nothing.")
def test_a_likelihood_that_falls(submission, rng):
    """A reg_covar of 0.5, with which some of 12 steps lower the likelihood"""
    start = Mixture(np.array([0.5, 0.5]), np.array([[-1.0, 0.0], [1.0, 0.0]]), np.tile(np.eye(2), (2, 1, 1)))
    draw = lambda: rng.normal(size=(40, 2))
    X = datasets.drawn_until(lambda X: stopped(X, start, 12, 0.5, lambda rise: rise < -1e-4), draw)
    check(submission, X, start, 12, reg_covar=0.5)


@case("agreement", hint="reg_covar is 1e-6 when none is given, whatever the unit of the columns is.")
def test_the_default_reg_covar(submission, rng):
    """Columns with deviations of some hundredths, whose variances 1e-6 changes visibly"""
    wide = lambda X, start: X.std(axis=0).min() > 0.01
    X, start = drawn(rng, lambda: clouds(rng, 40, 2, 2) / 150.0, 2, 3, wide)
    model = fitted(mixture_model(submission, start, 3), X)
    compare_parameters(model, expectation_maximisation(start, X, 3, 1e-6)[0], X)


@case("property", sizes=(25, 80), hint="Without reg_covar no step lowers the likelihood.")
def test_the_likelihood_never_falls(submission, rng, size):
    """20 steps without anything added"""
    X, start = datasets.drawn_until(lambda it: never_collapses(*it, 20), lambda: two_clouds(rng, size))
    model = fitted(mixture_model(submission, start, 20, reg_covar=0.0), X)
    values = monotone(model.log_likelihoods_, "log_likelihoods_", is_rising=True, tolerance=1e-9, scale=10.0)
    right = expectation_maximisation(start, X, 20, 0.0)[1]
    log_probabilities(values, right, ACCURACY, "log_likelihoods_")


def never_collapses(X, start, n_steps):
    """Tell whether all covariances stay far from singular without help."""
    right, _ = expectation_maximisation(start, X, n_steps, 0.0)
    return right.weights.min() > 0.1 and np.linalg.cond(right.covariances).max() < 100.0


def two_clouds(rng, size):
    """Return well-parted clouds and a start near them."""
    X = np.vstack([rng.normal(size=(size, 2)), 3.0 + rng.normal(size=(size, 2))])
    return X, Mixture(np.array([0.3, 0.7]), np.array([[0.0, 1.0], [2.0, 3.0]]), np.tile(2.0 * np.eye(2), (2, 1, 1)))


@case("property", hint="Nothing depends on units or on where zero is.")
def test_units_and_offsets(submission, rng):
    """Columns in other units and moved by some deviations, with the start moved alike"""
    # The third change of units below multiplies condition numbers by 64 at most.
    is_round = lambda X, start: is_fair(X, start, 4, 0.0, CONDITION / 64.0)
    X, start = drawn(rng, lambda: clouds(rng, 50, 2, 2), 2, 4, is_round)
    for scale, offset in (([100.0, 100.0], 2000.0), ([0.02, 0.02], -0.4), ([4.0, 0.5], 1.0)):
        scale = np.array(scale)
        moved = Mixture(start.weights, scale * start.means + offset, start.covariances * scale[:, None] * scale)
        check(submission, scale * X + offset, moved, 4, reg_covar=0.0)


@case("property", hint="Components keep the order of the start.")
def test_components_in_another_order(submission, rng):
    """The start in another order: everything follows"""
    X, start = drawn(rng, lambda: clouds(rng, 60, 2, 3), 3, 4)
    order = np.roll(np.arange(3), int(rng.integers(1, 3)))
    moved = Mixture(start.weights[order], start.means[order], start.covariances[order])
    check(submission, X, moved, 4)


@case("edge", hint="Work with logarithms of densities: subtract the largest before you take exponentials.")
def test_samples_far_from_everything(submission, rng):
    """Rows, and samples to learn from, at which all densities underflow"""
    X, start = drawn(rng, lambda: clouds(rng, 40, 2, 2), 2, 2)
    check(submission, X, start, 2, rows=np.vstack([300.0 * rng.normal(size=(6, 2)), X[:2]]))

    def draw():
        X = np.vstack([[[120.0, -150.0]], clouds(rng, 40, 2, 2)])
        start = start_for(rng, X[1:], 2)
        return X, Mixture(start.weights, start.means, 0.5 * start.covariances / np.linalg.norm(start.covariances))

    check(submission, *datasets.drawn_until(lambda it: is_fair(*it, 1), draw), 1)


@case("edge", hint="reg_covar keeps a component that sits on a single point from being singular.")
def test_a_component_on_repeated_points(submission, rng):
    """Ten samples at one place, with a component of their own"""
    X = np.vstack([np.full((10, 2), 8.0), clouds(rng, 30, 2, 1, spread=0.3)])
    start = Mixture(np.array([0.5, 0.5]), np.array([[8.0, 8.0], [0.0, 0.0]]), np.tile(np.eye(2), (2, 1, 1)))
    check(submission, X, start, 2, reg_covar=1e-2)


@case("edge", hint="Take the mean away before you square: of large squares the difference has no digits left for reg_covar.")
def test_a_point_far_from_zero(submission, rng):
    """A component on seven equal samples, in columns of deviation 1000 whose means are ten deviations"""

    def draw():
        place = rng.choice([-1.0, 1.0], 4) * rng.uniform(1e4, 1.1e4, 4)
        others = place + 1000.0 * rng.normal(size=(40, 4))
        means = np.stack([place, others.mean(axis=0)])
        start = Mixture(np.array([0.25, 0.75]), means, np.stack([np.eye(4), 1e6 * np.eye(4)]))
        return np.vstack([np.tile(place, (7, 1)), others]), start

    def is_apart(X):
        # Shares are 0 and 1 then, and stay so when the component's variances are those of reg_covar.
        return np.linalg.norm(X[7:] - X[0], axis=1).min() > 100.0

    X, start = datasets.drawn_until(lambda it: is_apart(it[0]), draw)
    # Squares of 1e8 are rounded by 1e-8, which is a hundredth of the default reg_covar.
    check(submission, X, start, 2)


@case("edge", hint="Make n_steps steps and note the likelihood before each of them, also where nothing moves any more.")
def test_steps_that_change_nothing(submission, rng):
    """One component, which is where it stays after a single step, and four steps"""
    X, start = drawn(rng, lambda: clouds(rng, 20, 2, 1), 1, 1)
    check(submission, X, start, 4)


@case("edge", hint="Parameters may come by position: after the start n_steps, then reg_covar.")
def test_all_parameters_by_position(submission, rng):
    """Three steps with a reg_covar of 0.3"""
    X, start = drawn(rng, lambda: clouds(rng, 30, 2, 2), 2, 3)
    model = fitted(submission.GaussianMixture(start.weights, start.means, start.covariances, 3, 0.3), X)
    compare_parameters(model, expectation_maximisation(start, X, 3, 0.3)[0], X)


@case("edge", hint="Keep all axes, also those of length one.")
def test_one_of_everything(submission, rng):
    """A single component; and a single column"""
    X, start = drawn(rng, lambda: clouds(rng, 20, 3, 1), 1, 1)
    check(submission, X, start, 2)
    X, start = drawn(rng, lambda: clouds(rng, 40, 1, 2), 2, 3)
    check(submission, X, start, 3)


@case("edge", hint="fit begins with the given start each time, leaves it as it is, and makes a new list of likelihoods.")
def test_fitting_again_begins_with_the_start(submission, rng):
    """The same model on two data sets in turn, and then another model"""
    X, start = drawn(rng, lambda: clouds(rng, 40, 2, 2), 2, 3)
    others = X[::-1] + 0.5 * rng.normal(size=X.shape)
    model = mixture_model(submission, start, 3)
    for samples in (others, X):
        fitted(model, samples)
    fitted(mixture_model(submission, Mixture(start.weights[::-1], start.means[::-1], start.covariances[::-1]), 2), others)
    right, likelihoods = expectation_maximisation(start, X, 3)
    log_probabilities(model.log_likelihoods_, likelihoods, ACCURACY, "log_likelihoods_")
    compare_parameters(model, right, X)
    compare_rows(model, right, X)


@case("edge", hint="Convert with np.asarray(X, dtype=float) first: float32 has too few digits for narrow components.")
def test_single_precision_arrays(submission, rng):
    """float32 arrays of columns that nearly depend on each other, calculated in float64"""
    # Inverses lose most where two columns are nearly the same, and eigenvectors are exact there; where all directions
    # are mixed, they are not. The mildest mistake, distances alone in float32, needs more than one draw to show.
    for draw in (nearly_the_same, narrow, narrow, narrow):
        X, start = datasets.drawn_until(lambda it: is_far_from_singular(*it), lambda: draw(rng))
        check_single_precision(submission, X, start)


def nearly_the_same(rng):
    """Return two columns and a start whose condition number, 8191, costs float32 four of its seven digits."""
    z = clouds(rng, 60, 1, 2)
    X = datasets.dyadic(50.0 + np.hstack([z, z + 0.02 * rng.normal(size=(60, 1))]), bits=10)
    nearly = 4.0 - 2.0**-10
    covariances = np.tile([[4.0, nearly], [nearly, 4.0]], (2, 1, 1))
    return X, Mixture(np.array([0.25, 0.75]), X[rng.choice(60, size=2, replace=False)], covariances)


def narrow(rng):
    """Return four columns of condition number 250², 15 deviations from zero, and a start of their shape."""
    axes = np.linalg.qr(rng.normal(size=(4, 4)))[0] * np.geomspace(3.0, 3.0 / 250.0, 4)
    X = rng.normal(size=(60, 4)) @ axes.T
    X = in_single_precision(X + 15.0 * X.std(axis=0) * rng.choice([-1.0, 1.0], 4))
    covariances = in_single_precision(np.cov(X.T) * np.array([1.0, 2.0])[:, None, None])
    return X, Mixture(np.array([0.25, 0.75]), X[rng.choice(60, size=2, replace=False)], covariances)


def in_single_precision(values):
    """Round to numbers that float32 holds."""
    return datasets.float32(values).astype(float)


def is_far_from_singular(X, start):
    return is_fair(X, start, 3, condition=1e5) and (np.abs(X.mean(axis=0)) < 20.0 * X.std(axis=0)).all()


def check_single_precision(submission, X, start):
    """Compare what is made of numbers that float32 holds.

    Arithmetic in float32 moves logarithms of densities by a hundred tolerances,
    and distances alone in float32 by two; float64 reaches 1e-10.
    """
    right, likelihoods = expectation_maximisation(start, X, 3)
    single = Mixture(*map(datasets.float32, (start.weights, start.means, start.covariances)))
    model = fitted(mixture_model(submission, single, 3), datasets.float32(X))
    log_probabilities(model.log_likelihoods_, likelihoods, ACCURACY, "log_likelihoods_")
    compare_parameters(model, right, X)
    compare_rows(model, right, datasets.float32(X))


def clause_inputs(rng):
    def draw():
        X = datasets.dyadic(clouds(rng, 20, 2, 2))
        start = start_for(rng, X, 2)
        return X, np.array([0.25, 0.75]), start.means, datasets.dyadic(start.covariances)

    def is_good(inputs):
        X, *parameters = inputs
        start = Mixture(*parameters)
        if np.linalg.eigvalsh(start.covariances).min() < 0.3 or not is_fair(X, start, 2, condition=30.0):
            return False
        # Labels are compared, so no row may be undecided, in float32 arithmetic either.
        return expectation_maximisation(start, X, 2)[0].shares(X).max(axis=1).min() > 0.52

    return datasets.drawn_until(is_good, draw)


def clause_answers(model, X, weights, means, covariances):
    return {
        "weights_": array(model.weights_, "weights_", shape=weights.shape),
        "means_": array(model.means_, "means_", shape=means.shape),
        "covariances_": array(model.covariances_, "covariances_", shape=covariances.shape),
        "log_likelihoods_": array(model.log_likelihoods_, "log_likelihoods_", shape=(2,)),
        "score_samples(X)": array(model.score_samples(X), "score_samples(X)", shape=(len(X),)),
        "predict_proba(X)": array(model.predict_proba(X), "predict_proba(X)", shape=(len(X), 2)),
        "predict(X)": array(model.predict(X), "predict(X)", shape=(len(X),), kind="int"),
    }


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, X, *start: submission.GaussianMixture(*start, 2).fit(X),
        answers=clause_answers,
        rows=("score_samples", "predict_proba", "predict"),
    )
)

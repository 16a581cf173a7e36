"""Hidden cases of softmax regression: the objective's gap is judged, never coefficients, so any solver is welcome."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, equal_to, gap_at_most, moderate
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.losses import log_softmax
from reference.softmax import softmax_objective, softmax_regression

# The statement's number. Honest solvers reach 1e-5 to 1e-15; data is drawn so that a mistake costs 1e-2 or more.
GAP = 1e-4
VISIBLE = 2e-2
# The statement's number. Probabilities are compared with the model's own scores; float32 arithmetic reaches 1e-6.
PROBABILITY = 1e-5
# With L / mu at most this, gradient descent by 1/L needs about log(1 / GAP) / 2 times as many steps, 9,200.
CONDITION = 2000.0


def parameters(model, n_classes, n_features):
    """Return coef_ and intercept_, converted, and small enough to compute with."""
    coef = array(model.coef_, "coef_", shape=(n_classes, n_features))
    intercept = array(model.intercept_, "intercept_", shape=(n_classes,))
    moderate("coef_ and intercept_", "scores overflow", coef, intercept)
    return coef, intercept


def compare(model, X, y, C, labels=None):
    """Check the classes and the gap of a fitted model; y holds positions in `labels`."""
    n_classes = int(y.max()) + 1
    equal_to(model.classes_, np.arange(n_classes) if labels is None else labels, "classes_")
    coef, intercept = parameters(model, n_classes, X.shape[1])
    gap = softmax_regression(X, y, C).gap(softmax_objective(X, y, C, coef, intercept))
    gap_at_most(float(gap), GAP, "the relative gap of the objective")


def fit_and_compare(submission, X, y, C, labels=None):
    """Fit once and check the gap."""
    given = y if labels is None else np.asarray(labels)[y]
    model = submission.SoftmaxRegression(C=C).fit(X, given)
    compare(model, X, y, C, labels)
    return model


def classes_by(rng, X, n_classes, steepness=2.0, levels=0.0):
    """Draw classes from a softmax model of the standardised columns."""
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    scores = Z @ rng.normal(size=(X.shape[1], n_classes))
    scores = steepness * scores / scores.std(axis=0) + levels
    return (scores + rng.gumbel(size=scores.shape)).argmax(axis=1)


def is_fair(X, y, n_classes, C):
    """Tell whether all classes occur, the features say something, and plain Newton and gradient descent get there."""
    if len(np.unique(y)) < n_classes:
        return False
    fit = softmax_regression(X, y, C)
    design = np.column_stack([X, np.ones(len(X))])
    steepest = np.linalg.eigvalsh(design.T @ design)[-1] / 2.0 + 1.0 / C
    return fit.n_halvings == 0 and fit.null_value - fit.value > 0.05 and steepest < CONDITION * fit.flattest


def drawn(rng, draw, C, n_classes=3, *, label=classes_by, shows=lambda X, y: True):
    """Draw fair data on which the mistake that the case is there for shows."""

    def draw_both():
        X = draw()
        return X, label(rng, X, n_classes)

    return datasets.drawn_until(lambda it: is_fair(*it, n_classes, C) and shows(*it), draw_both)


def cost_of_penalty(X, y, C, penalty, penalty_of_intercept=0.0):
    """Return the gap of an answer found with another penalty."""
    weights = np.append(np.broadcast_to(penalty, X.shape[1]), penalty_of_intercept)
    other = softmax_regression(X, y, C, weights)
    return softmax_regression(X, y, C).gap(softmax_objective(X, y, C, other.coef, other.intercept))


def intercept_shows(C):
    return lambda X, y: cost_of_penalty(X, y, C, 1.0 / C, 1.0 / C) > VISIBLE


def factor_shows(C):
    return lambda X, y: min(cost_of_penalty(X, y, C, factor / C) for factor in (0.5, 2.0)) > VISIBLE


@case("sample", hint="The rows are opposite: minimise 2 log(1 + exp(-2 w)) + w^2 for the rows -w and w.")
def test_two_points(submission, rng):
    """Two points of two classes: coefficients of about -0.521 and 0.521"""
    X, y = np.array([[-1.0], [1.0]]), np.array([0, 1])
    model = fit_and_compare(submission, X, y, 1.0)
    # The stated gap allows 0.006 for each coefficient.
    close_to(parameters(model, 2, 1)[0], [[-0.5213], [0.5213]], 0.02, "coef_", scale=1.0)


@case("sample", hint="Columns of predict_proba are in the order of classes_, and predict returns labels.")
def test_three_groups_on_a_line(submission, rng):
    """Labels -3, 2 and 70 from left to right"""
    X, y = np.array([[-4.0], [-3.0], [0.0], [0.5], [3.0], [4.0]]), np.array([0, 0, 1, 1, 2, 2])
    model = fit_and_compare(submission, X, y, 1.0, [-3, 2, 70])
    equal_to(model.predict(np.array([[-9.0], [0.2], [9.0]])), [-3, 2, 70], "predict(X)")


@case("sample", hint="With a strong penalty the probabilities are the shares of the classes.")
def test_almost_no_information(submission, rng):
    """Shares of 1/2, 1/4 and 1/4 with C = 0.01"""
    X, y = np.array([[1.0], [-1.0], [0.5], [-0.5], [2.0], [-2.0], [0.3], [0.1]]), np.array([0, 0, 0, 0, 1, 1, 2, 2])
    X[:, 0] += 0.2 * y
    proba = fit_and_compare(submission, X, y, 0.01).predict_proba(np.zeros((1, 1)))
    # The stated gap of an objective that X hardly lowers leaves a few hundredths.
    close_to(proba, [[0.5, 0.25, 0.25]], 0.05, "predict_proba([[0]])", scale=1.0)


@case("agreement", sizes=(12, 60), hint="The gradient for W is (P - Y).T @ X + W / C, Y the indicators of classes.")
def test_standard_columns(submission, rng, size):
    """Three classes of standard normal columns"""
    X, y = drawn(rng, lambda: datasets.gaussian(rng, size, 3), 1.0)
    fit_and_compare(submission, X, y, 1.0)


@case("agreement", hint="C is 1 when none is given.")
def test_the_default_penalty(submission, rng):
    """Data on which half the penalty or twice as much would show"""
    X, y = drawn(rng, lambda: datasets.gaussian(rng, 30, 3), 1.0, shows=factor_shows(1.0))
    compare(submission.SoftmaxRegression().fit(X, y), X, y, 1.0)


@case("agreement", hint="There is one softmax over all classes, not one fit for each class against the rest.")
def test_classes_in_a_row(submission, rng):
    """The middle classes lie between others, so that no plane parts them from the rest"""

    def in_a_row(rng, X, n_classes):
        return np.clip(np.floor(X[:, 0] + 0.3 * rng.normal(size=len(X)) + 2.0), 0, 3).astype(np.int64)

    X, y = drawn(rng, lambda: datasets.gaussian(rng, 80, 2), 1.0, 4, label=in_a_row)
    fit_and_compare(submission, X, y, 1.0)


@case("agreement", sizes=(60,), hint="The intercepts must be free to be large: leave them out of the penalty.")
def test_far_from_zero(submission, rng, size):
    """Columns whose mean is three times their spread"""
    draw = lambda: datasets.with_offset(datasets.gaussian(rng, size, 2), 3.0)
    X, y = drawn(rng, draw, 0.5, shows=intercept_shows(0.5))
    fit_and_compare(submission, X, y, 0.5)


@case("agreement", sizes=(60,), hint="The penalty ||W||^2 / (2 C) has the gradient W / C: a small C is strong.")
def test_strong_penalty(submission, rng, size):
    """C = 0.02"""
    X, y = drawn(rng, lambda: datasets.gaussian(rng, size, 3), 0.02, shows=factor_shows(0.02))
    fit_and_compare(submission, X, y, 0.02)


@case("agreement", hint="The losses are summed: with C = 20 the penalty hardly matters.")
def test_weak_penalty(submission, rng):
    """C = 20"""
    shows = lambda X, y: cost_of_penalty(X, y, 20.0, 20.0) > VISIBLE
    X, y = drawn(rng, lambda: datasets.gaussian(rng, 120, 2), 20.0, shows=shows)
    fit_and_compare(submission, X, y, 20.0)


@case("agreement", hint="The penalty is on the coefficients of the columns as they are; standardising them changes it.")
def test_columns_of_different_scale(submission, rng):
    """Standard deviations from 0.25 to 4"""
    shows = lambda X, y: cost_of_penalty(X, y, 0.2, X.var(axis=0) / 0.2) > VISIBLE
    X, y = drawn(rng, lambda: datasets.mixed_scales(rng, 80, 3, 0.25, 4.0), 0.2, shows=shows)
    fit_and_compare(submission, X, y, 0.2)


@case("agreement", hint="A rare class counts no more than the others; the intercepts take up the difference.")
def test_rare_classes(submission, rng):
    """One class in ten samples or fewer"""
    rare = lambda rng, X, k: classes_by(rng, X, k, 1.5, np.array([2.0, 0.0, -1.0]))
    draw = lambda: datasets.gaussian(rng, 150, 3)
    X, y = drawn(rng, draw, 0.05, label=rare, shows=intercept_shows(0.05))
    fit_and_compare(submission, X, y, 0.05)


@case("agreement", hint="All classes have coefficients, and all are penalised; none is fixed at zero.")
def test_five_classes_that_are_separable(submission, rng):
    """Clouds far apart, five classes"""

    def draw():
        y = np.arange(60) % 5
        angle = 2.0 * np.pi * y / 5.0
        X = 2.0 * np.column_stack([np.cos(angle), np.sin(angle)]) + 0.3 * rng.normal(size=(60, 2))
        return X, y

    X, y = datasets.drawn_until(lambda it: is_fair(*it, 5, 0.2) and factor_shows(0.2)(*it), draw)
    fit_and_compare(submission, X, y, 0.2)


@case("agreement", hint="Go on until the gradient is close to zero; its flat directions need many steps.")
def test_slow_convergence(submission, rng):
    """Correlated columns away from zero, on which gradient descent needs hundreds of steps or more"""

    def a_hundred_steps_do_not_do(X, y):
        theta, design = np.zeros((3, 4)), np.column_stack([X, np.ones(len(X))])
        onehot, penalty = np.eye(3)[y], np.array([0.2, 0.2, 0.2, 0.0])
        rate = 1.0 / (np.linalg.eigvalsh(design.T @ design)[-1] / 2.0 + 0.2)
        for _ in range(100):
            theta = theta - rate * ((np.exp(log_softmax(design @ theta.T)) - onehot).T @ design + penalty * theta)
        reached = softmax_objective(X, y, 5.0, theta[:, :-1], theta[:, -1])
        return softmax_regression(X, y, 5.0).gap(reached) > VISIBLE

    draw = lambda: datasets.correlated(rng, 60, 3, strength=0.7) + [2.0, -2.0, 1.0]
    X, y = drawn(rng, draw, 5.0, shows=a_hundred_steps_do_not_do)
    fit_and_compare(submission, X, y, 5.0)


def newton(X, y, C, n_steps):
    """Return coefficients and intercepts after so many undamped Newton steps from zero."""
    design, onehot = np.column_stack([X, np.ones(len(X))]), np.eye(int(y.max()) + 1)[y]
    penalty = np.append(np.full(X.shape[1], 1.0 / C), 0.0)
    theta = np.zeros((onehot.shape[1], design.shape[1]))
    for _ in range(n_steps):
        p = np.exp(log_softmax(design @ theta.T))
        gradient = (p - onehot).T @ design + penalty * theta
        spread = np.eye(p.shape[1]) * p[:, :, None] - p[:, :, None] * p[:, None, :]
        hessian = np.einsum("ikl,ia,ib->kalb", spread, design, design).reshape(theta.size, theta.size)
        hessian += np.diag(np.tile(penalty, len(theta)))
        theta = theta - np.linalg.lstsq(hessian, gradient.ravel(), rcond=1e-12)[0].reshape(theta.shape)
    return theta[:, :-1], theta[:, -1]


@case("agreement", hint="Newton's method has no fixed number of steps: it ends when the gradient is close to zero.")
def test_slow_newton_steps(submission, rng):
    """Two clouds that a point separates, and a weak penalty: six Newton steps are too few"""

    def six_steps_do_not_do(X, y):
        # Four times the stated gap; five steps leave more than ten times as much.
        return softmax_regression(X, y, 20.0).gap(softmax_objective(X, y, 20.0, *newton(X, y, 20.0, 6))) > 4.0 * GAP

    def draw():
        y = np.arange(30) % 2
        x = rng.normal(size=30) + float(rng.uniform(3.0, 4.0)) * y
        return ((x - x.mean()) / x.std() * float(rng.uniform(1.5, 3.0)))[:, None], y

    X, y = datasets.drawn_until(lambda it: is_fair(*it, 2, 20.0) and six_steps_do_not_do(*it), draw)
    fit_and_compare(submission, X, y, 20.0)


@case("property", hint="Losses are summed, so that twice the data is the same as twice C.")
def test_data_taken_twice_is_twice_the_c(submission, rng):
    """Every sample twice: the minimum is that of twice the C"""
    X, y = drawn(rng, lambda: datasets.gaussian(rng, 30, 2), 0.1, shows=factor_shows(0.1))
    model = submission.SoftmaxRegression(C=0.05).fit(np.vstack([X, X]), np.concatenate([y, y]))
    compare(model, X, y, 0.1)


@case("property", hint="Rows of coef_ follow the labels in ascending order, whatever the labels are.")
def test_renamed_labels_move_the_rows(submission, rng):
    """Labels renamed so that their order changes: rows of coef_ move with them"""
    X, y = drawn(rng, lambda: datasets.with_offset(datasets.gaussian(rng, 50, 2), 1.0), 1.0)
    fit_and_compare(submission, X, y, 1.0, [-5, 0, 11])
    fit_and_compare(submission, X, np.array([2, 0, 1])[y], 1.0, [3, 4, 100])


@case("property", hint="For two classes this is logistic regression with twice the C.")
def test_two_classes(submission, rng):
    """Two classes have two rows of coefficients"""
    X, y = drawn(rng, lambda: datasets.with_offset(datasets.gaussian(rng, 40, 2), 0.5), 0.5, 2, shows=factor_shows(0.5))
    fit_and_compare(submission, X, y, 0.5, [4, 9])


def check_probabilities(model, X, labels):
    """Check predict_proba and predict against the model's own scores."""
    coef, intercept = parameters(model, len(labels), X.shape[1])
    right = np.exp(log_softmax(X @ coef.T + intercept))
    close_to(model.predict_proba(X), right, PROBABILITY, "predict_proba(X)", scale=1.0)
    ordered = np.sort(right, axis=1)
    is_clear = ordered[:, -1] - ordered[:, -2] > 1e-4
    equal_to(model.predict(X), np.asarray(labels)[right.argmax(axis=1)], "predict(X)", where=is_clear)


@case("property", sizes=(1, 60), hint="predict_proba is the softmax of each row's scores; predict returns labels.")
def test_probabilities_of_new_rows(submission, rng, size):
    """Probabilities and labels of rows that were not in the training data"""
    X, y = drawn(rng, lambda: datasets.with_offset(datasets.gaussian(rng, 50, 3), 1.0), 1.0)
    model = fit_and_compare(submission, X, y, 1.0, [1, 2, 3])
    check_probabilities(model, 1.0 + 1.5 * datasets.gaussian(rng, size, 3), [1, 2, 3])


@case("edge", hint="Subtract each row's largest score before you take exponentials.")
def test_far_rows(submission, rng):
    """Rows with scores of the order of a thousand"""
    X, y = drawn(rng, lambda: datasets.gaussian(rng, 40, 2), 1.0)
    model = fit_and_compare(submission, X, y, 1.0)
    check_probabilities(model, 3000.0 * datasets.gaussian(rng, 8, 2), [0, 1, 2])


def rows_of_two_large_scores(rng, X, y):
    """Return up to eight rows whose two largest scores are 900 and more, well apart; far fewer where classes lie in a row."""
    directions = datasets.gaussian(rng, 200, 2)
    ordered = np.sort(directions @ softmax_regression(X, y, 1.0).coef.T, axis=1)
    is_good = (ordered[:, 1] > 0.25 * ordered[:, 2]) & (ordered[:, 1] < 0.95 * ordered[:, 2])
    return (900.0 / ordered[is_good, 1])[:8, None] * directions[is_good][:8]


@case("edge", hint="Subtract each row's largest score: when scores are cut off instead, two large ones become equal.")
def test_two_large_scores(submission, rng):
    """Rows with two scores of 900 and more"""
    enough = lambda X, y: len(rows_of_two_large_scores(rng, X, y)) == 8
    X, y = drawn(rng, lambda: datasets.gaussian(rng, 40, 2), 1.0, shows=enough)
    model = fit_and_compare(submission, X, y, 1.0)
    check_probabilities(model, rows_of_two_large_scores(rng, X, y), [0, 1, 2])


def rows_of_ties(rng, coef):
    """Return eight rows for each two of three classes, whose scores tie at 2000 to 4000 but for the intercepts.

    Coefficients add up to zero over the classes, so the third one is far below.
    """
    rows = []
    for a, b in ((0, 1), (0, 2), (1, 2)):
        # At right angles to the difference of two classes' coefficients.
        side = np.array([coef[a, 1] - coef[b, 1], coef[b, 0] - coef[a, 0]])
        side = side / max(float(np.linalg.norm(side)), 1e-9)
        tied = float(side @ coef[a])
        rows.append(rng.uniform(2000.0, 4000.0, size=(8, 1)) * side * np.sign(tied) / max(abs(tied), 1e-3))
    return np.concatenate(rows)


@case("edge", hint="Keep scores in float64: seven digits of a score of 3000 leave few for a probability.")
def test_large_scores_that_tie(submission, rng):
    """Rows with two equal scores of some thousands, but for the intercepts, in float64 and in float32 arrays"""

    def is_even(X, y):
        fit = softmax_regression(X, y, 1.0)
        ties = np.abs(rows_of_ties(rng, fit.coef) @ fit.coef.T).max(axis=1)
        return np.ptp(fit.intercept) < 1.0 and ties.max() < 9000.0

    X, y = drawn(rng, lambda: datasets.dyadic(datasets.gaussian(rng, 40, 2)), 1.0, shows=is_even)
    for form in (np.asarray, datasets.float32):
        model = fit_and_compare(submission, form(X), y, 1.0)
        # float64 rounds such scores by 1e-12; float32 by 2e-4, and of 24 probabilities one is off by 1e-4.
        check_probabilities(model, form(rows_of_ties(rng, parameters(model, 3, 2)[0])), [0, 1, 2])


@case("edge", hint="A constant column does what the intercepts do, but is penalised: its coefficients are zero.")
def test_a_constant_column(submission, rng):
    """A column of twos beside two others"""
    rare = lambda rng, X, k: classes_by(rng, X[:, :2], k, 1.5, np.array([1.5, 0.0, -1.0]))
    draw = lambda: datasets.with_constant_column(datasets.gaussian(rng, 60, 2))
    X, y = drawn(rng, draw, 0.05, label=rare, shows=intercept_shows(0.05))
    fit_and_compare(submission, X, y, 0.05)


def clause_inputs(rng):
    def shows(X, y):
        fit = softmax_regression(X, y, 0.5)
        ordered = np.sort(X @ fit.coef.T + fit.intercept, axis=1)
        # Labels are compared, so no row may be near a boundary; the stated gap moves a score by 0.05.
        return (ordered[:, -1] - ordered[:, -2]).min() > 0.1

    return drawn(rng, lambda: datasets.dyadic(datasets.gaussian(rng, 14, 2)), 0.5, shows=shows)


def clause_answers(model, X, y):
    """Return objectives, by coefficients and by probabilities: at the minimum they do not feel where a solver stops."""
    coef, intercept = parameters(model, 3, X.shape[1])
    proba = array(model.predict_proba(X), "predict_proba(X)", shape=(len(X), 3))
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    likelihood = np.clip(proba[np.arange(len(X)), y], 1e-300, 1.0)
    return {
        "the objective of coef_ and intercept_": np.array(softmax_objective(X, y, 0.5, coef, intercept)),
        "the objective of predict_proba(X)": np.array(float(np.square(coef).sum()) - np.log(likelihood).sum()),
        "predict(X)": array(model.predict(X), "predict(X)", shape=(len(X),), kind="int"),
    }


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, X, y: submission.SoftmaxRegression(C=0.5).fit(X, y),
        answers=clause_answers,
        rows=("predict_proba", "predict"),
        refit=lambda model, X, y: model.fit(X, y),
    )
)

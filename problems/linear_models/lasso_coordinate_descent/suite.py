"""Hidden cases of the lasso: the objective must be close to the least one, and the zeros must be the right ones."""

import numpy as np

from judge import datasets
from judge.agreement import array, at_most, close_to, equal_to, gap_at_most, number, that
from judge.clauses import Description, common_clauses
from judge.suite import case, picture
from reference.linear_model import LinearFit, lasso, lasso_gap, lasso_objective, slopes, soft_threshold

# The statement's number. Measured: converged solvers reach 1e-9 or better, float32 arithmetic 1e-8; the nearest
# mistakes (one sweep, a factor in the penalty) leave 1e-2, and data is drawn until they leave at least VISIBLE.
ACCURACY = 1e-5
VISIBLE = 3e-3
# The statement's number for zeros. Soft thresholds give exact zeros; a method without them leaves 1e-4 or more.
ZERO = 1e-6
# The statement's number: float32 arithmetic loses 1e-6, a forgotten term is of order one.
CONSISTENCY = 1e-5
# How clear the zeros are, by the statement.
SLACK, SMALLEST = 0.95, 0.01
STEPS = 3000


def parameters(model, n_features):
    """Return the fitted function as the attributes state it."""
    coef = array(model.coef_, "coef_", shape=(n_features,))
    return LinearFit(coef, number(model.intercept_, "intercept_"))


def support(coef):
    """Return 1 for each coefficient that is not zero by the statement's measure."""
    return (np.abs(coef) > ZERO * np.abs(coef).max()).astype(int)


def compare(model, X, y, alpha, *, is_unique=True):
    """Check the gap, the zeros, and predict on new rows."""
    fit = parameters(model, X.shape[1])
    gap_at_most(lasso_gap(X, y, fit, alpha), ACCURACY, "the relative gap of coef_ and intercept_")
    if is_unique:
        right = (lasso(X, y, alpha).coef != 0).astype(int)
        equal_to(support(fit.coef), right, "the pattern of coef_ (1 where it is not zero)")
    new = X[::-1] + 1.0
    size = np.abs(new) @ np.abs(fit.coef) + abs(fit.intercept)
    close_to(model.predict(new), fit.predict(new), CONSISTENCY, "predict on new rows", scale=size)


def fit_and_compare(submission, X, y, alpha, **options):
    """Fit once and compare."""
    model = submission.Lasso(alpha=alpha).fit(X, y)
    compare(model, X, y, alpha, **options)
    return model


def proximal(X, y, alpha, n_steps):
    """Return coefficients after so many steps of proximal gradient descent on centred data, fewer if it is at rest."""
    X, y = X - X.mean(axis=0), y - y.mean()
    gram, correlation = X.T @ X / len(y), X.T @ y / len(y)
    rate, coef = 1.0 / np.linalg.eigvalsh(gram)[-1], np.zeros(X.shape[1])
    for _ in range(n_steps):
        moved = coef + rate * (correlation - gram @ coef)
        moved = np.sign(moved) * np.maximum(np.abs(moved) - rate * alpha, 0.0)
        if np.array_equal(moved, coef):
            break
        coef = moved
    return coef


def centred_fit(X, y, coef):
    """Return the function with these coefficients and the best intercept."""
    return LinearFit(coef, float(y.mean() - X.mean(axis=0) @ coef))


def is_fair(X, y, alpha, *, n_zeros=0):
    """Tell whether the data keeps the statement's promises; at least `n_zeros` coefficients vanish, never all."""
    best = lasso(X, y, alpha)
    zero, size = best.coef == 0, np.abs(best.coef) * X.std(axis=0)
    if zero.all() or zero.sum() < n_zeros or size[~zero].min() < SMALLEST * size.max():
        return False
    if (slopes(X, y, best)[zero] > SLACK * alpha).any():
        return False
    found = proximal(X, y, alpha, STEPS)
    gap = lasso_gap(X, y, centred_fit(X, y, found), alpha)
    return gap < ACCURACY / 10 and bool(((found == 0) == zero).all())


def sweeps(X, y, alpha, n_sweeps, n_full=None):
    """Return coefficients after so many sweeps of coordinate descent; the first `n_full` visit those that are zero too."""
    return minimised_in_turn(X - X.mean(axis=0), y - y.mean(), np.full(X.shape[1], alpha), n_sweeps, n_full)


def uncentred_sweeps(X, y, alpha, n_sweeps):
    """Return the function after so many sweeps over the intercept and the coefficients, with nothing centred."""
    design, penalty = np.column_stack([np.ones(len(y)), X]), np.append(0.0, np.full(X.shape[1], alpha))
    found = minimised_in_turn(design, y, penalty, n_sweeps)
    return LinearFit(found[1:], float(found[0]))


def minimised_in_turn(design, y, penalty, n_sweeps, n_full=None):
    """Return coefficients after so many sweeps over the columns of a design, each with a penalty of its own."""
    gram, correlation, coef = design.T @ design / len(y), design.T @ y / len(y), np.zeros(design.shape[1])
    for sweep in range(n_sweeps):
        for j in range(len(coef)) if n_full is None or sweep < n_full else np.flatnonzero(coef):
            rho = correlation[j] - gram[j] @ coef + gram[j, j] * coef[j]
            coef[j] = soft_threshold(rho, penalty[j]) / gram[j, j]
    return coef


def mistaken_penalty_shows(X, y, alpha):
    """Tell whether twice and half the penalty would be seen."""
    return min(lasso_gap(X, y, lasso(X, y, factor * alpha), alpha) for factor in (0.5, 2.0)) > VISIBLE


def largest_alpha(X, y):
    """Return the least alpha at which all coefficients vanish."""
    return float(slopes(X, y, LinearFit(np.zeros(X.shape[1]), float(y.mean()))).max())


def columns(rng, n_samples, n_features, *, strength=0.2, offset=0.0):
    """Draw columns of mean `offset` and deviation 1, correlated by about `strength`."""
    X = datasets.correlated(rng, n_samples, n_features, strength)
    return (X - X.mean(axis=0)) / X.std(axis=0) + offset


def target(rng, X, n_active, *, intercept=0.0, noise=0.4):
    """Return a noisy linear function of the first `n_active` columns."""
    coef = rng.choice([-1.0, 1.0], size=n_active) * rng.uniform(0.8, 2.0, size=n_active) / X[:, :n_active].std(axis=0)
    return intercept + (X[:, :n_active] - X[:, :n_active].mean(axis=0)) @ coef + noise * rng.normal(size=len(X))


def drawn(rng, draw, share, *, n_zeros=1, shows=lambda X, y, alpha: True):
    """Draw X and y, with alpha as a share of the largest, until fair, and until the mistake of the case shows."""

    def draw_all():
        X, y = draw()
        return X, y, share * largest_alpha(X, y)

    return datasets.drawn_until(lambda it: is_fair(*it, n_zeros=n_zeros) and shows(*it), draw_all)


def bland(rng, size, n_features=4, *, n_active=2, intercept=2.0, **options):
    """Return a draw of X and y for `drawn`."""

    def draw():
        X = columns(rng, size, n_features, **options)
        return X, target(rng, X, n_active, intercept=intercept)

    return draw


@case("sample", hint="The mean of the squares is 2/3 and the mean of x (y - 3) is 2: w = (2 - alpha) / (2/3).")
def test_one_column_by_hand(submission, rng):
    """x = -1, 0, 1 and y = 0, 3, 6 with alpha = 1: w = 1.5, b = 3"""
    X, y = np.array([[-1.0], [0.0], [1.0]]), np.array([0.0, 3.0, 6.0])
    fit_and_compare(submission, X, y, 1.0)


@case("sample", hint="alpha is 1 when nothing is given. The second column explains too little to be used.")
def test_one_of_two_columns_by_hand(submission, rng):
    """The corners of a square with alpha = 1: w = (1.5, 0), b = 2.5"""
    X = np.array([[-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]])
    y = np.array([0.0, 4.0, 0.0, 6.0])
    compare(submission.Lasso().fit(X, y), X, y, 1.0)


@case("sample", hint="A negative correlation gives a negative coefficient: the threshold moves it up towards zero.")
def test_a_falling_line(submission, rng):
    """x = 1, 2, 3 and y = 9, 7, 2 with alpha = 0.5: w = -2.75, b = 11.5"""
    fit_and_compare(submission, np.array([[1.0], [2.0], [3.0]]), np.array([9.0, 7.0, 2.0]), 0.5)


@case("agreement", sizes=(8, 30, 120), hint="Divide the squares by 2n; the penalty is alpha times the sum of |w|.")
def test_several_alphas(submission, rng, size):
    """Half, a fifth and a tenth of the alpha at which nothing is left"""
    for share in (0.5, 0.2, 0.1):
        X, y, alpha = drawn(rng, bland(rng, size), share, n_zeros=0, shows=mistaken_penalty_shows)
        fit_and_compare(submission, X, y, alpha)


@case("agreement", sizes=(10, 60), hint="Centre X and y first, or minimise over the intercept as well.")
def test_the_intercept_is_not_penalised(submission, rng, size):
    """Columns two deviations from zero, and y with a large mean"""
    X, y, alpha = drawn(rng, bland(rng, size, intercept=40.0, offset=2.0), 0.3)
    fit_and_compare(submission, X, y, alpha)


@case("agreement", hint="b is not the mean of y when the columns are not centred.")
def test_columns_away_from_zero(submission, rng):
    """Columns two deviations from zero, and an intercept close to none"""

    def shows(X, y, alpha):
        best = lasso(X, y, alpha)
        return abs(best.intercept - y.mean()) > 0.3 * y.std()

    X, y, alpha = drawn(rng, bland(rng, 40, intercept=0.0, offset=-2.0), 0.3, shows=shows)
    fit_and_compare(submission, X, y, alpha)


@case("agreement", sizes=(12, 80), hint="Divide by the column's own mean square; standardising changes the penalty.")
def test_columns_of_different_scale(submission, rng, size):
    """Standard deviations from 0.3 to 5"""

    def draw():
        X = columns(rng, size, 4) * np.array([0.5, 2.0, 0.3, 5.0])
        return X, target(rng, X, 2, intercept=1.0)

    def shows(X, y, alpha):
        deviation = X.std(axis=0)
        standardised = lasso(X / deviation, y, alpha).coef / deviation
        return lasso_gap(X, y, centred_fit(X, y, standardised), alpha) > VISIBLE

    X, y, alpha = drawn(rng, draw, 0.1, shows=shows)
    fit_and_compare(submission, X, y, alpha)


@case("agreement", hint="An absolute tolerance that stops early on small targets is not a relative one.")
def test_targets_of_small_and_large_scale(submission, rng):
    """Targets with standard deviations of about 0.1 and 1000"""
    X, y, alpha = drawn(rng, bland(rng, 30, 5, n_active=3), 0.15, shows=mistaken_penalty_shows)
    for unit in (0.2 / y.std(), 900.0 / y.std()):
        fit_and_compare(submission, X, unit * y, unit * alpha)


@case("agreement", hint="Say what is small enough to stop in units of the data: here all coefficients are below a tenth.")
def test_small_coefficients_that_move_slowly(submission, rng):
    """Columns with deviations of 5, correlated by 0.993, and a target with one of 0.1: 300 sweeps are not enough"""

    def shows(X, y, alpha):
        # Each sweep leaves 0.985 of the way, so that 300 leave thirty times the statement's gap.
        return lasso_gap(X, y, centred_fit(X, y, sweeps(X, y, alpha, 300)), alpha) > 30 * ACCURACY

    def draw():
        X = columns(rng, 40, 2, strength=0.993)
        y = X @ np.array([2.0, -1.9]) + 0.05 * rng.normal(size=40)
        return 5.0 * X, 0.11 * y / y.std()

    X, y, alpha = drawn(rng, draw, 0.02, n_zeros=0, shows=shows)
    fit_and_compare(submission, X, y, alpha)


@case("agreement", sizes=(15, 60), hint="Go round until nothing moves: correlated columns trade their shares slowly.")
def test_correlated_columns(submission, rng, size):
    """Four columns correlated by 0.9: a few dozen steps are not enough"""

    def shows(X, y, alpha):
        return lasso_gap(X, y, centred_fit(X, y, proximal(X, y, alpha, 40)), alpha) > VISIBLE

    def draw():
        X = columns(rng, size, 4, strength=0.9)
        return X, X @ np.array([2.0, -1.0, 1.0, 0.0]) + 0.2 * rng.normal(size=size)

    X, y, alpha = drawn(rng, draw, 0.02, n_zeros=0, shows=shows)
    fit_and_compare(submission, X, y, alpha)


@case("agreement", hint="Use residuals that know of every change already made in this sweep.")
def test_columns_that_oppose_each_other(submission, rng):
    """Eight columns correlated by 0.6: changing all at once overshoots"""
    X, y, alpha = drawn(rng, bland(rng, 60, 8, n_active=5, strength=0.6), 0.05, n_zeros=1)
    fit_and_compare(submission, X, y, alpha)


@case("agreement", hint="A coefficient that is zero after a few sweeps may be needed later: go on visiting it.")
def test_columns_that_enter_late(submission, rng):
    """Twelve columns correlated by 0.7: those that are zero after one or two sweeps do not all stay so"""

    def shows(X, y, alpha):
        found = [sweeps(X, y, alpha, 60, n_full) for n_full in (1, 2)]
        return min(lasso_gap(X, y, centred_fit(X, y, coef), alpha) for coef in found) > VISIBLE

    X, y, alpha = drawn(rng, bland(rng, 60, 12, n_active=6, strength=0.7), 0.05, shows=shows)
    fit_and_compare(submission, X, y, alpha)


@case("agreement", hint="Centre X and y: an intercept that takes its turn beside many columns is slow.")
def test_many_columns_away_from_zero(submission, rng):
    """Forty columns two deviations from zero, all of which matter"""

    def shows(X, y, alpha):
        # Centred, a few dozen sweeps are enough; with an intercept that is one more coordinate even a thousand are not.
        return lasso_gap(X, y, uncentred_sweeps(X, y, alpha, 1000), alpha) > 3 * ACCURACY

    draw = bland(rng, 200, 40, n_active=40, intercept=20.0, offset=2.0)
    X, y, alpha = drawn(rng, draw, 0.02, n_zeros=0, shows=shows)
    fit_and_compare(submission, X, y, alpha)


@case("agreement", hint="The lasso keeps fewer columns than there are samples.")
def test_more_columns_than_samples(submission, rng):
    """20 samples of 40 columns, three of which matter"""
    X, y, alpha = drawn(rng, bland(rng, 20, 40, n_active=3, strength=0.1), 0.3, n_zeros=30)
    fit_and_compare(submission, X, y, alpha)


@case("property", sizes=(12, 40), hint="J is a mean: repeating all samples changes nothing.")
def test_repeated_samples_change_nothing(submission, rng, size):
    """Every sample three times, with the same alpha, has the same minimum"""
    X, y, alpha = drawn(rng, bland(rng, size, offset=1.0), 0.3, shows=mistaken_penalty_shows)
    model = submission.Lasso(alpha=alpha).fit(np.tile(X, (3, 1)), np.tile(y, 3))
    compare(model, X, y, alpha)


@case("property", hint="The soft threshold moves negative values up and positive ones down: it is odd.")
def test_turning_signs(submission, rng):
    """With a column and y turned round, coefficients turn their signs"""
    X, y, alpha = drawn(rng, bland(rng, 25, 4, n_active=3), 0.2)
    signs = np.array([1.0, -1.0, 1.0, -1.0])
    fit = parameters(submission.Lasso(alpha=alpha).fit(X * signs, -y), 4)
    turned = LinearFit(-fit.coef * signs, -fit.intercept)
    gap_at_most(lasso_gap(X, y, turned, alpha), ACCURACY, "the relative gap of the coefficients turned back")
    equal_to(support(fit.coef), (lasso(X, y, alpha).coef != 0).astype(int), "the pattern of coef_")


@case(
    "property",
    given=lambda st: {
        "points": st.lists(st.tuples(st.integers(-4, 4), st.integers(-6, 6)), min_size=3, max_size=8).filter(
            lambda points: is_one_column_fair(points)
        ),
    },
    examples=15,
    hint="For one column w is the soft threshold of mean(x y) by alpha, over mean(x^2), with x and y centred.",
)
def test_one_column_is_a_soft_threshold(submission, rng, points):
    """One column of whole numbers, alpha = 1/2"""
    X, y = np.array(points, dtype=float)[:, :1], np.array(points, dtype=float)[:, 1]
    fit_and_compare(submission, X, y, 0.5)


def is_one_column_fair(points):
    """Tell whether the column's slope is well above alpha, so that the coefficient is not zero."""
    table = np.array(points, dtype=float)
    X, y = table[:, :1], table[:, 1]
    return X.std() > 0.3 and largest_alpha(X, y) > 0.6


@case("edge", hint="A centred constant column is all zeros: skip it instead of dividing by its mean square.")
def test_a_constant_column(submission, rng):
    """A column that never changes beside four others"""

    def draw():
        X, y = bland(rng, 25)()
        return datasets.with_constant_column(X), y

    X, y, alpha = drawn(rng, draw, 0.2)
    fit_and_compare(submission, X, y, alpha)


@case("edge", hint="A small coefficient of a wide column is not zero: only the soft threshold makes zeros.")
def test_a_small_coefficient_of_a_wide_column(submission, rng):
    """Two orthogonal columns with deviations of 0.3 and 5: one coefficient is a thousandth of the other"""
    signs = np.array([[1.0, 1.0], [-1.0, 1.0], [1.0, -1.0], [-1.0, -1.0]])
    X = signs * [0.3, 5.0]
    y = X @ [5.0, 0.0045]
    model = submission.Lasso(alpha=0.01).fit(X, y)
    # By hand: each coefficient moves towards zero by alpha over the column's mean square, 0.111 and 0.0004.
    equal_to(support(parameters(model, 2).coef), [1, 1], "the pattern of coef_ (1 where it is not zero)")
    compare(model, X, y, 0.01)


@case("edge", hint="Whether a coefficient is zero has nothing to do with a fixed number such as 0.001.")
def test_a_small_coefficient_of_a_small_target(submission, rng):
    """Two orthogonal columns with deviations of 5 and a target of 0.2: coefficients of 0.04 and 0.001"""
    X = 5.0 * np.array([[1.0, 1.0], [-1.0, 1.0], [1.0, -1.0], [-1.0, -1.0]])
    # The second coefficient explains 6e-4 of the objective, sixty times the stated gap.
    fit_and_compare(submission, X, X @ [0.04, 0.001], 0.0005)


@case("edge", hint="Copies share the coefficient in any way; the objective is the same.")
def test_a_column_twice(submission, rng):
    """The first column again as the last: only the gap is judged"""
    X, y, alpha = drawn(rng, bland(rng, 25), 0.2, shows=mistaken_penalty_shows)
    fit_and_compare(submission, datasets.with_duplicate_column(X), y, alpha, is_unique=False)


@case("edge", hint="The soft threshold is zero when |rho| is at most alpha.")
def test_an_alpha_too_large_for_any_column(submission, rng):
    """All coefficients are zero, and the intercept is the mean of y"""
    X = columns(rng, 20, 3, offset=1.0)
    y = target(rng, X, 2, intercept=10.0)
    for share in (1.1, 50.0):
        fit = parameters(submission.Lasso(alpha=share * largest_alpha(X, y)).fit(X, y), 3)
        at_most(float(np.abs(fit.coef).max()), ZERO, "the largest coefficient")
        close_to(fit.intercept, y.mean(), ZERO, "intercept_", scale=np.abs(y).max())


def clause_inputs(rng):
    def draw():
        X = datasets.dyadic(columns(rng, 24, 3, offset=1.0))
        return X, datasets.dyadic(target(rng, X, 2, intercept=3.0))

    return datasets.drawn_until(lambda it: is_fair(*it, 0.25), draw)


def clause_answers(model, X, y):
    """Return the objective: at the minimum it does not feel where a solver stops, nor float32 arithmetic."""
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    fit = parameters(model, 3)
    that(bool(np.abs(fit.coef).max() < 1e100), "coef_ is too large to compute with", actual=fit.coef)
    that(abs(fit.intercept) < 1e100, "intercept_ is too large to compute with", actual=fit.intercept)
    close_to(model.predict(X), fit.predict(X), CONSISTENCY, "predict(X)", scale=np.abs(y).max())
    return {"the objective of coef_ and intercept_": np.array(lasso_objective(X, y, fit, 0.25))}


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, X, y: submission.Lasso(alpha=0.25).fit(X, y),
        answers=clause_answers,
        rows=("predict",),
        refit=lambda model, X, y: model.fit(X, y),
    )
)


@picture
def coefficients(axes, answers):
    """The coefficients"""
    axes.stem(answers["coef_"])

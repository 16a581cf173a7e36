"""Hidden cases of recursive feature elimination: clear weights decide, so columns are compared exactly, models directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, equal_to, number
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.elimination import eliminate, elimination_errors, ranks, visited_sizes

# The statement's numbers. Least squares in float64 reaches 1e-11 at these means; coefficients that were not fitted anew
# or have another unit are off by 1e-2, errors of another selection by 1e-3.
ACCURACY = 1e-6
ERRORS = 1e-5
# Rounding moves weights by 1e-11 of the largest, and errors as little: it decides nothing.
WEIGHT_MARGIN = 1e-4
ERROR_MARGIN = 1e-3


def data(rng, n_rows, n_features, *, noise=1.0, strength=0.5):
    """Return correlated columns of several scales and offsets, and a target that needs some more than others."""
    Z = datasets.standardised(datasets.correlated(rng, n_rows, n_features, strength))
    effects = rng.permutation(np.linspace(0.02, 1.5, n_features)) * rng.choice([-1.0, 1.0], size=n_features)
    y = 4.0 + Z @ effects + noise * rng.normal(size=n_rows)
    return (Z + rng.uniform(-4, 4, size=n_features)) * 10.0 ** rng.uniform(-1.5, 1.5, size=n_features), y


def folds_of(rng, n_rows, n_folds):
    """Return folds of sizes that differ, under odd names, one of them negative, in no order."""
    names = np.array([rng.integers(-4, 0), *rng.permutation(40)[: n_folds - 1]])
    return rng.permutation(rng.permutation(names)[np.resize(np.repeat(np.arange(n_folds), np.arange(2, n_folds + 2)), n_rows)])


def is_clear(X, y, n_left, step=1):
    """Tell whether no two weights that decide are close."""
    return min(stage.margin for stage in eliminate(X, y, n_left, step)) > WEIGHT_MARGIN


def clear_data(rng, n_rows, n_features, n_left, step=1, shows=lambda X, y: True, **options):
    """Draw data on which rounding decides nothing, and which shows a mistake."""
    return datasets.drawn_until(
        lambda it: is_clear(*it, n_left, step) and shows(*it), lambda: data(rng, n_rows, n_features, **options)
    )


def check_rfe(submission, X, y, n_left, step=1, *, is_unique=True, model=None):
    """Fit a new model or this one, and compare the columns, the model and its predictions."""
    stages = eliminate(X, y, n_left, step)
    right, ranking = stages[-1], ranks(stages, X.shape[1])
    model = (submission.RFE(n_left, step=step) if model is None else model).fit(X, y)
    equal_to(model.support_, ranking == 1, "support_")
    equal_to(model.ranking_, ranking, "ranking_")
    scale = float(np.abs(y).max())
    if is_unique:
        close_to(model.coef_, right.fit.coef, ACCURACY, "coef_", scale=scale / X[:, right.columns].std(axis=0))
        close_to(number(model.intercept_, "intercept_"), right.fit.intercept, ACCURACY, "intercept_", scale=scale)
    for rows in (X, X[::2] + X.std(axis=0)):
        close_to(model.predict(rows), right.fit.predict(rows[:, right.columns]), ACCURACY, "predict(X)", scale=scale)
    return model


def chosen(X, y, folds, step=1):
    """Return sizes and errors, rising, the best size, and whether rounding decides nothing."""
    errors, margin = elimination_errors(X, y, folds, step)
    sizes = visited_sizes(X.shape[1], 1, step)[::-1]
    errors = errors[::-1]
    best = sizes[int(np.argmin(errors))]
    least = np.sort(errors)
    is_fair = margin > WEIGHT_MARGIN and least[1] > (1.0 + ERROR_MARGIN) * least[0] and is_clear(X, y, best, step)
    return sizes, errors, best, is_fair


def chosen_data(
    rng, n_rows, n_features, n_folds, step=1, shows=lambda X, y, folds, best: True, noise=2.0, changed=lambda X: X
):
    """Draw data and folds of which the choice is clear, and neither one column nor all that were drawn."""

    def is_good(it):
        _, _, best, is_fair = chosen(*it, step)
        return is_fair and 1 < best < n_features and shows(*it, best)

    def draw():
        X, y = data(rng, n_rows, n_features, noise=noise)
        return changed(X), y, folds_of(rng, n_rows, n_folds)

    return datasets.drawn_until(is_good, draw)


def check_rfecv(submission, X, y, folds, step=1, *, model=None):
    """Fit a new model or this one, and compare sizes, errors and the columns in the end."""
    sizes, errors, best, _ = chosen(X, y, folds, step)
    model = (submission.RFECV(step=step) if model is None else model).fit(X, y, folds)
    equal_to(model.sizes_, sizes, "sizes_")
    close_to(model.errors_, errors, ERRORS, "errors_")
    equal_to(model.n_features_, best, "n_features_")
    ranking = ranks(eliminate(X, y, best, step), X.shape[1])
    equal_to(model.support_, ranking == 1, "support_")
    equal_to(model.ranking_, ranking, "ranking_")


def by_hand():
    """Return three orthogonal columns of -1 and 1, the second a tenth as large, and y = 1 + 3 a + 20 b + 2 c."""
    signs = np.array([[a, b, c] for a in (-1.0, 1.0) for b in (-1.0, 1.0) for c in (-1.0, 1.0)])
    signs = np.vstack([signs, signs])
    X = signs * [1.0, 0.0625, 8.0]
    return X, 1.0 + X @ [3.0, 20.0, 0.5]


@case("sample", hint="The weights |w| s are 3, 20 / 16 and 0.5 · 8: the second goes first, then the first.")
def test_three_columns_by_hand(submission, rng):
    """y = 1 + 3 a + 20 b + c / 2 with deviations 1, 1/16 and 8: ranks 2, 3, 1"""
    X, y = by_hand()
    model = check_rfe(submission, X, y, 1)
    equal_to(model.ranking_, [2, 3, 1], "ranking_")
    close_to(model.coef_, [0.5], ACCURACY, "coef_")


@case("sample", hint="Two go in the first round and none after it: both have rank 2.")
def test_two_at_once(submission, rng):
    """The same with step=2: ranks 2, 2, 1; with step=5 as well"""
    X, y = by_hand()
    for step in (2, 5):
        model = check_rfe(submission, X, y, 1, step)
        equal_to(model.ranking_, [2, 2, 1], "ranking_")


@case("sample", hint="With 16 rows in two folds the sizes 1, 2 and 3 are tried.")
def test_a_choice(submission, rng):
    """The three columns with some noise: sizes 1, 2 and 3, of which 3 is best"""
    X, y = by_hand()
    noise = np.array([1, -2, 0, 1, 2, -1, -1, 0, 1, 1, -2, 0, 0, 2, -1, -1]) / 4
    check_rfecv(submission, X, y + noise, np.repeat([0, 1], 8))


@case("agreement", sizes=(3, 6, 10), hint="Multiply |w| by the column's deviation, and fit anew after each round.")
def test_elimination(submission, rng, size):
    """Columns of several scales; one, two and all but one of them are left"""
    for n_left in (1, 2, size - 1):
        check_rfe(submission, *clear_data(rng, 40, size, n_left), n_left)


@case("agreement", hint="Weights change when a correlated column goes: fit again before the next one is dropped.")
def test_weights_change_on_the_way(submission, rng):
    """Correlated columns, on which the weights of the first fit would choose otherwise"""

    def shows(X, y):
        stages = eliminate(X, y, 3)
        weight = np.abs(stages[0].fit.coef) * X.std(axis=0)
        return set(np.argsort(-weight)[:3].tolist()) != set(stages[-1].columns.tolist())

    check_rfe(submission, *clear_data(rng, 30, 8, 3, shows=shows, strength=0.9), 3)


@case("agreement", hint="A column that correlates with y may add nothing to the others.")
def test_correlation_with_the_target_is_not_enough(submission, rng):
    """Data on which correlations with y alone would choose otherwise"""

    def shows(X, y):
        r = np.abs((X - X.mean(axis=0)).T @ (y - y.mean()) / X.std(axis=0))
        return set(np.argsort(-r)[:2].tolist()) != set(eliminate(X, y, 2)[-1].columns.tolist())

    check_rfe(submission, *clear_data(rng, 30, 6, 2, shows=shows, strength=0.9), 2)


@case("agreement", sizes=(2, 3, 4), hint="The last round drops fewer where step would go too far; columns of one round share a rank.")
def test_steps(submission, rng, size):
    """Ten columns down to three by steps of 2, 3 and 4"""
    check_rfe(submission, *clear_data(rng, 40, 10, 3, size), 3, size)


@case("agreement", sizes=(3, 6), hint="Eliminate within the other folds, predict the fold at each size, average over the folds.")
def test_choosing_a_size(submission, rng, size):
    """Three and four folds of different sizes"""
    for n_folds in (3, 4):
        check_rfecv(submission, *chosen_data(rng, 50, size, n_folds))


@case("agreement", hint="Columns chosen on all rows have seen the fold: each fold needs an elimination of its own.")
def test_folds_choose_their_own_columns(submission, rng):
    """Much noise: folds eliminate other columns than all rows do"""

    def shows(X, y, folds, best):
        columns = [stage.columns for stage in eliminate(X, y, 1)]
        own = [
            [stage.columns for stage in eliminate(X[folds != fold], y[folds != fold], 1)] for fold in np.unique(folds)
        ]
        is_own = all(any(not np.array_equal(a, b) for a, b in zip(columns, path)) for path in own)
        # The last fold's columns, kept for the end, would be seen as well.
        rest = folds != folds.max()
        last, everything = eliminate(X[rest], y[rest], best), eliminate(X, y, best)
        return is_own and not np.array_equal(ranks(last, X.shape[1]), ranks(everything, X.shape[1]))

    check_rfecv(submission, *chosen_data(rng, 40, 6, 3, shows=shows, noise=4.0))


@case("agreement", sizes=(2, 3), hint="Sizes are p, p - step, … while above 1, and then 1.")
def test_choosing_with_steps(submission, rng, size):
    """Eight columns by steps of 2 and 3"""
    check_rfecv(submission, *chosen_data(rng, 60, 8, 3, size), size)


@case("agreement", hint="A column of small numbers is no dependent one: mind rcond, or bring columns to one scale before you solve.")
def test_columns_of_very_different_units(submission, rng):
    """Deviations of 99 and of 0.0101, beside means of 980"""

    def draw():
        Z = datasets.standardised(rng.uniform(-1.0, 1.0, size=(10, 3)))
        return (Z + [9.9, 0.0, -9.9]) * [99.0, 0.0101, 99.0], Z @ [0.5, 2.0, 0.2] + 0.05 * rng.normal(size=10)

    def is_good(it):
        return np.abs(np.corrcoef(it[0], rowvar=False) - np.eye(3)).max() < 0.8 and is_clear(*it, 1)

    X, y = datasets.drawn_until(is_good, draw)
    for n_left in (3, 2, 1):
        check_rfe(submission, X, y, n_left)


@case("property", hint="fit leaves step as it was given: what narrow data had no room for, wider data has.")
def test_fitting_again_on_wider_data(submission, rng):
    """Models that were fitted to two columns are fitted to ten, by steps of 4"""
    X, y, folds = *data(rng, 20, 2), folds_of(rng, 20, 2)
    check_rfe(submission, *clear_data(rng, 40, 10, 1, 4), 1, 4, model=submission.RFE(1, step=4).fit(X, y))
    model = submission.RFECV(step=4).fit(X, y, folds)
    check_rfecv(submission, *chosen_data(rng, 60, 10, 3, 4), 4, model=model)


@case("property", sizes=(4, 7), hint="A weight does not depend on the column's unit.")
def test_units_do_not_matter(submission, rng, size):
    """Columns in other units, with other zero points: the same ranks, and coefficients in these units"""
    X, y = clear_data(rng, 40, size, 2)
    units = 2.0 ** rng.integers(-3, 4, size=size) * rng.choice([-1.0, 1.0], size=size)
    check_rfe(submission, (X - X.mean(axis=0)) * units, y, 2)


@case("property", hint="Columns in another order have the same ranks, in that order.")
def test_columns_in_another_order(submission, rng):
    """Columns turned round, and y with the other sign"""
    X, y = clear_data(rng, 35, 6, 3)
    ranking = ranks(eliminate(X, y, 3), 6)
    model = submission.RFE(3).fit(X[:, ::-1].copy(), -y)
    equal_to(model.ranking_, ranking[::-1], "ranking_ of columns in another order")
    check_rfe(submission, X[:, ::-1].copy(), -y, 3)


@case("edge", hint="With nothing to drop all ranks are 1.")
def test_nothing_to_drop(submission, rng):
    """As many columns as there are"""
    check_rfe(submission, *data(rng, 25, 4), 4)


@case("edge", hint="A constant column has weight 0, whatever its coefficient is.")
def test_a_constant_column(submission, rng):
    """A column that never changes goes first; it may stay where all stay"""
    X, y = clear_data(rng, 30, 5, 1)
    X = np.insert(X, 2, 7.0, axis=1)
    check_rfe(submission, X, y, 5)
    check_rfe(submission, X, y, 1)
    check_rfe(submission, X, y, 6, is_unique=False)


@case("edge", hint="Each fold may meet a constant column: it has weight 0 there too.")
def test_choosing_beside_a_constant_column(submission, rng):
    """A column of sevens is eliminated first, in every fold and on all rows"""
    check_rfecv(submission, *chosen_data(rng, 50, 4, 3, changed=lambda X: np.insert(X, 2, 7.0, axis=1)))


@case("edge", hint="The intercept belongs to the fit in every round.")
def test_a_target_far_from_zero(submission, rng):
    """y moved by 300"""
    X, y = clear_data(rng, 30, 5, 2)
    check_rfe(submission, X, y + 300.0, 2)


@case("edge", hint="A step larger than all columns drops to the number asked for in one round.")
def test_a_step_beyond_all_columns(submission, rng):
    """step=20: sizes are p and 1"""
    X, y = clear_data(rng, 30, 5, 1, 20)
    check_rfe(submission, X, y, 1, 20)
    X, y, folds = datasets.drawn_until(
        lambda it: chosen(*it, 20)[3], lambda: (*data(rng, 40, 5), folds_of(rng, 40, 3))
    )
    check_rfecv(submission, X, y, folds, 20)


@case("edge", hint="step is 1 where it is not given, in both classes.")
def test_the_default_step(submission, rng):
    """step left out"""
    X, y = clear_data(rng, 40, 5, 2)
    equal_to(submission.RFE(2).fit(X, y).ranking_, ranks(eliminate(X, y, 2), 5), "ranking_")
    X, y, folds = chosen_data(rng, 60, 6, 3)
    sizes, errors, best, _ = chosen(X, y, folds)
    model = submission.RFECV().fit(X, y, folds)
    equal_to(model.sizes_, sizes, "sizes_")
    close_to(model.errors_, errors, ERRORS, "errors_")
    equal_to(model.ranking_, ranks(eliminate(X, y, best), 6), "ranking_")


def clause_inputs(rng):
    def draw():
        X, y = data(rng, 24, 4)
        return datasets.dyadic(datasets.standardised(X) + 1.0), datasets.dyadic(y)

    return datasets.drawn_until(lambda it: min(stage.margin for stage in eliminate(*it, 2)) > 1e-2, draw)


def clause_answers(model, X, y):
    return {
        "support_": array(model.support_, "support_", shape=(4,), kind="int"),
        "ranking_": array(model.ranking_, "ranking_", shape=(4,), kind="int"),
        "coef_": array(model.coef_, "coef_", shape=(2,)),
        "predict(X)": array(model.predict(X), "predict(X)", shape=(24,)),
    }


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, X, y: submission.RFE(2).fit(X, y),
        answers=clause_answers,
        rows=("predict",),
        refit=lambda model, X, y: model.fit(X, y),
    )
)

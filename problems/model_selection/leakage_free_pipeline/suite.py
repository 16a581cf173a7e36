"""Hidden cases of the pipeline: each step has a closed form, so what is learnt and what is predicted are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, number, parts
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.pipeline import fit_pipeline, nested_out_of_fold, out_of_fold

# The statement's numbers. Closed forms in float64 reach 1e-12; the nearest mistakes, ddof 1 among 120 rows or one fold
# of six seen by a step, move answers by 1e-3.
STEPS = 1e-7
ACCURACY = 1e-6
ERRORS = 1e-5
# Where alpha is chosen, the least error is this much below the next.
MARGIN = 1e-3
ALPHAS = [0.05, 1.0, 10.0, 200.0]


def data(rng, n_rows, n_features=3, *, missing=0.15, noise=1.0):
    """Return columns of several scales and offsets with missing values, and a target of all of them."""
    Z = datasets.standardised(datasets.correlated(rng, n_rows, n_features, 0.4))
    y = 5.0 + Z @ datasets.nonzero_coefficients(rng, n_features) + noise * rng.normal(size=n_rows)
    X = (Z + rng.uniform(-3, 3, size=n_features)) * 10.0 ** rng.uniform(-1, 1.5, size=n_features)
    return with_holes(rng, exact(X), missing), y


def exact(X):
    """Round to multiples of 2^-10: where few rows leave a column constant, its mean is then exactly its value."""
    return datasets.dyadic(X, bits=10)


def with_holes(rng, X, share):
    """Take a share of all values away, but leave two in each column."""
    holes = rng.random(X.shape) < share
    holes[:2] = False
    return np.where(holes, np.nan, X)


def folds_of(rng, n_rows, n_folds):
    """Return folds under odd names, of sizes that differ, in no order."""
    sizes = np.repeat(np.arange(n_folds), np.arange(1, n_folds + 1))
    names = rng.permutation(np.arange(-5, 50))[:n_folds]
    return rng.permutation(names[np.resize(sizes, n_rows)])


def compare_pipeline(model, right, X, y):
    """Compare what the steps have learnt."""
    unit = np.maximum(np.abs(np.where(np.isnan(X), right.fill, X)).max(axis=0), 1e-9)
    close_to(model.fill_, right.fill, STEPS, "fill_", scale=unit)
    close_to(model.mean_, right.mean, STEPS, "mean_", scale=unit)
    close_to(model.scale_, right.scale, STEPS, "scale_", scale=np.maximum(unit, right.scale))
    close_to(model.coef_, right.coef, ACCURACY, "coef_", scale=np.abs(y).max())
    close_to(number(model.intercept_, "intercept_"), right.intercept, ACCURACY, "intercept_", scale=np.abs(y).max())


def check_fit(submission, X, y, new=None, strategy="mean", alpha=1.0):
    """Fit once, and compare all that was learnt and the predictions of the same rows or of others."""
    model = submission.Pipeline(strategy=strategy, alpha=alpha).fit(X, y)
    right = fit_pipeline(X, y, strategy, alpha)
    compare_pipeline(model, right, X, y)
    for rows in (X, new):
        if rows is not None:
            close_to(model.predict(rows), right.predict(rows), ACCURACY, "predict(X)", scale=np.abs(y).max())


def check_folds(submission, X, y, folds, strategy="mean", alpha=1.0):
    """Compare predictions of held-out rows, and errors."""
    answer = submission.cross_validate(X, y, folds, strategy=strategy, alpha=alpha)
    predictions, errors, error = parts(answer, ("predictions", "errors", "error"), "cross_validate")
    right, right_errors = out_of_fold(X, y, folds, strategy, alpha)
    close_to(predictions, right, ACCURACY, "predictions", scale=max(np.abs(y).max(), np.abs(right).max()))
    close_to(errors, right_errors, ERRORS, "errors")
    close_to(number(error, "the error as a whole"), right_errors.mean(), ERRORS, "the error as a whole")


def check_nested(submission, X, y, folds, alphas, strategy="mean"):
    """Compare the alphas that were chosen, and the predictions."""
    answer = submission.nested_cross_validate(X, y, folds, alphas, strategy=strategy)
    predictions, chosen = parts(answer, ("predictions", "chosen"), "nested_cross_validate")
    right, right_chosen, _ = nested_out_of_fold(X, y, folds, alphas, strategy)
    close_to(chosen, right_chosen, 1e-12, "chosen", scale=right_chosen)
    close_to(predictions, right, ACCURACY, "predictions", scale=max(np.abs(y).max(), np.abs(right).max()))


def is_clear(table):
    """Tell whether the least error of each row is well below the next."""
    least = np.sort(table, axis=1)
    return bool((least[:, 1] > (1.0 + MARGIN) * least[:, 0]).all())


def nested_data(rng, n_rows, n_folds, shows=lambda X, y, folds, chosen: len(set(chosen.tolist())) > 1):
    """Draw data on which the choice is clear for each fold, and which shows a mistake."""

    def is_good(it):
        _, chosen, table = nested_out_of_fold(*it, ALPHAS)
        return is_clear(table) and shows(*it, chosen)

    def draw():
        noise = float(rng.uniform(0.5, 4.0))
        return *data(rng, n_rows, 5, missing=0.1, noise=noise), folds_of(rng, n_rows, n_folds)

    return datasets.drawn_until(is_good, draw)


@case("sample", hint="The mean of 1, 3 and 5 is 3; filled, the column is 1, 3, 3, 5 with mean 3 and deviation √2.")
def test_steps_by_hand(submission, rng):
    """One column 1, 3, nan, 5 and y = 0, 2, 2, 4, alpha = 4: w = √2 / 2 · 4 / (4 + 4) · 2, b = 2"""
    X, y = np.array([[1.0], [3.0], [np.nan], [5.0]]), np.array([0.0, 2.0, 2.0, 4.0])
    model = submission.Pipeline(alpha=4.0).fit(X, y)
    compare_pipeline(model, fit_pipeline(X, y, "mean", 4.0), X, y)
    close_to(model.scale_, [np.sqrt(2.0)], STEPS, "scale_")
    close_to(model.predict(np.array([[np.nan], [5.0]])), [2.0, 3.0], ACCURACY, "predict(X)")


@case("sample", hint="Rows of fold 1 are filled with 2, the mean of the other fold's column.")
def test_two_folds(submission, rng):
    """Six rows in two folds, and a target of whole numbers"""
    X = np.array([[1.0], [np.nan], [3.0], [10.0], [np.nan], [20.0]])
    check_folds(submission, X, np.array([1, 2, 3, 5, 6, 9]), np.array([0, 0, 0, 1, 1, 1]))


@case("sample", hint="For each fold cross-validate the other two against one another.")
def test_a_nested_choice(submission, rng):
    """Twelve rows in three folds, alphas 0.05 and 200"""
    X = np.arange(12.0)[:, None]
    y = np.array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12])
    check_nested(submission, X, y, np.arange(12) % 3, [0.05, 200.0])


@case("agreement", sizes=(5, 25, 120), hint="Fill, then scale by mean and deviation of the filled columns, then fit.")
def test_fitting(submission, rng, size):
    """Both strategies, three alphas, and new rows with missing values"""
    for strategy, alpha in (("mean", 1.0), ("median", 30.0), ("mean", 0.02)):
        X, y = data(rng, size)
        check_fit(submission, X, y, with_holes(rng, X[:5] + 1.0, 0.4), strategy, alpha)


@case("agreement", hint="Scale by the deviation itself: nothing is added to it, and no number but 0 is too small.")
def test_narrow_columns(submission, rng):
    """Columns with deviations of 0.011, with and without missing values"""
    Z = datasets.standardised(rng.normal(size=(60, 3)))
    y = 5.0 + Z @ [1.0, 2.0, -1.5] + 0.3 * rng.normal(size=60)
    X = exact((Z + rng.uniform(-2, 2, size=3)) * 0.011)
    # With three values in ten filled in, deviations are 0.009: below the hundredth that present ones have at least.
    for share in (0.0, 0.3):
        check_fit(submission, with_holes(rng, X, share), y)


@case("agreement", hint="The median is that of the values that are present.")
def test_columns_with_outliers(submission, rng):
    """A few huge values: mean and median are far apart"""
    X, y = data(rng, 30, missing=0.3)
    X[:2] *= 40.0
    for strategy in ("median", "mean"):
        check_fit(submission, X, y, strategy=strategy)


@case("agreement", hint="A large alpha shrinks w to zero, and predictions to the mean of y, not to zero.")
def test_the_intercept_is_not_penalised(submission, rng):
    """Targets far from zero, and an alpha of 1000"""
    X, y = data(rng, 20)
    check_fit(submission, X, y + 400.0, alpha=1000.0)


@case("agreement", sizes=(8, 30, 120), hint="Fit everything on the other folds; average the folds' errors.")
def test_cross_validation(submission, rng, size):
    """Two to five folds of different sizes under odd numbers, also huge ones"""
    for n_folds, strategy, is_huge in ((2, "mean", False), (4, "median", False), (5, "mean", True)):
        X, y = data(rng, size)
        X[:2] = np.nan_to_num(X[:2])
        folds = folds_of(rng, size, n_folds)
        # In float64 all but one of the huge numbers would be the same.
        names = np.where(folds == folds.min(), -(2**60), 2**60 + folds) if is_huge else folds
        check_folds(submission, X, y, names, strategy, 2.0)


@case("agreement", hint="A step that has seen the fold that is predicted is leakage, be it the fill, the scale or the mean of y.")
def test_a_fold_far_away(submission, rng):
    """One fold's rows lie 50 deviations away, and its targets too"""
    X, y = data(rng, 30)
    folds = np.repeat([3, 1, 2], 10)
    far = folds == 1
    X[far] = exact(X[far] + 50.0 * np.nanstd(X, axis=0))
    y[far] += 100.0
    for strategy in ("mean", "median"):
        check_folds(submission, X, y, folds, strategy)


@case("agreement", sizes=(12, 40), hint="For each fold alpha is chosen by the other folds among themselves, and then fitted on all of them.")
def test_nested_cross_validation(submission, rng, size):
    """Three and four folds, in which not all choose the same alpha"""
    for n_folds in (3, 4):
        check_nested(submission, *nested_data(rng, size, n_folds), ALPHAS)


@case("agreement", hint="The choice for a fold must not have seen its targets.")
def test_the_choice_does_not_see_the_fold(submission, rng):
    """Data on which one choice by all folds would be another one"""

    def shows(X, y, folds, chosen):
        everywhere = ALPHAS[int(np.argmin([out_of_fold(X, y, folds, "mean", alpha)[1].mean() for alpha in ALPHAS]))]
        return bool((chosen != everywhere).sum() >= 2)

    check_nested(submission, *nested_data(rng, 24, 4, shows), ALPHAS)


@case("agreement", hint="The mean of the folds' errors, not that of all rows: small folds count as much as large ones.")
def test_the_choice_counts_folds_alike(submission, rng):
    """Data on which the mean over rows would choose otherwise; alphas in falling order"""

    def shows(X, y, folds, chosen):
        def pooled(fold, alpha):
            rest = folds != fold
            return np.square(y[rest] - out_of_fold(X[rest], y[rest], folds[rest], "mean", alpha)[0]).mean()

        by_rows = [ALPHAS[int(np.argmin([pooled(fold, alpha) for alpha in ALPHAS]))] for fold in np.unique(folds)]
        return not np.array_equal(chosen, by_rows)

    check_nested(submission, *nested_data(rng, 20, 4, shows), ALPHAS[::-1])


@case("agreement", hint="strategy is for every pipeline: for those that choose alpha, and for those that predict.")
def test_nested_cross_validation_with_medians(submission, rng):
    """Heavy tails and missing values: the choice by medians is another one than by means"""

    def shows(X, y, folds):
        _, chosen, table = nested_out_of_fold(X, y, folds, ALPHAS, "median")
        return is_clear(table) and not np.array_equal(chosen, nested_out_of_fold(X, y, folds, ALPHAS, "mean")[1])

    def draw():
        X = exact(np.clip(rng.standard_t(2, size=(30, 2)), -30.0, 30.0))
        y = exact(X @ [1.0, 2.0] + float(rng.uniform(0.5, 4.0)) * rng.normal(size=30))
        return with_holes(rng, X, 0.3), y, folds_of(rng, 30, 3)

    check_nested(submission, *datasets.drawn_until(lambda it: shows(*it), draw), ALPHAS, "median")


@case("property", sizes=(12, 40), hint="Whatever stands in a fold's targets, its own predictions stay.")
def test_own_targets_do_not_matter(submission, rng, size):
    """Other targets in one fold: its predictions are the same, and so is its choice"""
    X, y, folds = nested_data(rng, size, 3)
    inside = folds == folds.max()
    changed = np.where(inside, -3.0 * y + 7.0 * rng.normal(size=size), y)
    right, right_chosen, _ = nested_out_of_fold(X, y, folds, ALPHAS)
    scale = np.abs(y).max() + np.abs(right).max()
    answer = parts(submission.cross_validate(X, changed, folds), ("predictions", "errors", "error"), "cross_validate")
    mine = array(answer[0], "predictions", shape=(size,))
    close_to(mine[inside], out_of_fold(X, y, folds)[0][inside], ACCURACY, "predictions of the fold", scale=scale)
    answer = parts(submission.nested_cross_validate(X, changed, folds, ALPHAS), ("predictions", "chosen"), "nested_cross_validate")
    mine = array(answer[0], "predictions", shape=(size,))
    close_to(mine[inside], right[inside], ACCURACY, "nested predictions of the fold", scale=scale)
    close_to(array(answer[1], "chosen", shape=(3,))[2], right_chosen[2], 1e-12, "the choice for the fold")


@case("property", hint="Units and zero points of columns change fill, mean and scale, and nothing after that.")
def test_units_do_not_matter(submission, rng):
    """Columns in other units: the same coefficients and predictions"""
    X, y = data(rng, 25)
    right, moved = fit_pipeline(X, y, "median", 3.0), X * [8.0, -0.25, 1.0] + [0.0, 4.0, -16.0]
    model = submission.Pipeline(strategy="median", alpha=3.0).fit(moved, y)
    close_to(model.coef_, right.coef * [1.0, -1.0, 1.0], ACCURACY, "coef_ in other units", scale=np.abs(y).max())
    close_to(model.predict(moved), right.predict(X), ACCURACY, "predict(X) in other units", scale=np.abs(y).max())


@case("property", hint="predict learns nothing: a row's prediction does not depend on the rows beside it.")
def test_rows_are_predicted_alone(submission, rng):
    """New rows far away, all together and one by one"""
    X, y = data(rng, 20)
    new = with_holes(rng, np.nan_to_num(X[:6], nan=1.0) * 3.0 + 10.0, 0.3)
    right = fit_pipeline(X, y).predict(new)
    model = submission.Pipeline().fit(X, y)
    scale = float(np.abs(right).max())
    close_to(model.predict(new), right, ACCURACY, "predict(X)", scale=scale)
    for i in (0, 5):
        close_to(model.predict(new[i : i + 1]), right[i : i + 1], ACCURACY, f"predict(X[{i}:{i + 1}])", scale=scale)


@case("edge", hint="Arguments may come by position, in the order of the interface.")
def test_arguments_by_position(submission, rng):
    """strategy before alpha, in all three"""
    X, y = data(rng, 25)
    folds = folds_of(rng, 25, 3)
    model = submission.Pipeline("median", 3.0).fit(X, y)
    compare_pipeline(model, fit_pipeline(X, y, "median", 3.0), X, y)
    predictions, _, _ = parts(submission.cross_validate(X, y, folds, "median", 3.0), ("predictions", "errors", "error"), "cross_validate")
    close_to(predictions, out_of_fold(X, y, folds, "median", 3.0)[0], ACCURACY, "predictions", scale=np.abs(y).max())


@case("edge", hint="A column without values is filled with 0; a constant column has scale 1.")
def test_columns_without_values(submission, rng):
    """A column without any value, a constant one, and one with a single value"""
    X, y = data(rng, 15, 5)
    X[:, 1], X[:, 3] = np.nan, 4.0
    X[1:, 4] = np.nan
    new = np.nan_to_num(X, nan=2.0) + 1.0
    for strategy in ("mean", "median"):
        check_fit(submission, X, y, new, strategy)


@case("edge", hint="What one fold alone has, the others have not: fill with 0 there.")
def test_a_column_that_one_fold_has(submission, rng):
    """A column whose values are all in one fold, and one that is constant but for that fold"""
    X, y = data(rng, 24, 4)
    folds = np.repeat([0, 1, 2], 8)
    X[:, 1] = np.where(folds == 2, np.nan_to_num(X[:, 1]), np.nan)
    X[:, 2] = np.where(folds == 2, np.nan_to_num(X[:, 2], nan=1.0), 3.0)
    check_folds(submission, X, y, folds)
    check_folds(submission, X, y, folds, "median")


@case("edge", hint="More columns than rows: the penalty makes the solution unique.")
def test_few_rows(submission, rng):
    """Four rows of six columns, and a fold for each row"""
    X, y = data(rng, 4, 6, missing=0.1)
    check_fit(submission, X, y, alpha=0.5)
    check_folds(submission, X, y, np.arange(4), alpha=0.5)


@case("edge", hint="With a single row every column is constant: scale 1, w = 0 and b = y.")
def test_a_single_row_to_learn_from(submission, rng):
    """One row against three, in two folds"""
    X, y = data(rng, 4, 2, missing=0.0)
    check_fit(submission, X[:1], y[:1], X)
    check_folds(submission, X, y, np.array([1, 0, 1, 1]))


def clause_inputs(rng):
    X, y = data(rng, 24, missing=0.0)
    return datasets.dyadic(datasets.standardised(X) + 1.0), datasets.dyadic(y), np.arange(24) % 3


def clause_answers(answers, X, y, folds):
    model, cross_validate = answers
    predictions, errors, _ = parts(cross_validate(X, y, folds, alpha=2.0), ("predictions", "errors", "error"), "cross_validate")
    names = ("fill_", "mean_", "scale_", "coef_")
    learnt = {name: array(getattr(model, name), name, shape=(3,)) for name in names}
    return {
        **learnt,
        "predictions": array(predictions, "predictions", shape=(24,)),
        "errors": array(errors, "errors", shape=(3,)),
    }


def both(submission, X, y, folds):
    return submission.Pipeline(alpha=2.0).fit(X, y), submission.cross_validate


def fit_again(answers, X, y, folds):
    answers[0].fit(X, y)


clauses = common_clauses(Description(inputs=clause_inputs, fit=both, answers=clause_answers, refit=fit_again))

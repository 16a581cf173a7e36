"""Hidden cases of ordinal and target encoding: codes are compared exactly, means directly."""

import numpy as np

from judge.agreement import array, close_to, equal_to, fitted, number, that
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.encoding import ordinal_categories, ordinal_codes, out_of_fold_means, target_means

# The statement's number, of the largest target. float64 reaches 1e-15; the nearest mistake, the overall mean of all
# rows in place of that of the other folds, moves encodings by 1e-3.
ACCURACY = 1e-8
NAMES = ["ant", "Bee", "cat", "10", "9", "", "dog", "Eel", "fox x"]


def table(rng, n_rows, n_columns=2, *, missing=0.15, names=NAMES):
    """Draw rows of strings, the first names more frequent, some values missing."""
    shares = 1.0 / np.arange(1, len(names) + 1)
    drawn = rng.choice(len(names), size=(n_rows, n_columns), p=shares / shares.sum())
    is_missing = rng.random((n_rows, n_columns)) < missing
    return [[None if gone else names[i] for i, gone in zip(row, holes)] for row, holes in zip(drawn, is_missing)]


def targets(rng, X, offset=3.0):
    """Draw targets that depend on the first column, so that its encoding matters."""
    levels = dict(zip([*NAMES, None], 2.0 * rng.normal(size=len(NAMES) + 1)))
    return offset + np.array([levels.get(row[0], 0.0) for row in X]) + rng.normal(size=len(X))


def compare(value, right, y, what):
    """Compare encodings by the largest target."""
    close_to(value, right, ACCURACY, what, scale=float(np.abs(y).max()))


def compare_strings(value, right, what):
    """Compare lists of lists of strings and None."""
    that(isinstance(value, list | tuple), f"{what} is not a list", actual=value)
    for row in value:
        that(isinstance(row, list | tuple), f"{what} does not hold lists", actual=value)
        that(all(entry is None or isinstance(entry, str) for entry in row), f"{what} holds more than strings and None", actual=value)
    that([list(row) for row in value] == right, f"{what} does not hold the right values; expected {str(right)[:200]}", actual=value)


def check_ordinal(submission, X, new, **options):
    """Fit once; compare categories, codes, and the strings that they are turned back into."""
    model = submission.OrdinalEncoder(**options).fit(X)
    categories = ordinal_categories(X)
    compare_strings(model.categories_, categories, "categories_")
    for rows in (X, new):
        codes = ordinal_codes(categories, rows, **options)
        equal_to(model.transform(rows), codes, "transform(X)")
        back = [[known[z] if z >= 0 else None for z, known in zip(row, categories)] for row in codes.tolist()]
        compare_strings(model.inverse_transform(codes), back, "inverse_transform(Z)")


def check_target(submission, X, y, new, smoothing):
    """Fit once; compare the mean and the encodings of the same rows and of others."""
    model = submission.TargetEncoder(smoothing=smoothing).fit(X, y)
    right = target_means(X, y, smoothing)
    compare(number(model.target_mean_, "target_mean_"), right.mean, y, "target_mean_")
    for rows in (X, new):
        compare(model.transform(rows), right.encode(rows), y, "transform(X)")


def check_folds(submission, X, y, folds, smoothing, new=(), *, model=None):
    """Compare encodings out of fold, of a new model or this one, and what is learnt in the end."""
    model = submission.TargetEncoder(smoothing=smoothing) if model is None else model
    compare(model.fit_transform(X, y, folds), out_of_fold_means(X, y, folds, smoothing), y, "fit_transform(X, y, folds)")
    right = target_means(X, y, smoothing)
    compare(number(model.target_mean_, "target_mean_"), right.mean, y, "target_mean_ after fit_transform")
    rows = [*X, *new]
    compare(model.transform(rows), right.encode(rows), y, "transform(X) after fit_transform")


@case("sample", hint="Sorted: 10, 9, Ant, bee. None is no category.")
def test_codes_by_hand(submission, rng):
    """One column of bee, 10, None, Ant and 9: codes 3, 0, -2, 2 and 1; an unknown cow is -1"""
    X = [["bee"], ["10"], [None], ["Ant"], ["9"]]
    check_ordinal(submission, X, [["cow"], [None]])


@case("sample", hint="The mean is 4; red has (1 + 3 + 1 · 4) / (2 + 1).")
def test_means_by_hand(submission, rng):
    """red 1, red 3, blue 8 with smoothing 1: red 8/3, blue 6, and 4 for what is unknown"""
    model = submission.TargetEncoder(smoothing=1.0).fit([["red"], ["red"], ["blue"]], np.array([1.0, 3.0, 8.0]))
    right = np.array([[8 / 3], [6.0], [4.0], [4.0]])
    compare(model.transform([["red"], ["blue"], ["green"], [None]]), right, right, "transform(X)")


@case("sample", hint="Fold 7 is encoded by fold 2 alone: mean 5, a has (2 + 5) / 2; b is not seen there.")
def test_folds_by_hand(submission, rng):
    """a 1 and b 3 in fold 7, a 2 and c 8 in fold 2, with smoothing 1: 3.5, 5, 1.5, 2"""
    X, y, folds = [["a"], ["b"], ["a"], ["c"]], np.array([1.0, 3.0, 2.0, 8.0]), np.array([7, 7, 2, 2])
    answer = submission.TargetEncoder(smoothing=1.0).fit_transform(X, y, folds)
    compare(answer, np.array([[3.5], [5.0], [1.5], [2.0]]), y, "fit_transform(X, y, folds)")


@case("agreement", sizes=(4, 20, 80), hint="Compare categories_ first: sorted strings of each column.")
def test_ordinal_codes(submission, rng, size):
    """One to three columns with missing values; some of the new strings are unknown"""
    for n_columns in (1, 3):
        X = table(rng, size, n_columns, names=NAMES[:6])
        check_ordinal(submission, [*X, ["cat"] * n_columns], table(rng, 12, n_columns))


@case("agreement", hint="The two special values are arguments; both are turned back into None.")
def test_other_special_values(submission, rng):
    """-9 and -5, -2 and -1, which are the defaults exchanged, and numbers of three and of seven digits"""
    X = table(rng, 20, 2, names=NAMES[:4])
    for unknown, missing in ((-9, -5), (-2, -1), (-1000, -999), (-(10**6), -1)):
        new = [["fox x", None], [None, "ant"]]
        check_ordinal(submission, [*X, ["ant", "Bee"]], new, unknown_value=unknown, missing_value=missing)


@case("agreement", sizes=(5, 30, 100), hint="(s + m μ) / (n + m): as if m further rows had the mean.")
def test_target_means(submission, rng, size):
    """Smoothings of 0.5, 10 and 300; new rows with unknown categories"""
    X = table(rng, size, names=NAMES[:6])
    for smoothing in (0.5, 10.0, 300.0):
        check_target(submission, X, targets(rng, X), table(rng, 10), smoothing)


@case("agreement", hint="The signatures say what is meant when nothing is given.")
def test_defaults(submission, rng):
    """Encoders made without arguments: smoothing 10, -1 for what is unknown and -2 for what is missing"""
    X, new = table(rng, 20, names=NAMES[:4]), [["fox x", None], [None, "Eel"]]
    y = targets(rng, X)
    compare(submission.TargetEncoder().fit(X, y).transform([*X, *new]), target_means(X, y, 10.0).encode([*X, *new]), y, "transform(X)")
    equal_to(submission.OrdinalEncoder().fit(X).transform([*X, *new]), ordinal_codes(ordinal_categories(X), [*X, *new]), "transform(X)")


@case("agreement", hint="None is a category with a mean of its own, when fit has seen it.")
def test_missing_values(submission, rng):
    """Missing values in the training rows, and where there were none"""
    X = [*table(rng, 20, 2, missing=0.4), [None, "ant"]]
    X = [[a, b or "ant"] for a, b in X]
    y = targets(rng, X) + np.array([5.0 * (row[0] is None) for row in X])
    check_target(submission, X, y, [[None, None], ["ant", None]], 2.0)


@case("agreement", hint="With smoothing 0 a category is encoded by its plain mean; one that was not seen by μ still.")
def test_no_smoothing(submission, rng):
    """smoothing=0, in and out of fold"""
    X = table(rng, 25)
    y = targets(rng, X)
    check_target(submission, X, y, [["new", None], [None, "new"]], 0.0)
    check_folds(submission, X, y, rng.permutation(np.arange(25) % 4), 0.0)


@case("agreement", sizes=(8, 40, 100), hint="Each fold is encoded by sums, counts and the mean of the other folds.")
def test_out_of_fold(submission, rng, size):
    """Folds of several sizes in no order, and smoothings of 1 and 20"""
    X = table(rng, size)
    for smoothing in (1.0, 20.0):
        folds = rng.permutation(np.concatenate([np.arange(4), rng.choice(4, size=size - 4, p=[0.4, 0.3, 0.2, 0.1])]))
        check_folds(submission, X, targets(rng, X), folds, smoothing)


@case("agreement", hint="Entries of folds are names: they need not be 0, 1, 2, …")
def test_fold_numbers(submission, rng):
    """Folds called -3, 12 and 5000, and numbers of 16 and 19 digits"""
    X = table(rng, 30)
    check_folds(submission, X, targets(rng, X), rng.permutation(np.repeat([-3, 12, 5000], 10)), 3.0)
    # As float64 the first two would be one number, and so would the last two.
    large = np.array([2**53, 2**53 + 1, -(2**62), 1 - 2**62])
    check_folds(submission, X[:28], targets(rng, X[:28]), rng.permutation(np.repeat(large, 7)), 3.0)


@case("agreement", hint="What the other folds have not seen gets their mean, not that of all rows.")
def test_categories_of_one_fold(submission, rng):
    """Every fold has a category of its own, and targets on another level"""
    folds = np.repeat([0, 1, 2], 6)
    X = [[f"only {fold}" if i % 2 else "ant", "dog"] for i, fold in enumerate(folds.tolist())]
    check_folds(submission, X, 4.0 * folds + rng.normal(size=18) + 1.0, folds, 2.0)


@case("agreement", hint="After fit_transform the encoder knows all rows.")
def test_transform_after_fit_transform(submission, rng):
    """New rows after fit_transform, of categories that stand in the last fold alone"""
    folds = np.repeat([4, 9], 8)
    X = [["ant" if fold == 4 or i % 2 else "rare"] for i, fold in enumerate(folds.tolist())]
    check_folds(submission, X, targets(rng, X), folds, 1.5, new=[["rare"], ["new"], [None]])


@case("property", sizes=(6, 25), hint="The order of rows does not matter, and a constant added to y is added to all encodings.")
def test_order_and_offset(submission, rng, size):
    """Rows in another order, and targets moved by 50"""
    X = table(rng, size)
    y = targets(rng, X)
    folds, order = np.arange(size) % 3, rng.permutation(size)
    right = out_of_fold_means(X, y, folds, 4.0)
    answer = submission.TargetEncoder(smoothing=4.0).fit_transform([X[i] for i in order], y[order] + 50.0, folds[order])
    compare(answer, right[order] + 50.0, y + 50.0, "fit_transform of rows in another order")


@case("property", hint="With one fold for each row, a row's own target is what it must not see.")
def test_a_fold_for_each_row(submission, rng):
    """Changing one target changes the encodings of all rows of its category but its own"""
    X = [["ant"], ["ant"], ["ant"], ["cat"], ["cat"], ["dog"]]
    y = targets(rng, X)
    check_folds(submission, X, y, np.arange(6), 1.0)
    y[1] += 10.0
    check_folds(submission, X, y, np.arange(6), 1.0)


@case(
    "property",
    given=lambda st: {
        "rows": st.lists(st.tuples(st.sampled_from(["a", "b", "", None]), st.integers(-3, 3), st.integers(0, 2)), max_size=6),
        "smoothing": st.sampled_from([0.0, 1.0, 8.0]),
    },
    examples=15,
)
def test_small_tables(submission, rng, rows, smoothing):
    """Small tables of one column, whole targets"""
    rows = [("a", 4, 0), ("b", 1, 1), *rows]
    X, y = [[row[0]] for row in rows], np.array([row[1] for row in rows], dtype=float)
    check_folds(submission, X, y, np.array([row[2] for row in rows]), smoothing)
    check_ordinal(submission, X, [["c"], [None], ["b"]])


@case("edge", hint="An empty string is a category; None is not the string 'None', nor any other string that may stand for it.")
def test_strings_that_look_empty(submission, rng):
    """Empty strings, the strings None, nan, missing and the like, and a missing value"""
    X = [["", "None"], [None, "nan"], ["None", None], ["nan", ""], ["", ""]]
    X += [[name, name] for name in ("missing", "Missing", "MISSING", "_missing_", "__missing__", "__MISSING__", "<missing>")]
    X += [[name, name] for name in ("NA", "N/A", "NaN", "<NA>", "null", "NULL", "__None__", "__none__", "unknown", "?", "-2", "-1")]
    check_ordinal(submission, X, [[None, None], ["", "None"], ["nan", "nan"]])
    check_target(submission, X, targets(rng, X), [[None, None], ["", "None"], ["none", "nan"]], 1.0)


@case("edge", hint="Strings are equal when all their characters are: nothing is stripped, and no number is read.")
def test_strings_that_look_alike(submission, rng):
    """Spaces before and after, zeros in front, capitals"""
    X = [["a", "1"], [" a", "01"], ["a ", "1.0"], ["A", " 1"], ["a\t", "+1"], ["a", "1"], ["  ", "001"], [" ", "1"], ["", "01"]]
    check_ordinal(submission, X, [["A ", "1 "], ["a", "1.00"], *X[::-1]])
    check_target(submission, X, targets(rng, X), [["A ", "1 "], ["a", "1.00"], *X[::-1]], 1.0)
    check_folds(submission, X, targets(rng, X), np.arange(9) % 3, 1.0)


@case("edge", hint="Each column has its own categories and means.")
def test_the_same_strings_in_two_columns(submission, rng):
    """ant and cat in both columns, with other targets"""
    X = [["ant", "cat"], ["ant", "cat"], ["cat", "ant"], ["dog", "ant"], ["ant", "dog"]]
    check_ordinal(submission, [["b", "z"], ["c", "a"]], [["a", "b"], ["c", "z"]])
    check_target(submission, X, targets(rng, X), X[::-1], 2.0)


@case("edge", hint="A single row: everything is its target.")
def test_a_single_row(submission, rng):
    """One row, and a column in which everything is missing"""
    check_target(submission, [["ant", None]], np.array([2.5]), [["bee", "bee"], [None, None]], 5.0)
    check_ordinal(submission, [["ant", None]], [["bee", "bee"], [None, "ant"]])
    check_ordinal(submission, [["ant", None], ["ant", None]], [["bee", "bee"], [None, "ant"]])


@case("edge", hint="transform learns nothing.")
def test_transform_learns_nothing(submission, rng):
    """New rows, then the old ones again; what was fitted before is forgotten"""
    X, new = [["10"], ["dog"], *table(rng, 15, 1)], table(rng, 10, 1)
    encoder = submission.OrdinalEncoder()
    encoder.fit([["#"], ["11"], ["zebra"]]).transform(new)
    encoder.fit(X).transform([["AA"], *new])
    equal_to(encoder.transform(X), ordinal_codes(ordinal_categories(X), X), "transform(X)")


@case("edge", hint="fit_transform begins anew, as fit does: sums and counts of other rows are forgotten.")
def test_fit_transform_forgets(submission, rng):
    """fit_transform after fit and after fit_transform, of other rows with other targets"""
    X, others = table(rng, 20), table(rng, 30)
    folds = np.arange(30) % 4
    model = submission.TargetEncoder(smoothing=2.0)
    fitted(model, others, targets(rng, others, offset=50.0))
    for _ in range(2):
        check_folds(submission, X, targets(rng, X), folds[:20], 2.0, model=model)
        check_folds(submission, others, targets(rng, others, offset=-20.0), folds, 2.0, model=model)


@case("edge", hint="Encoders know nothing of one another: what fit learns belongs to the object.")
def test_two_ordinal_encoders(submission, rng):
    """Two encoders, fitted one after the other; then the first is asked"""
    X = [["ant", "9"], ["cat", "10"]]
    first = fitted(submission.OrdinalEncoder(), X)
    fitted(submission.OrdinalEncoder(), [["bee", "x"], ["dog", "y"], ["eel", "z"]])
    equal_to(first.transform(X), ordinal_codes(ordinal_categories(X), X), "transform(X)")
    compare_strings(first.categories_, ordinal_categories(X), "categories_")


@case("edge", hint="Large targets: encodings are as exact as their mean.")
def test_targets_of_a_million(submission, rng):
    """Targets near a million and near minus a million, in and out of fold"""
    X = table(rng, 40)
    for offset in (9e5, -9e5):
        check_folds(submission, X, targets(rng, X, offset), np.arange(40) % 5, 5.0)


def clause_inputs(rng):
    X = table(rng, 20, missing=0.1, names=NAMES[:5])
    return X, np.round(targets(rng, X) * 64) / 64, np.arange(20) % 4


def clause_answers(model, X, y, folds):
    mean = np.array(number(model.target_mean_, "target_mean_"))
    return {"target_mean_": mean, "transform(X)": array(model.transform(X), "transform(X)", shape=(20, 2))}


def fit_twice(submission, X, y, folds):
    model = submission.TargetEncoder(smoothing=2.0)
    array(model.fit_transform(X, y, folds), "fit_transform(X, y, folds)", shape=(20, 2))
    return model.fit(X, y)


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=fit_twice,
        answers=clause_answers,
        rows=("transform",),
        refit=lambda model, X, y, folds: model.fit(X, y),
    )
)

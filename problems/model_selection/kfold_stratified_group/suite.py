"""Hidden cases of cross-validation splits: the rules leave no choice, so all indices are compared exactly."""

import numpy as np

from judge import datasets
from judge.agreement import array, equal_to, parts, raises, that
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.splitting import dealt_folds, group_folds, run_folds


def compare(value, folds, n_splits, what):
    """Compare a list of (train, test) with the fold of each row."""
    pairs = parts(value, tuple(f"split {fold}" for fold in range(n_splits)), what)
    for fold, pair in enumerate(pairs):
        train, test = parts(pair, ("train", "test"), f"split {fold} of {what}")
        equal_to(test, np.flatnonzero(folds == fold), f"test of split {fold}")
        equal_to(train, np.flatnonzero(folds != fold), f"train of split {fold}")


def check_runs(submission, n_samples, n_splits, order=None):
    compare(submission.kfold(n_samples, n_splits, order=order), run_folds(n_samples, n_splits, order), n_splits, "kfold")


def check_dealt(submission, y, n_splits, order=None):
    compare(submission.stratified_kfold(y, n_splits, order=order), dealt_folds(y, n_splits, order), n_splits, "stratified_kfold")


def check_groups(submission, groups, n_splits):
    compare(submission.group_kfold(groups, n_splits), group_folds(groups, n_splits), n_splits, "group_kfold")


def labels_of(rng, n_samples, shares=(0.5, 0.3, 0.15, 0.05), names=(7, -2, 10, 9)):
    """Draw integer labels that are neither 0, 1, 2 nor sorted by frequency."""
    return np.array(names)[rng.choice(len(shares), size=n_samples, p=shares)]


def groups_of(rng, n_groups, largest=9):
    """Draw groups of 1 to `largest` rows, their rows in no order, under numbers with gaps."""
    names = rng.permutation(np.arange(-n_groups, 3 * n_groups))[:n_groups]
    return rng.permutation(np.repeat(names, rng.integers(1, largest + 1, size=n_groups)))


@case("sample", hint="7 = 3 + 2 + 2: the first folds get what is left over.")
def test_seven_rows_in_three_folds(submission, rng):
    """Seven rows in three folds: 0 1 2, 3 4, 5 6"""
    compare(submission.kfold(7, 3), np.array([0, 0, 0, 1, 1, 2, 2]), 3, "kfold")


@case("sample", hint="Rows of label 4: 1, 2, 4 go to folds 0, 1, 0. Rows of label 6: 0, 3 go on with folds 1 and 0.")
def test_dealing_by_hand(submission, rng):
    """Labels 6, 4, 4, 6, 4 in two folds: folds 1, 0, 1, 0, 0"""
    compare(submission.stratified_kfold(np.array([6, 4, 4, 6, 4]), 2), np.array([1, 0, 1, 0, 0]), 2, "stratified_kfold")


@case("sample", hint="c with three rows to fold 0, a with two to fold 1, b with two to fold 1, d to fold 0.")
def test_groups_by_hand(submission, rng):
    """Groups c c c, b b, a a, d in two folds: c and d, a and b"""
    folds = np.array([0, 0, 1, 1, 1, 1, 0, 0])
    compare(submission.group_kfold(["c", "c", "b", "a", "b", "a", "c", "d"], 2), folds, 2, "group_kfold")


@case("agreement", sizes=(5, 23, 120), hint="n mod k folds have one row more, and they are the first ones.")
def test_runs(submission, rng, size):
    """Two to five folds, rows as they stand"""
    for n_splits in (2, 3, 4, 5):
        check_runs(submission, size, n_splits)


@case("agreement", sizes=(6, 40), hint="order says which row comes next; the indices of a split rise all the same.")
def test_runs_of_shuffled_rows(submission, rng, size):
    """Rows in a given order"""
    for n_splits in (2, 4):
        check_runs(submission, size, n_splits, rng.permutation(size))


@case("agreement", sizes=(8, 40, 150), hint="One label after the other, from the smallest; the dealing goes on from label to label.")
def test_dealing(submission, rng, size):
    """Four labels, frequent and rare ones"""
    for n_splits in (2, 3, 5):
        check_dealt(submission, labels_of(rng, size), n_splits)


@case("agreement", sizes=(8, 40), hint="Within a label rows are dealt as they stand in order.")
def test_dealing_shuffled_rows(submission, rng, size):
    """Labels of rows in a given order"""
    for n_splits in (2, 4):
        check_dealt(submission, labels_of(rng, size), n_splits, rng.permutation(size))


@case("agreement", hint="y may be a list: make it an array before indices pick from it. An order counts for strings as for numbers.")
def test_dealing_shuffled_rows_under_names(submission, rng):
    """Labels that are strings, of rows in a given order"""
    names = [f"class {label}" for label in labels_of(rng, 40).tolist()]
    for n_splits in (2, 3):
        check_dealt(submission, names, n_splits, rng.permutation(40))


@case("agreement", sizes=(5, 12, 60), hint="Fewest rows, not fewest groups; large groups first.")
def test_groups(submission, rng, size):
    """Groups of one to nine rows"""
    for n_splits in (2, 3, 5):
        check_groups(submission, groups_of(rng, size), n_splits)


@case("agreement", hint="Of groups of equal size the smaller label goes first, of equal folds the lower number is taken.")
def test_groups_of_equal_size(submission, rng):
    """Groups of two rows each, under numbers and names whose order is not that of their first rows"""
    numbers = datasets.drawn_until(
        lambda names: not np.array_equal(names, np.sort(names)), lambda: rng.permutation(np.array([3, 20, 100, -5, 11]))
    )
    check_groups(submission, np.tile(numbers, 2), 3)
    check_groups(submission, [f"user {number}" for number in np.tile(numbers, 2).tolist()], 3)


@case("agreement", hint="One large group is a fold of its own; the small ones share the others.")
def test_one_large_group(submission, rng):
    """A group with half of all rows"""
    groups = rng.permutation(np.concatenate([np.full(30, 8), np.repeat(np.arange(20, 30), rng.integers(1, 6, size=10))]))
    check_groups(submission, groups, 3)


@case("property", sizes=(10, 60), hint="Count rows of each label in each fold: the counts differ by one at most, and so do the folds.")
def test_balance(submission, rng, size):
    """Folds differ by one row at most, and so do their shares of each label"""
    y = labels_of(rng, size)
    for n_splits in (3, 4):
        pairs = parts(submission.stratified_kfold(y, n_splits), tuple("abcd"[:n_splits]), "stratified_kfold")
        tests = [array(parts(pair, ("train", "test"), "a split")[1], "test", kind="int") for pair in pairs]
        that(all(((test >= 0) & (test < size)).all() for test in tests), "a test index is no row")
        counts = np.array([[len(test), *((y[test] == label).sum() for label in np.unique(y))] for test in tests])
        that(np.ptp(counts, axis=0).max() <= 1, "folds differ by more than one row, of one label or of all")
        check_dealt(submission, y, n_splits)


@case("property", hint="If order puts the rows in another order, it is as if they had stood so from the beginning.")
def test_an_order_is_another_table(submission, rng):
    """Splits of reordered rows are the splits with that order, translated"""
    y, order = labels_of(rng, 30), rng.permutation(30)
    place = np.argsort(order)
    compare(submission.stratified_kfold(y[order], 4), dealt_folds(y, 4, order)[order], 4, "stratified_kfold")
    compare(submission.stratified_kfold(y, 4, order=order), dealt_folds(y[order], 4)[place], 4, "stratified_kfold")


@case(
    "property",
    given=lambda st: {"labels": st.lists(st.sampled_from([1, 2, 5, 30]), min_size=2, max_size=9), "n_splits": st.integers(2, 4)},
    examples=15,
    hint="More folds than rows, or than groups: ValueError. All else is allowed: a label may have fewer rows than there are folds.",
)
def test_small_tables(submission, rng, labels, n_splits):
    """A few rows as labels and as groups, with two to four folds"""
    y = np.array(labels)
    if n_splits > len(y):
        for function in (submission.stratified_kfold, submission.group_kfold):
            with raises(ValueError):
                function(y, n_splits)
        return
    check_dealt(submission, y, n_splits)
    if len(set(labels)) >= n_splits:
        check_groups(submission, y, n_splits)


@case("edge", hint="As many folds as rows: each row is a fold. A single fold leaves nothing to train on: ValueError.")
def test_numbers_of_folds(submission, rng):
    """As many folds as rows or groups, one more, and fewer than two"""
    y, groups = labels_of(rng, 7), np.array([5, 3, 5, 9, 3])
    check_runs(submission, 7, 7, rng.permutation(7))
    check_dealt(submission, y, 7)
    check_groups(submission, groups, 3)
    calls = (submission.kfold, 7), (submission.stratified_kfold, y), (submission.group_kfold, groups)
    for (function, rows), too_many in zip(calls, (8, 8, 4)):
        for n_splits in (too_many, 1, 0):
            with raises(ValueError, hint=f"n_splits={n_splits} cannot be served."):
                function(rows, n_splits)


@case("edge", hint="A rare label is in some folds only; that is no error.")
def test_rare_labels(submission, rng):
    """Labels with one and two rows in five folds, and a single label"""
    y = rng.permutation(np.repeat([3, 1, 2], [1, 17, 2]))
    check_dealt(submission, y, 5)
    check_dealt(submission, np.full(11, 4), 3)


@case("edge", hint="Strings are sorted as Python sorts them: '10' before '9'. Numbers are not.")
def test_strings_and_numbers(submission, rng):
    """Labels 9 and 10 as numbers and as strings"""
    y = rng.permutation(np.repeat([9, 10, -1], [5, 4, 6]))
    check_dealt(submission, y, 4)
    check_dealt(submission, [str(label) for label in y.tolist()], 4)
    check_groups(submission, np.array([9, 10, 10, 9, 1, 2]), 2)
    check_groups(submission, ["9", "10", "10", "9", "1", "2"], 2)


@case("edge", hint="Python sorts by code points: 'B' and 'C' stand before 'a', and a space before all letters.")
def test_capitals_and_spaces(submission, rng):
    """Strings whose order changes when case or spaces are ignored"""
    names = ["a", "B", "C", "d", " e", "F "]
    check_groups(submission, [names[i] for i in rng.permutation(6)], 4)
    check_groups(submission, ["a", "B", "C"], 3)
    check_dealt(submission, ["a", "B", "a", "B", "C"], 3)
    check_dealt(submission, [names[i] for i in rng.permutation(np.repeat(np.arange(6), [2, 3, 1, 2, 1, 3]))], 4)


@case("edge", hint="-5 is smaller than 3: numbers are not sorted by their size.")
def test_negative_labels(submission, rng):
    """Labels and groups of either sign"""
    y = rng.permutation(np.repeat([3, -5, -40, 8], [3, 2, 2, 4]))
    check_dealt(submission, y, 3)
    check_dealt(submission, np.array([3, -5, 3, -5, -5]), 2)
    check_groups(submission, rng.permutation(np.repeat([3, -5, -40, 8], 2)), 3)


@case("edge", hint="The number of folds is compared with the rows, whether an order is given or not.")
def test_too_many_folds_with_an_order(submission, rng):
    """Two rows and three folds, or one fold, in a given order"""
    order = np.array([1, 0])
    for n_splits in (3, 1):
        with raises(ValueError):
            submission.kfold(2, n_splits, order=order)
        with raises(ValueError):
            submission.stratified_kfold(np.array([4, 4]), n_splits, order=order)


@case("edge", hint="Compare labels as they are: differences of small integers overflow, and floats hold no large ones.")
def test_labels_of_any_size(submission, rng):
    """Integers of eight bits from -100 to 100 and from -128 to 127, neighbours near 2^60, and numbers 2^60 apart"""
    small = rng.permutation(np.repeat(np.array([100, -100, 3], dtype=np.int8), [3, 4, 4]))
    check_dealt(submission, small, 3)
    check_groups(submission, small, 3)
    # Neighbours of this size are the same number in float64.
    huge = 2**60 + rng.permutation(np.repeat([5, 2, 9], [3, 4, 4]))
    check_dealt(submission, huge, 3)
    check_groups(submission, huge, 3)
    for names in (np.array([-128, 127, 0], dtype=np.int8), 2**60 * np.array([-1, 1, 0])):
        y = rng.permutation(np.repeat(names, np.arange(2, len(names) + 2)))
        check_dealt(submission, y, 2)
        check_groups(submission, y, 2)


def clause_answers(answers, y, order):
    firsts = [parts(answer, ("first", "second", "third"), "the answer")[0] for answer in answers]
    return {f"test of split 0, {i}": array(parts(first, ("train", "test"), "a split")[1], "test", kind="int") for i, first in enumerate(firsts)}


INTEGERS = "the inputs are integers"
clauses = common_clauses(
    Description(
        inputs=lambda rng: (labels_of(rng, 12, shares=(0.4, 0.3, 0.2, 0.1)), rng.permutation(12)),
        fit=lambda submission, y, order: (submission.kfold(12, 3, order=order), submission.stratified_kfold(y, 3, order=order)),
        answers=clause_answers,
    ),
    leave_out={
        "test_float32_inputs_are_taken": INTEGERS,
        "test_fortran_order_is_taken": INTEGERS,
        "test_read_only_inputs_are_taken": INTEGERS,
    },
)

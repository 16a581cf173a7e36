"""Hidden cases of the classification report: every number is a quotient of counts, so values are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, entries, equal_to, number
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.metrics import classification_summary

# The statement's number. Quotients of counts err by 1e-16, in float32 by 1e-7; the least mistake that the data is drawn
# for is 1e-3 off.
ACCURACY = 1e-6
AVERAGES = ("micro", "macro", "weighted")
KEYS = ("labels", "support", "precision", "recall", "f1", "accuracy", *AVERAGES)


def ask(submission, y_true, y_pred, **options):
    """Call once and return the answer with its values converted; anything but a dict with the keys is a finding."""
    return converted(submission.classification_report(y_true, y_pred, **options))


def converted(report):
    """Convert the values of a report."""
    report = entries(report, KEYS, "classification_report")
    found = {key: array(report[key], f"report[{key!r}]", kind="int") for key in ("labels", "support")}
    found |= {key: array(report[key], f"report[{key!r}]") for key in ("precision", "recall", "f1")}
    found |= {key: array(report[key], f"report[{key!r}]", shape=(3,)) for key in AVERAGES}
    return found | {"accuracy": np.array(number(report["accuracy"], "report['accuracy']"))}


def check(submission, y_true, y_pred, **options):
    """Call once and compare every entry with the counts' quotients."""
    found = ask(submission, y_true, y_pred, **options)
    compare(found, classification_summary(y_true, y_pred, **options))
    return found


def compare(found, right):
    """Compare every entry of a converted report."""
    for key in KEYS[:2]:
        equal_to(found[key], getattr(right, key), f"report[{key!r}]")
    for key in KEYS[2:]:
        close_to(found[key], getattr(right, key), ACCURACY, f"report[{key!r}]", scale=1.0)


def from_table(rng, table, classes):
    """Return y_true and y_pred in random order: `table[i][j]` samples of classes[i] predicted as classes[j]."""
    rows, columns = np.nonzero(table)
    times = np.asarray(table)[rows, columns]
    order = rng.permutation(times.sum())
    return np.repeat(np.take(classes, rows), times)[order], np.repeat(np.take(classes, columns), times)[order]


def apart(*values):
    """Whether all pairs of these numbers, entry by entry, differ by 1e-3 at least."""
    return all(np.abs(np.subtract(a, b)).min() > 1e-3 for i, a in enumerate(values) for b in values[:i])


def is_telling(y_true, y_pred):
    """Whether averages, precision and recall, and other ways to average F1 can be told apart."""
    right = classification_summary(y_true, y_pred)
    f1_of_averages = [2 * p * r / (p + r) for p, r in (right.macro[:2], right.weighted[:2])]
    return (
        apart(right.micro[2], right.macro[2], right.weighted[2])
        and apart([right.macro[2], right.weighted[2]], f1_of_averages)
        and apart(right.macro[0], right.macro[1])
        and apart(right.weighted[0], right.weighted[1])
    )


def predictions(rng, classes, weights, n_samples, hit_rate=0.6):
    """Draw classes by weight, and predictions that are right at `hit_rate` and else lean towards the last classes."""

    def draw():
        y_true = rng.choice(classes, size=n_samples, p=weights / weights.sum())
        others = rng.choice(classes, size=n_samples, p=weights[::-1] / weights.sum())
        y_true[: len(classes)] = classes
        return y_true, np.where(rng.random(n_samples) < hit_rate, y_true, others)

    return datasets.drawn_until(lambda drawn: is_telling(*drawn), draw)


@case("sample", hint="Class 0: 2 of its 2 predictions are right, and 2 of its 3 samples are found.")
def test_six_samples(submission, rng):
    """Three classes, worked by hand"""
    found = ask(submission, np.array([0, 0, 0, 1, 1, 2]), np.array([0, 0, 1, 1, 2, 2]))
    equal_to(found["labels"], [0, 1, 2], "report['labels']")
    equal_to(found["support"], [3, 2, 1], "report['support']")
    right = {
        "precision": [1, 1 / 2, 1 / 2],
        "recall": [2 / 3, 1 / 2, 1],
        "f1": [4 / 5, 1 / 2, 2 / 3],
        "accuracy": 2 / 3,
        "micro": [2 / 3, 2 / 3, 2 / 3],
        "macro": [2 / 3, 13 / 18, 59 / 90],
        "weighted": [3 / 4, 2 / 3, 61 / 90],
    }
    for key, value in right.items():
        close_to(found[key], value, ACCURACY, f"report[{key!r}]", scale=1.0)


@case("sample", hint="Class 1 is never predicted: its precision has the denominator 0, its recall and F1 have not.")
def test_a_class_that_is_never_predicted(submission, rng):
    """Precision of class 1 is zero_division, its recall and F1 are 0"""
    for zero_division in (0.0, 1.0):
        found = ask(submission, np.array([0, 0, 1, 0]), np.array([0, 0, 0, 0]), zero_division=zero_division)
        close_to(found["precision"], [3 / 4, zero_division], ACCURACY, "report['precision']", scale=1.0)
        close_to(found["recall"], [1, 0], ACCURACY, "report['recall']", scale=1.0)
        close_to(found["f1"], [6 / 7, 0], ACCURACY, "report['f1']", scale=1.0)
        averages = [3 / 8 + zero_division / 2, 1 / 2, 3 / 7]
        close_to(found["macro"], averages, ACCURACY, "report['macro']", scale=1.0)


@case("agreement", sizes=(8, 30, 300), hint="Count hits, predictions and members of each class.")
def test_three_classes(submission, rng, size):
    """Three classes of different size"""
    check(submission, *predictions(rng, np.arange(3), np.array([5.0, 3.0, 2.0]), size))


@case("agreement", hint="Compare with each class itself; classes need not be 0, 1, 2, …")
def test_any_integers(submission, rng):
    """Classes with gaps, and negative ones"""
    classes = np.sort(rng.choice(np.arange(-1000, 1001), size=6, replace=False))
    check(submission, *predictions(rng, classes, np.arange(6.0, 0.0, -1.0), 150))


@case("agreement", hint="Macro counts classes alike, weighted counts them by support, micro counts samples.")
def test_rare_classes(submission, rng):
    """One class of 500 samples beside classes of a few"""
    table = [[430, 50, 10, 10], [3, 4, 1, 0], [5, 0, 2, 1], [1, 2, 0, 1]]
    check(submission, *from_table(rng, table, rng.permutation([3, 5, 6, 9])))


@case("agreement", hint="Forty classes are forty comparisons, or one table of counts.")
def test_many_classes(submission, rng):
    """Forty classes, three thousand samples"""
    check(submission, *predictions(rng, np.arange(40) * 3 - 50, np.geomspace(1.0, 8.0, 40), 3000))


@case("agreement", hint="The report has the order of labels, not the sorted one.")
def test_the_order_of_labels(submission, rng):
    """All classes, in descending order and in another"""
    y_true, y_pred = predictions(rng, np.arange(4), np.array([6.0, 4.0, 2.0, 1.0]), 80)
    for labels in (np.array([3, 2, 1, 0]), np.array([2, 0, 3, 1])):
        check(submission, y_true, y_pred, labels=labels)


@case("agreement", hint="Only the classes of labels are summed or averaged, but their counts take in all samples.")
def test_some_of_the_classes(submission, rng):
    """A report that leaves out the most frequent class: micro is not the accuracy"""
    table = [[300, 40, 9], [12, 20, 4], [25, 3, 9]]
    y_true, y_pred = from_table(rng, table, [0, 1, 2])
    check(submission, y_true, y_pred, labels=np.array([1, 2]))
    check(submission, y_true, y_pred, labels=np.array([2]))
    check(submission, y_true, y_pred, labels=np.array([0]))


@case("agreement", hint="Predictions outside the report count where they are right or wrong for nobody in it: sum the counts of its classes.")
def test_labels_cover_the_truth(submission, rng):
    """Every class of y_true is in labels, and some predictions are not: micro precision is not the accuracy"""
    y_true, y_pred = from_table(rng, [[9, 2, 4], [3, 8, 5], [0, 0, 0]], [0, 1, 2])
    check(submission, y_true, y_pred, labels=np.array([1, 0]))
    # The other way round every prediction is in labels, and some true classes are not.
    check(submission, y_pred, y_true, labels=np.array([1, 0]))


@case("agreement", hint="Convert y_true, y_pred and labels to arrays first: == between two lists is a single truth.")
def test_lists_and_tuples(submission, rng):
    """Lists, tuples and arrays, also of different kinds"""
    y_true, y_pred = from_table(rng, [[6, 2, 1], [1, 5, 3], [2, 0, 4]], [3, -1, 8])
    for first, second in ((list, list), (list, tuple), (tuple, np.array), (np.array, list)):
        for labels in (None, [8, 3]):
            options = {} if labels is None else {"labels": second(labels)}
            found = ask(submission, first(y_true.tolist()), second(y_pred.tolist()), **options)
            compare(found, classification_summary(y_true, y_pred, labels=None if labels is None else np.array(labels)))


@case("agreement", hint="zero_division=0.0 is the default.")
def test_undefined_scores_without_zero_division(submission, rng):
    """Where zero_division is not given, an undefined score is 0"""
    y_true, y_pred = from_table(rng, [[3, 1, 2], [2, 4, 1], [0, 0, 0]], [0, 1, 2])
    check(submission, y_true, y_pred)
    check(submission, y_pred, y_true)


@case("agreement", hint="A class of labels that occurs nowhere has support 0, and its scores are zero_division.")
def test_labels_that_occur_nowhere(submission, rng):
    """Classes that were asked for and never seen count in the macro averages"""
    y_true, y_pred = predictions(rng, np.arange(3), np.array([4.0, 2.0, 1.0]), 60)
    for zero_division in (0.0, 1.0):
        check(submission, y_true, y_pred, labels=np.array([5, 1, -2, 0, 2]), zero_division=zero_division)
        # As positions in a table of the three classes, -1, -2 and -3 would be 2, 1 and 0.
        check(submission, y_true, y_pred, labels=np.array([-1, 0, -3, 2, -2]), zero_division=zero_division)
        check(submission, y_true + 5, y_pred + 5, labels=np.array([4, 6, 3]), zero_division=zero_division)
        # Between the classes 0, 3 and 6, and beyond both ends.
        check(submission, 3 * y_true, 3 * y_pred, labels=np.array([3, 1, 0, 7, 4, 6, -1]), zero_division=zero_division)


@case("agreement", hint="The classes of the report are those of y_true and of y_pred together.")
def test_a_class_that_is_only_predicted(submission, rng):
    """A class without samples is predicted: its recall is zero_division, its precision and F1 are 0"""
    table = [[9, 2, 3], [0, 0, 0], [4, 1, 6]]
    y_true, y_pred = from_table(rng, table, rng.permutation([-4, 0, 7]))
    for zero_division in (0.0, 1.0):
        check(submission, y_true, y_pred, zero_division=zero_division)


@case(
    "property",
    hint="Exchanging truth and prediction exchanges precision and recall.",
    given=lambda st: {
        "pairs": st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12),
        "zero_division": st.sampled_from([0.0, 1.0]),
    },
    examples=15,
)
def test_exchanged(submission, rng, pairs, zero_division):
    """y_pred and y_true exchanged"""
    y_true, y_pred = np.array(pairs).T
    there = check(submission, y_true, y_pred, zero_division=zero_division)
    back = check(submission, y_pred, y_true, zero_division=zero_division)
    for one, other in (("precision", "recall"), ("recall", "precision"), ("f1", "f1")):
        close_to(back[other], there[one], 2 * ACCURACY, f"report[{other!r}]", scale=1.0)


@case("property", hint="With all classes in the report, micro scores and weighted recall are the accuracy.")
def test_what_equals_the_accuracy(submission, rng):
    """The three micro scores and the weighted recall equal the accuracy"""
    found = check(submission, *predictions(rng, np.arange(5), np.array([5.0, 4.0, 3.0, 2.0, 1.0]), 90))
    close_to(found["micro"], np.full(3, found["accuracy"]), 2 * ACCURACY, "report['micro']", scale=1.0)
    close_to(found["weighted"][1], found["accuracy"], 2 * ACCURACY, "report['weighted'][1]", scale=1.0)


@case("property", hint="Every sample three times: three times the support, the same scores.")
def test_repeated_samples(submission, rng):
    """Every sample three times, in another order"""
    y_true, y_pred = predictions(rng, np.arange(3), np.array([3.0, 2.0, 2.0]), 25)
    once = ask(submission, y_true, y_pred)
    order = rng.permutation(75)
    thrice = check(submission, np.tile(y_true, 3)[order], np.tile(y_pred, 3)[order])
    equal_to(thrice["support"], 3 * once["support"], "report['support']")


@case("edge", hint="Nothing was hit, but the denominator of F1 is not zero: F1 is 0, whatever zero_division says.")
def test_no_hit_at_all(submission, rng):
    """Every prediction is wrong: all scores are 0, with either zero_division"""
    for zero_division in (0.0, 1.0):
        check(submission, np.array([0, 1, 1, 2]), np.array([1, 2, 0, 0]), zero_division=zero_division)
        check(submission, np.array([4]), np.array([8]), zero_division=zero_division)


@case("edge")
def test_every_prediction_right(submission, rng):
    """All scores are 1, also with one class or one sample"""
    for y in (np.array([3]), np.full(5, -2), rng.permutation(np.repeat([1, 2, 4], [2, 3, 5]))):
        check(submission, y, y.copy())


@case("edge", hint="The micro precision has the denominator zero, too, when no class of the report is predicted.")
def test_no_class_of_the_report_is_predicted(submission, rng):
    """A report on one class that was never predicted"""
    y_true, y_pred = from_table(rng, [[8, 0, 1], [3, 0, 2], [1, 0, 4]], [0, 1, 2])
    for zero_division in (0.0, 1.0):
        check(submission, y_true, y_pred, labels=np.array([1]), zero_division=zero_division)


@case("edge", hint="Arguments may come by position: labels is the third, zero_division the fourth.")
def test_all_arguments_by_position(submission, rng):
    """Labels of which one never occurs, with a zero_division of 1"""
    y_true, y_pred, labels = np.array([0, 1, 1, 2]), np.array([0, 2, 1, 2]), np.array([2, 0, 1, 7])
    found = converted(submission.classification_report(y_true, y_pred, labels, 1.0))
    compare(found, classification_summary(y_true, y_pred, labels=labels, zero_division=1.0))


def clause_inputs(rng):
    return from_table(rng, [[9, 2, 1], [1, 5, 0], [2, 1, 3]], [2, 5, 7])


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, y_true, y_pred: submission.classification_report(y_true, y_pred),
        answers=lambda report, y_true, y_pred: converted(report),
    ),
    leave_out={
        "test_float32_inputs_are_taken": "the inputs are integers",
        "test_fortran_order_is_taken": "the inputs have one axis",
        "test_read_only_inputs_are_taken": "the clause makes arrays of floats read-only, and the inputs are integers",
    },
)

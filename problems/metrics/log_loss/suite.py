"""Hidden cases of log loss: a closed formula, so the number is compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import close_to, number, raises
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.metrics import log_loss

# The statement's number. float64 reaches 1e-14. The nearest mistake, another eps, is off by 1e-1 where a probability is
# zero, and a missing clip at 1 by 1e-2 where eps is large.
ACCURACY = 1e-9


def near(answer, right):
    """Compare the loss in the units of the statement."""
    close_to(answer, right, ACCURACY, "log_loss", scale=max(1.0, abs(right)))


def check(submission, y, probabilities, labels, **options):
    """Compute the loss once and compare."""
    near(submission.log_loss(y, probabilities, labels, **options), log_loss(y, probabilities, labels, **options))


def draw(rng, n_samples, labels, *, spread=1.5):
    """Draw labels, all present where there is room, and rows of probabilities that sum to one."""
    labels = np.asarray(labels)
    y = labels[rng.permutation(np.arange(n_samples) % len(labels))]
    raw = np.exp(spread * rng.normal(size=(n_samples, len(labels))))
    return y, raw / raw.sum(axis=1, keepdims=True), labels


@case("sample", hint="Minus the mean of ln(1/2), ln(1/4) and ln(1/8): ln(64) / 3.")
def test_three_samples_by_hand(submission, rng):
    """Probabilities 1/2, 1/4 and 1/8 for what came true: 2 ln 2"""
    probabilities = np.array([[0.5, 0.5], [0.75, 0.25], [0.125, 0.875]])
    near(submission.log_loss(np.array([0, 1, 0]), probabilities, np.array([0, 1])), 2.0 * np.log(2.0))


@case("sample", hint="labels says which column belongs to which label: the first one to 'dog' here.")
def test_labels_in_the_order_given(submission, rng):
    """Labels 'dog', 'ant', 'cat' for the columns; 'ant' and 'dog' came true"""
    probabilities = np.array([[0.2, 0.5, 0.3], [0.8, 0.1, 0.1]])
    near(submission.log_loss(["ant", "dog"], probabilities, ["dog", "ant", "cat"]), -0.5 * np.log(0.4))


@case("sample", hint="A probability of 0 counts as eps and one of 1 as 1 - eps.")
def test_certain_predictions(submission, rng):
    """Certain and right, certain and wrong, with eps = 0.1"""
    answer = submission.log_loss(np.array([0, 0]), np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([0, 1]), eps=0.1)
    near(answer, -0.5 * (np.log(0.9) + np.log(0.1)))


@case("agreement", sizes=(3, 20, 500, 2000), hint="Take from each row the probability of the true label, and average.")
def test_random_predictions(submission, rng, size):
    """Three labels in ascending order"""
    check(submission, *draw(rng, size, [0, 1, 2]))


@case("agreement", hint="Column k belongs to labels[k], whatever the order and the size of the labels are.")
def test_labels_in_any_order(submission, rng):
    """Labels that are neither sorted nor 0, 1, 2"""
    check(submission, *draw(rng, 30, [7, -2, 40, 3]))
    check(submission, *draw(rng, 30, [2, 0, 1]))


@case("agreement", hint="The columns come from labels, not from what occurs in y.")
def test_labels_that_do_not_occur(submission, rng):
    """Labels that nobody has, between the others"""
    y, probabilities, labels = draw(rng, 40, [5, 1, 3, 0, 4])
    check(submission, np.where(y > 3, 3, np.where(y == 0, 1, y)), probabilities, labels)


@case("agreement", hint="Labels may be strings.")
def test_strings(submission, rng):
    """Names for labels, in no order"""
    names = ["oak", "ash", "yew", "elm"]
    codes, probabilities, _ = draw(rng, 25, [0, 1, 2, 3])
    check(submission, [names[code] for code in codes], probabilities, names)


@case("agreement", hint="Nothing is scaled: a row may sum to more or less than one.")
def test_rows_that_do_not_sum_to_one(submission, rng):
    """Each column is a judgement by itself"""
    y, _, labels = draw(rng, 30, [0, 1, 2])
    check(submission, y, rng.uniform(0.02, 0.98, size=(30, 3)), labels)
    # Sums of 1 + 5e-7, as of rounded numbers: whoever scales rows that nearly sum to one is off by 5e-7.
    y, probabilities, labels = draw(rng, 30, [0, 1, 2])
    check(submission, y, (1.0 + 5e-7) * probabilities, labels)


@case("agreement", hint="Divide by the sum of the weights.")
def test_weights(submission, rng):
    """Weights from 0 to 5, some of them exactly 0"""
    y, probabilities, labels = draw(rng, 40, [1, 0, 2])
    weights = np.where(rng.random(40) < 0.2, 0.0, rng.uniform(0.1, 5.0, size=40))
    weights[0] = 2.0
    for unit in (1.0, 1e-14, 1e14):
        check(submission, y, probabilities, labels, sample_weight=unit * weights)


@case("agreement", hint="Clip at both ends, by the eps that is given.")
def test_several_eps(submission, rng):
    """Confident predictions with eps from 1e-12 to 0.1"""
    y, probabilities, labels = draw(rng, 60, [0, 1], spread=4.0)
    for eps in (1e-12, 1e-6, 1e-3, 0.03, 0.1):
        check(submission, y, probabilities, labels, eps=eps)


@case("agreement", hint="Two labels are no special case; the first column is that of labels[0].")
def test_two_labels(submission, rng):
    """Two labels, the larger one first, and more of one than of the other"""
    y = datasets.class_labels(rng, 30, 10)
    positive = rng.uniform(0.05, 0.95, size=40)
    check(submission, y, np.column_stack([positive, 1.0 - positive]), np.array([1, 0]))


@case("property", hint="Only the probability of the true label counts.")
def test_other_columns_do_not_matter(submission, rng):
    """The columns of the labels that did not come true are changed: the same loss"""
    y, probabilities, labels = draw(rng, 20, [0, 1, 2, 3])
    right = log_loss(y, probabilities, labels)
    is_true = y[:, None] == labels
    near(submission.log_loss(y, np.where(is_true, probabilities, rng.uniform(0.0, 1.0, size=(20, 4))), labels), right)
    near(submission.log_loss(y, np.where(is_true, probabilities, 0.0), labels), right)


@case("property", hint="Columns and labels go together.")
def test_columns_in_another_order(submission, rng):
    """Columns and labels in another order, samples in another order, samples taken twice: the same loss"""
    y, probabilities, labels = draw(rng, 24, [4, 9, 6])
    right = log_loss(y, probabilities, labels)
    columns, rows = rng.permutation(3), rng.permutation(24)
    near(submission.log_loss(y, probabilities[:, columns], labels[columns]), right)
    near(submission.log_loss(y[rows], probabilities[rows], labels), right)
    near(submission.log_loss(np.tile(y, 2), np.tile(probabilities, (2, 1)), labels), right)


@case("property", hint="A weight of 2 is the same as a sample that is there twice.")
def test_weights_are_repetitions(submission, rng):
    """Whole weights are repetitions, and a factor on all weights changes nothing"""
    y, probabilities, labels = draw(rng, 20, [0, 1, 2])
    weights = rng.integers(0, 4, size=20)
    weights[0] = 1
    right = log_loss(np.repeat(y, weights), np.repeat(probabilities, weights, axis=0), labels)
    near(submission.log_loss(y, probabilities, labels, sample_weight=weights.astype(float)), right)
    near(submission.log_loss(y, probabilities, labels, sample_weight=0.125 * weights), right)


@case(
    "property",
    given=lambda st: {"rows": st.lists(st.tuples(st.integers(0, 2), *[st.integers(0, 8)] * 3), min_size=1, max_size=6)},
    examples=20,
)
def test_eighths(submission, rng, rows):
    """A few samples with probabilities that are multiples of 1/8"""
    table = np.array(rows, dtype=float)
    check(submission, np.array([5, 2, 3])[table[:, 0].astype(int)], table[:, 1:] / 8.0, np.array([5, 2, 3]), eps=0.01)


@case("edge", hint="By default a probability of 0 counts as 1e-12.")
def test_impossible_things_happen(submission, rng):
    """Zeros, and probabilities of 1e-300 and 1e-14, with the default eps"""
    y, probabilities, labels = draw(rng, 12, [0, 1])
    for row, tiny in enumerate((0.0, 1e-300, 1e-14, 0.0)):
        probabilities[row, y[row]] = tiny
    check(submission, y, probabilities, labels)


@case("edge", hint="All predictions are certain and right: the loss is nearly zero, and positive.")
def test_perfect_predictions(submission, rng):
    """Every true label has probability 1"""
    y, _, labels = draw(rng, 15, [2, 0, 1])
    check(submission, y, (y[:, None] == labels).astype(float), labels)
    check(submission, y, (y[:, None] == labels).astype(float), labels, eps=0.05)


@case("edge", hint="A label that has no column is an error: raise ValueError.")
def test_an_unknown_label(submission, rng):
    """y holds a label that labels lacks, in the middle, beyond both ends, without weight, or as a string: ValueError

    Also where there are only two labels, or one.
    """
    y, probabilities, labels = draw(rng, 12, [0, 2, 5])
    for unknown in (1, 9, -1):
        with raises(ValueError):
            submission.log_loss(np.concatenate([y[:-1], [unknown]]), probabilities, labels)
        with raises(ValueError):
            submission.log_loss(np.concatenate([y[:-1], [unknown]]), probabilities, labels, sample_weight=np.arange(11.0, -1.0, -1.0))
    # A longer string begins with a label: an array of the labels' width would cut it off.
    for stranger in ("d", "cat", ""):
        with raises(ValueError):
            submission.log_loss(["a", stranger], probabilities[:2], ["a", "b", "c"])
    for unknown in (7, -1):
        with raises(ValueError):
            submission.log_loss(np.array([0, 1, unknown]), probabilities[:3, :2], np.array([0, 1]))
    with raises(ValueError):
        submission.log_loss(["a", "b", "c"], probabilities[:3, :2], ["a", "b"])
    with raises(ValueError):
        submission.log_loss(np.array([3, 4]), probabilities[:2, :1], np.array([3]))


@case("edge", hint="Convert probabilities with np.asarray(…, dtype=float): float32 has seven digits, and nine are asked for.")
def test_probabilities_in_float32(submission, rng):
    """float32 probabilities of which the logarithm is not known to float32"""

    def is_rounded(chance):
        # 30 times the tolerance. float64 takes the logarithm of the same number to 1e-16.
        return abs(float(np.log(np.float32(chance))) - np.log(chance)) > 3e-8 * max(1.0, -np.log(chance))

    chance = datasets.drawn_until(is_rounded, lambda: float(rng.integers(1, 250)) / 256.0)
    y = datasets.class_labels(rng, 4, 4)
    probabilities = np.where(y[:, None] == [0, 1], chance, 1.0 - chance)
    answer = submission.log_loss(y, datasets.float32(probabilities), np.array([0, 1]))
    near(answer, log_loss(y, probabilities, np.array([0, 1])))


@case("edge", hint="Convert the probabilities first, then clip: eps is the one that is given, whatever they come in.")
def test_clipping_of_float32(submission, rng):
    """Certain predictions in float32, with eps from 1e-12 to 0.1"""
    y, labels = rng.permutation([0, 1, 0, 1]), np.array([0, 1])
    # float32 rounds 0.1 by 1e-8 of it, and its smallest step beside 1 is 1e-7.
    probabilities = datasets.float32(np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]))
    for eps in (1e-12, 1e-3, 0.1):
        right = log_loss(y, probabilities.astype(float), labels, eps=eps)
        near(submission.log_loss(y, probabilities, labels, eps=eps), right)


@case("edge", hint="Convert the weights as well: their sum is known to seven digits in float32, and nine are asked for.")
def test_weights_in_float32(submission, rng):
    """float32 weights of which the sum is not known to float32"""

    def is_rounded(weights):
        # 30 times the tolerance, added in pairs or one by one. float64 adds the same numbers to 1e-14.
        right = weights.sum(dtype=float)
        return min(abs(weights.sum() - right), abs(np.cumsum(weights)[-1] - right)) > 3e-8 * right

    y, probabilities, labels = draw(rng, 60, [0, 1, 2])
    weights = datasets.drawn_until(is_rounded, lambda: datasets.float32(rng.uniform(0.1, 5.0, size=60)))
    answer = submission.log_loss(y, probabilities, labels, sample_weight=weights)
    near(answer, log_loss(y, probabilities, labels, sample_weight=weights.astype(float)))


@case("edge", hint="Arguments may come by position: eps is the fourth, sample_weight the fifth.")
def test_all_arguments_by_position(submission, rng):
    """Every argument by its place"""
    y, probabilities, labels = draw(rng, 40, [1, 0, 2])
    weights = rng.uniform(0.1, 5.0, size=40)
    near(submission.log_loss(y, probabilities, labels, 0.1), log_loss(y, probabilities, labels, eps=0.1))
    near(submission.log_loss(y, probabilities, labels, 0.1, weights), log_loss(y, probabilities, labels, eps=0.1, sample_weight=weights))


@case("edge", hint="One label: its column is all there is.")
def test_one_sample_and_one_label(submission, rng):
    """A single sample, and a single label"""
    check(submission, *draw(rng, 1, [3, 1]))
    check(submission, np.full(5, 8), rng.uniform(0.1, 0.9, size=(5, 1)), np.array([8]))


@case("edge")
def test_many_labels(submission, rng):
    """Thirty labels, in random order"""
    check(submission, *draw(rng, 200, rng.permutation(60)[:30]))


def clause_inputs(rng):
    y, probabilities, labels = draw(rng, 16, [4, 1, 2])
    return y, np.maximum(datasets.dyadic(probabilities, bits=8), 2.0**-8), labels, datasets.dyadic(rng.uniform(0.5, 2.0, size=16))


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, y, probabilities, labels, weights: submission.log_loss(y, probabilities, labels, sample_weight=weights),
        answers=lambda answer, *inputs: {"log_loss": np.array(number(answer, "log_loss"))},
    )
)

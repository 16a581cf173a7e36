"""Hidden cases of softmax cross-entropy: a closed form, so values are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, at_most, close_to, number, that
from judge.clauses import Description, common_clauses
from judge.suite import case, race
from reference.losses import softmax_cross_entropy

# The statement's number. float64 reaches 1e-13, results rounded to float32 reach 1e-7; the nearest mistake that is
# judged, an epsilon in the logarithm, is off by 1e-1 of the loss on the rows made for it.
ACCURACY = 1e-6


def ask(submission, logits, y):
    """Call the function and return (loss, grad), converted; anything but such a pair is a finding."""
    pair = submission.softmax_cross_entropy(logits, y)
    return unpacked(pair, logits.shape)


def unpacked(pair, shape):
    """Convert an answer to a number and an array of this shape."""
    is_pair = isinstance(pair, tuple | list) and len(pair) == 2
    that(is_pair, "softmax_cross_entropy returned no pair; (loss, grad) was asked for", actual=pair)
    return number(pair[0], "loss"), array(pair[1], "grad", shape=shape)


def compare(answer, right):
    """Compare (loss, grad) with the right ones in the units of the statement."""
    close_to(answer[0], right[0], ACCURACY, "loss", scale=max(1.0, right[0]))
    close_to(answer[1], right[1], ACCURACY, "grad", scale=1.0 / len(right[1]))


def ask_and_compare(submission, logits, y):
    """Call the function and compare with the reference."""
    answer = ask(submission, logits, y)
    compare(answer, softmax_cross_entropy(logits, y))
    return answer


def labels(rng, n_samples, n_classes):
    """Return random classes."""
    return rng.integers(0, n_classes, size=n_samples)


@case("sample", hint="With equal logits every class has probability 1/3.")
def test_equal_logits(submission, rng):
    """Three equal logits: the loss is log 3"""
    answer = ask(submission, np.zeros((1, 3)), np.array([1]))
    compare(answer, (np.log(3.0), np.array([[1.0, -2.0, 1.0]]) / 3.0))


@case("sample", hint="The probabilities are 1/4 and 3/4; the gradient is the probabilities, less 1 at the right class.")
def test_one_to_three(submission, rng):
    """Logits 0 and log 3, and the less likely class is right"""
    answer = ask(submission, np.array([[0.0, np.log(3.0)]]), np.array([0]))
    compare(answer, (np.log(4.0), np.array([[-0.75, 0.75]])))


@case("sample", hint="The loss is a mean over samples, so its gradient has the factor 1 / n_samples too.")
def test_the_mean_of_two_samples(submission, rng):
    """Two samples, worked out by hand"""
    answer = ask(submission, np.array([[0.0, np.log(3.0)], [0.0, 0.0]]), np.array([1, 1]))
    compare(answer, ((np.log(4.0 / 3.0) + np.log(2.0)) / 2.0, np.array([[0.125, -0.125], [0.25, -0.25]])))


@case("agreement", sizes=(2, 5, 40), hint="Divide both the loss and the gradient by the number of samples.")
def test_random_logits(submission, rng, size):
    """Random logits of four classes"""
    ask_and_compare(submission, 2.0 * datasets.gaussian(rng, size, 4), labels(rng, size, 4))


@case("agreement", hint="The softmax runs along a row, over the classes.")
def test_many_classes(submission, rng):
    """More classes than samples, and more samples than classes"""
    for n_samples, n_classes in ((5, 50), (200, 2)):
        logits = 2.0 * datasets.gaussian(rng, n_samples, n_classes)
        ask_and_compare(submission, logits, labels(rng, n_samples, n_classes))


@case("agreement", hint="The softmax runs along a row, and each sample has its own right class.")
def test_as_many_samples_as_classes(submission, rng):
    """A square matrix of logits, where a wrong axis is not seen by its length"""
    ask_and_compare(submission, 2.0 * datasets.gaussian(rng, 6, 6), rng.permutation(6))


@case("agreement", hint="The number of classes is the number of columns, whatever occurs in y.")
def test_classes_that_do_not_occur(submission, rng):
    """Neither the first nor the last class is anyone's"""
    ask_and_compare(submission, datasets.gaussian(rng, 12, 6), np.array([2, 4] * 6))


@case("agreement", hint="log(p + eps) is wrong for a small p. Take the logarithm of the softmax on paper first.")
def test_confident_and_wrong(submission, rng):
    """The right class has a probability of 1e-9 to 1e-35"""
    logits, y = datasets.gaussian(rng, 10, 4), labels(rng, 10, 4)
    for row, depth in enumerate(np.linspace(22.0, 80.0, 10)):
        logits[row, y[row]] -= depth
    ask_and_compare(submission, logits, y)


@case("agreement", hint="A small probability is small, not zero: do not clip it.")
def test_small_probabilities_keep_their_digits(submission, rng):
    """Wrong classes with probabilities of 1e-8 to 1e-29 keep their part of the gradient"""
    # The statement's bound is 1e-30, a logit of -69.
    logits = np.hstack([np.zeros((5, 1)), -rng.uniform(18.0, 60.0, size=(5, 2)), -rng.uniform(66.0, 68.0, size=(5, 1))])
    y = np.zeros(5, dtype=int)
    _, grad = ask(submission, logits, y)
    right = softmax_cross_entropy(logits, y)[1][:, 1:]
    # The statement's relative 1e-4: float32 reaches 1e-7, a clipped probability is off by its own size or more.
    close_to(grad[:, 1:], right, 1e-4, "grad at the wrong classes", scale=right)


@case("agreement", hint="The mean is over all samples at once: a mean of means gives those of a small group more weight.")
def test_several_hundred_samples(submission, rng):
    """333 samples, the later ones with larger logits and losses"""
    logits = np.linspace(0.1, 20.0, 333)[:, None] * datasets.gaussian(rng, 333, 3)
    ask_and_compare(submission, logits, labels(rng, 333, 3))


@case("agreement", hint="Rows do not influence each other.")
def test_rows_are_independent(submission, rng):
    """A sample alone has the gradient that it has in a batch, times the number of samples"""
    logits, y = 2.0 * datasets.gaussian(rng, 6, 3), labels(rng, 6, 3)
    _, together = ask_and_compare(submission, logits, y)
    for i in (0, 5):
        _, alone = ask(submission, logits[i : i + 1].copy(), y[i : i + 1].copy())
        close_to(alone[0], 6.0 * together[i], 10.0 * ACCURACY, "grad of one row", scale=1.0)


@case("property", hint="Adding a number to all logits of a row changes no probability.")
def test_a_shift_of_a_row_changes_nothing(submission, rng):
    """Each row moved by a number of its own, up to 900"""
    logits, y = datasets.dyadic(2.0 * datasets.gaussian(rng, 8, 5)), labels(rng, 8, 5)
    before = ask(submission, logits, y)
    # Whole numbers, so that the sum is exact and float64 loses nothing.
    shifts = rng.permutation(np.array([-900.0, -500.0, -20.0, -1.0, 3.0, 40.0, 600.0, 900.0]))
    compare(ask(submission, logits + shifts[:, None], y), before)


@case(
    "property",
    given=lambda st: {
        "rows": st.lists(st.tuples(*[st.integers(-4, 4)] * 3, st.integers(0, 2)), min_size=1, max_size=5)
    },
    hint="The gradient of a row is its probabilities, less 1 at the right class.",
)
def test_the_gradient_of_a_row_sums_to_zero(submission, rng, rows):
    """Each row of the gradient sums to zero, and only the right class has a negative entry"""
    logits, y = np.array([row[:3] for row in rows], dtype=float), np.array([row[3] for row in rows])
    loss, grad = ask(submission, logits, y)
    unit = ACCURACY / len(rows)
    at_most(float(np.abs(grad.sum(axis=1)).max()), 3.0 * unit, "the size of the sum of a row of grad")
    is_right = np.arange(3) == y[:, None]
    at_most(float(grad[is_right].max()), unit, "the entry of grad at a right class")
    at_most(float(-grad[~is_right].min()), unit, "minus the entry of grad at a wrong class")
    # On the other hand 1/n is the most that an entry can be, and the loss is the mean of minus the log of
    # the probability that n grad + 1 holds.
    chances = 1.0 + len(rows) * grad[is_right]
    at_most(float(-chances.min()), 0.0, "minus the probability that grad holds for a right class")
    # Probabilities are 1e-4 or more here, so their logarithms are known to 1e-2.
    close_to(loss, float(-np.log(np.maximum(chances, 1e-300)).mean()), 2e-2, "loss", scale=max(1.0, abs(loss)))


@case("property", hint="grad is the derivative of the loss that is returned: compare them with a small step.")
def test_the_gradient_is_the_slope_of_the_loss(submission, rng):
    """A small step along the signs of the gradient changes the loss as the gradient says"""
    logits, y = datasets.gaussian(rng, 5, 4), labels(rng, 5, 4)
    _, grad = ask(submission, logits, y)
    direction = np.sign(softmax_cross_entropy(logits, y)[1])
    ahead, _ = ask(submission, logits + 1e-2 * direction, y)
    behind, _ = ask(submission, logits - 1e-2 * direction, y)
    # The slope is of order one. The third derivative leaves 1e-4 of it; a loss rounded to float32, 1e-5.
    close_to((grad * direction).sum(), (ahead - behind) / 2e-2, 1e-3, "the slope by grad", scale=1.0)


@case("property", hint="The loss is a mean, so that a batch taken twice has the same loss and half the gradient.")
def test_a_batch_taken_twice(submission, rng):
    """Every sample twice: the same loss, half the gradient"""
    logits, y = datasets.gaussian(rng, 7, 3), labels(rng, 7, 3)
    loss, grad = ask(submission, logits, y)
    compare(ask(submission, np.vstack([logits, logits]), np.concatenate([y, y])), (loss, np.vstack([grad, grad]) / 2.0))


@case("property", hint="y holds columns of the logits: renaming both changes nothing.")
def test_the_order_of_classes_does_not_matter(submission, rng):
    """Columns in another order, with y renamed"""
    logits, y = datasets.gaussian(rng, 8, 5), labels(rng, 8, 5)
    order = np.roll(np.arange(5), int(rng.integers(1, 5)))
    loss, grad = ask(submission, logits, y)
    compare(ask(submission, logits[:, order].copy(), np.argsort(order)[y]), (loss, grad[:, order]))


@case("edge", hint="Subtract the largest logit of each row before you take exponentials.")
def test_logits_of_a_thousand(submission, rng):
    """Logits of 1000 and -1000 overflow nothing"""
    logits = np.array([[1000.0, 1000.0], [-1000.0, -1000.0], [1000.0, -1000.0], [-1000.0, 1000.0]])
    ask_and_compare(submission, logits, np.array([0, 1, 0, 1]))


@case("edge", hint="A probability that underflows to zero has the logarithm minus infinity: avoid the detour.")
def test_a_loss_of_two_thousand(submission, rng):
    """The right class is 1000 or 2000 below the likeliest one"""
    logits = np.array([[1000.0, -1000.0, 0.0], [1000.0, 0.0, 999.0], [0.0, -800.0, 0.0]])
    ask_and_compare(submission, logits, np.array([1, 1, 1]))


@case("edge", hint="Each row needs its own maximum: a row far below the others would be all zeros.")
def test_rows_of_different_level(submission, rng):
    """Rows near -1000, 0 and 1000 in one batch"""
    logits = datasets.gaussian(rng, 9, 4)
    logits += rng.permutation(np.repeat([-990.0, 0.0, 990.0], 3))[:, None]
    ask_and_compare(submission, logits, labels(rng, 9, 4))


@case("edge", hint="float32 keeps four digits after the point of a number near 1000: convert the logits, and subtract the maximum first.")
def test_single_precision_logits_near_a_thousand(submission, rng):
    """float32 logits near 990 or -990, one sample at a time"""
    # A logarithm of the sum that is rounded at 990 is off by up to 3e-5. Losses that are calculated in float32 from
    # shifted logits are right to 3e-7.
    logits, y = datasets.gaussian(rng, 8, 4), labels(rng, 8, 4)
    logits = datasets.float32(logits + np.repeat([-990.0, 990.0], 4)[:, None])
    for i in range(8):
        one, label = logits[i : i + 1].copy(), y[i : i + 1].copy()
        compare(ask(submission, one, label), softmax_cross_entropy(one.astype(float), label))


@case("edge", hint="Keep the axis of samples; np.squeeze removes it when there is one sample.")
def test_one_sample(submission, rng):
    """A batch of one"""
    ask_and_compare(submission, datasets.gaussian(rng, 1, 4), labels(rng, 1, 4))


@case("edge", hint="With one class its probability is 1.")
def test_one_class(submission, rng):
    """A single class: loss and gradient are zero"""
    ask_and_compare(submission, 5.0 + datasets.gaussian(rng, 4, 1), np.zeros(4, dtype=np.int64))


def clause_inputs(rng):
    return datasets.dyadic(2.0 * datasets.gaussian(rng, 6, 4)), labels(rng, 6, 4)


def clause_answers(pair, logits, y):
    loss, grad = unpacked(pair, logits.shape)
    return {"loss": np.array(loss), "grad": grad}


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, logits, y: submission.softmax_cross_entropy(logits, y),
        answers=clause_answers,
    )
)


def same_answer(mine, rival):
    """The answer of a timed run is that of the rival."""
    grad = np.asarray(rival[1])
    compare(unpacked(mine, grad.shape), (float(rival[0]), grad))


@race(limit=100.0, agree=same_answer, hint="Work on the whole matrix at once; a Python loop over samples is too slow.")
def test_time_on_ten_thousand_samples(contender, rng):
    """10,000 samples, 10 classes"""
    return contender.softmax_cross_entropy(3.0 * datasets.gaussian(rng, 10_000, 10), labels(rng, 10_000, 10))

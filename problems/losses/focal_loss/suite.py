"""Hidden cases of the binary focal loss: a closed form, so values are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, at_most, close_to, number, parts, raises
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.losses import focal_loss

# The statement's number. float64 reaches 1e-14, results rounded to float32 reach 1e-7; the nearest mistake, a
# clipped probability, is off by 1e-1 of the loss on the logits made for it.
ACCURACY = 1e-6
# The statement's relative accuracy of small values. float32 reaches 1e-7; 1 - p for the probability of the wrong label
# has lost all its digits from a logit of 37 on, and is off by 1.
RELATIVE = 1e-4


def ask(submission, logits, y, *settings):
    """Call the function and return (loss, grad), converted; `settings` are alpha, gamma, reduction."""
    return unpacked(submission.focal_loss(logits, y, *settings), len(y), *settings)


def unpacked(pair, n_samples, alpha=0.25, gamma=2.0, reduction="mean"):
    """Convert an answer to what the reduction asks for."""
    loss, grad = parts(pair, ("loss", "grad"), "focal_loss")
    loss = array(loss, "loss", shape=(n_samples,)) if reduction == "none" else np.array(number(loss, "loss"))
    return loss, array(grad, "grad", shape=(n_samples,))


def compare(answer, right, reduction="mean"):
    """Compare (loss, grad) with the right ones in the units of the statement."""
    close_to(answer[0], right[0], ACCURACY, "loss", scale=np.maximum(1.0, right[0]))
    close_to(answer[1], right[1], ACCURACY, "grad", scale=1.0 / len(right[1]) if reduction == "mean" else 1.0)


def compare_digits(answer, right):
    """Compare the losses and gradients of single samples, each relative to its own size."""
    for mine, wanted, what in zip(answer, right, ("loss", "grad"), strict=True):
        close_to(mine, wanted, RELATIVE, f"{what}, relative to each entry,", scale=np.abs(wanted))


def ask_and_compare(submission, logits, y, alpha=0.25, gamma=2.0, reduction="mean"):
    """Call the function and compare with the reference."""
    answer = ask(submission, logits, y, alpha, gamma, reduction)
    compare(answer, focal_loss(logits, y, alpha, gamma, reduction), reduction)
    return answer


def scores(rng, n_samples, scale=2.0):
    """Return random logits."""
    return scale * datasets.gaussian(rng, n_samples, 1)[:, 0]


def labels(rng, n_samples):
    """Return zeros and ones in random order, more zeros than ones and at least one of each."""
    return rng.permutation((np.arange(n_samples) % 3 == 0).astype(np.int64))


@case("sample", hint="The probability is 1/2, and with alpha=None and gamma=0 there is no weight and no factor.")
def test_plain_cross_entropy_of_an_even_chance(submission, rng):
    """A logit of zero without weight and focus: the loss is log 2, the gradient -1/2"""
    answer = ask(submission, np.zeros(1), np.array([1]), None, 0.0, "none")
    compare(answer, (np.array([np.log(2.0)]), np.array([-0.5])), "none")


@case("sample", hint="The right label has the probability 3/4 in the first sample and 1/4 in the second.")
def test_two_negatives_by_hand(submission, rng):
    """Two samples of label 0, without weight, gamma 1"""
    logits = np.array([-np.log(3.0), np.log(3.0)])
    answer = ask(submission, logits, np.array([0, 0]), None, 1.0, "none")
    # By hand: (1 - p) (-log p), and (1 - p) ((1 - p) - p log p), for p = 3/4 and p = 1/4.
    low, high = np.log(4.0 / 3.0), np.log(4.0)
    compare(answer, (np.array([0.25 * low, 0.75 * high]), np.array([0.0625 + 0.1875 * low, 0.5625 + 0.1875 * high])), "none")


@case("sample", hint="alpha = 1/4 weighs label 1, 3/4 weighs label 0; the mean is over samples.")
def test_the_defaults_by_hand(submission, rng):
    """One sample of each label at probability 1/2, with the defaults"""
    pair = submission.focal_loss(np.zeros(2), np.array([1, 0]))
    # (1/2)^2 log 2 and (1/2)^2 (1/2 + log 2), times the weights, over two samples.
    slope = 0.25 * (0.5 + np.log(2.0))
    compare(unpacked(pair, 2), (0.125 * np.log(2.0), np.array([-0.125, 0.375]) * slope))


@case("agreement", sizes=(3, 8, 60), hint="Write the probability of the right label first; the sign of the gradient depends on it.")
def test_random_logits(submission, rng, size):
    """Random logits with the defaults"""
    ask_and_compare(submission, scores(rng, size), labels(rng, size))


@case("agreement", hint="alpha weighs label 1 and 1 - alpha label 0; None is no weight at all.")
def test_weights(submission, rng):
    """Several values of alpha, and None"""
    logits, y = scores(rng, 12), labels(rng, 12)
    for alpha in (0.1, 0.5, 0.9, None):
        ask_and_compare(submission, logits, y, alpha, 2.0, "none")


@case("agreement", hint="gamma is the exponent of the probability of the wrong label, and need not be whole.")
def test_exponents(submission, rng):
    """Several values of gamma, whole and not"""
    logits, y = scores(rng, 12), labels(rng, 12)
    for gamma in (0.5, 1.0, 1.5, 3.7, 5.0):
        ask_and_compare(submission, logits, y, 0.4, gamma, "none")


@case("agreement", hint="With gamma = 0 the factor is 1, and the gradient is weight times (p - y).")
def test_no_focus(submission, rng):
    """gamma = 0 is the weighted cross-entropy"""
    logits, y = scores(rng, 12), labels(rng, 12)
    for alpha in (0.3, None):
        ask_and_compare(submission, logits, y, alpha, 0.0)


@case("agreement", hint="Divide both the loss and the gradient by the number of samples, or neither.")
def test_reductions(submission, rng):
    """Mean, sum and none, few positives among many"""
    logits, y = scores(rng, 40), (np.arange(40) % 10 == 3).astype(np.int64)
    for reduction in ("mean", "sum", "none"):
        ask_and_compare(submission, logits, y, 0.3, 1.5, reduction)


@case("agreement", hint="log(p + eps) is wrong for a small p. Take the logarithm of the sigmoid on paper first.")
def test_confident_and_wrong(submission, rng):
    """The right label has a probability of 1e-9 to 1e-35"""
    depth, y = rng.permutation(np.linspace(22.0, 80.0, 12)), labels(rng, 12)
    for gamma in (0.0, 2.0):
        ask_and_compare(submission, np.where(y == 1, -depth, depth), y, 0.4, gamma, "none")


@case("agreement", hint="1 - p has few digits where p is near 1: compute the sigmoid of the negative logit instead.")
def test_easy_samples_keep_their_digits(submission, rng):
    """The right label is probable to nearly certain, and loss and gradient are small, not zero"""
    y = labels(rng, 24)
    # Small values fall as exp(-(1 + gamma) ease); the largest ease leaves 8e-30 of them, above the statement's 1e-30.
    for gamma, largest in ((0.0, 66.0), (0.5, 44.0), (1.0, 33.0), (2.0, 22.0), (3.7, 14.0), (5.0, 11.0)):
        ease = rng.permutation(np.linspace(1.0, largest, 24))
        logits = np.where(y == 1, ease, -ease)
        for alpha in (0.4, None):
            answer = ask(submission, logits, y, alpha, gamma, "none")
            compare_digits(answer, focal_loss(logits, y, alpha, gamma, "none"))


@case("property", hint="grad is the derivative of the loss that is returned: the factor depends on the logit, too.")
def test_the_gradient_is_the_slope_of_the_loss(submission, rng):
    """A small step along the signs of the gradient changes the loss as the gradient says"""
    logits, y = scores(rng, 6, 1.0), labels(rng, 6)
    for gamma in (0.5, 2.0):
        settings = (0.4, gamma, "sum")
        _, grad = ask(submission, logits, y, *settings)
        direction = np.sign(focal_loss(logits, y, *settings)[1])
        ahead, _ = ask(submission, logits + 1e-2 * direction, y, *settings)
        behind, _ = ask(submission, logits - 1e-2 * direction, y, *settings)
        # The slope is of order one. The third derivative leaves 1e-4 of it; a loss rounded to float32, 1e-5.
        close_to((grad * direction).sum(), float(ahead - behind) / 2e-2, 1e-3, "the slope by grad", scale=1.0)


@case("property", hint="Only the probability of the right label matters, and which weight it has.")
def test_labels_exchanged(submission, rng):
    """Labels exchanged, logits and alpha turned round: the same loss, the gradient turned round"""
    logits, y = scores(rng, 9), labels(rng, 9)
    loss, grad = ask(submission, logits, y, 0.25, 2.0, "none")
    compare(ask(submission, -logits, 1 - y, 0.75, 2.0, "none"), (loss, -grad), "none")


@case("property", hint="The mean is over samples, so that a batch taken twice has the same loss and half the gradient.")
def test_a_batch_taken_twice(submission, rng):
    """Every sample twice: the same mean, half the gradient"""
    logits, y = scores(rng, 7), labels(rng, 7)
    loss, grad = ask(submission, logits, y)
    twice = ask(submission, np.concatenate([logits, logits]), np.concatenate([y, y]))
    compare(twice, (loss, np.concatenate([grad, grad]) / 2.0))


@case(
    "property",
    given=lambda st: {
        "rows": st.lists(st.tuples(st.integers(-5, 5), st.integers(0, 1)), min_size=1, max_size=5),
        "halves": st.integers(0, 8),
    },
    hint="A larger gamma makes (1 - p) ** gamma smaller. A higher logit is good for label 1 and bad for label 0.",
)
def test_more_focus_never_costs_more(submission, rng, rows, halves):
    """Losses fall as gamma rises, and the gradient points away from the right label"""
    logits, y = np.array([float(z) for z, _ in rows]), np.array([label for _, label in rows])
    loss, grad = ask(submission, logits, y, None, halves / 2.0, "none")
    focused, _ = ask(submission, logits, y, None, halves / 2.0 + 1.0, "none")
    at_most(float((focused - loss).max()), ACCURACY, "the rise of a loss from one gamma to the next")
    at_most(float(np.where(y == 1, grad, -grad).max()), ACCURACY, "the slope of a loss towards the right label")
    # One more in gamma is one more factor, the probability of the wrong label, which is known from the logit.
    wrong = 1.0 / (1.0 + np.exp(np.where(y == 1, logits, -logits)))
    close_to(focused, loss * wrong, 2.0 * ACCURACY, "loss at gamma + 1", scale=np.maximum(1.0, loss))


@case("edge", hint="exp(1000) is infinite and log(0) is, too: write log p_t with logaddexp or log1p.")
def test_logits_of_a_thousand(submission, rng):
    """Sure and right, sure and wrong, for both labels"""
    logits, y = np.array([1000.0, -1000.0, 1000.0, -1000.0, 700.0, -700.0]), np.array([0, 1, 1, 0, 0, 1])
    for reduction in ("none", "mean"):
        ask_and_compare(submission, logits, y, 0.25, 2.0, reduction)


@case("edge", hint="(1 - p) ** (gamma - 1) is infinite at p = 1 when gamma is below 1: let the factor (1 - p) cancel on paper.")
def test_exponents_below_one_at_certain_samples(submission, rng):
    """gamma of 0 and 1/2, and samples that are certain to the last digit"""
    logits, y = np.array([1000.0, -1000.0, 40.0, -40.0, 800.0]), np.array([1, 0, 1, 0, 0])
    for gamma in (0.0, 0.5):
        ask_and_compare(submission, logits, y, 0.4, gamma, "none")


@case("edge", hint="0 is a weight like any other, and 1 is one also as an integer; only None means that there is none.")
def test_weights_of_zero_and_one(submission, rng):
    """alpha of 0 and 1, as floats and as integers, leaves one of the labels without weight"""
    logits, y = scores(rng, 9), labels(rng, 9)
    for alpha, gamma in ((0.0, 2.0), (1.0, 2.0), (0, 2), (1, 2)):
        ask_and_compare(submission, logits, y, alpha, gamma, "none")


@case("edge", hint='With "none" the loss has the shape (n_samples,) also for one sample.')
def test_one_sample(submission, rng):
    """A batch of one, each reduction"""
    for reduction in ("none", "mean", "sum"):
        ask_and_compare(submission, scores(rng, 1), np.array([1]), 0.25, 2.0, reduction)


@case("edge", hint="Do not divide by the number of positive samples: there may be none.")
def test_one_label_only(submission, rng):
    """All samples of label 0, then all of label 1"""
    logits = scores(rng, 6)
    for y in (np.zeros(6, dtype=np.int64), np.ones(6, dtype=np.int64)):
        ask_and_compare(submission, logits, y)


@case("edge", hint="In unsigned integers 2 * 0 - 1 is 255: compare y with 1, or convert it first.")
def test_labels_of_small_integer_types(submission, rng):
    """Labels in 8 bits, with and without a sign, and in 64 bits without one"""
    logits, y = scores(rng, 9), labels(rng, 9)
    right = focal_loss(logits, y, 0.25, 2.0, "mean")
    for kind in (np.int8, np.uint8, np.uint64):
        compare(ask(submission, logits, y.astype(kind)), right)


@case("edge", hint='Say so when you do not know a reduction; what is not reduced is asked for by "none".')
def test_an_unknown_reduction(submission, rng):
    """Another reduction raises ValueError"""
    for reduction in ("average", "Mean", "", None):
        with raises(ValueError):
            submission.focal_loss(np.array([0.5, -1.0]), np.array([1, 0]), 0.25, 2.0, reduction)


def clause_inputs(rng):
    return datasets.dyadic(scores(rng, 8)), labels(rng, 8)


def clause_answers(pair, logits, y):
    loss, grad = unpacked(pair, len(y))
    return {"loss": loss, "grad": grad}


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, logits, y: submission.focal_loss(logits, y),
        answers=clause_answers,
    ),
    leave_out={"test_fortran_order_is_taken": "all arrays have one axis, so there is no other order"},
)

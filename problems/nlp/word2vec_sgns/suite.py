"""Hidden cases of skip-gram with negative sampling: closed formulas and pinned steps, so all is compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, number, parts
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.embeddings import sgns_gradients, sgns_pass

# The statement's number. float64 reaches 1e-14, and 1e-13 after 200 steps; the nearest mistake, steps on values of
# which one is new already, is off by 1e-3.
ACCURACY = 1e-9
GRADIENTS = ("loss", "grad_V", "grad_U")


def task(rng, n_pairs, *, n_words=12, d=5, k=4, size=0.8):
    """Draw V, U, pairs and negatives: words repeat among centres, contexts and negatives."""
    V, U = size * rng.normal(size=(n_words, d)), size * rng.normal(size=(n_words, d))
    return V, U, rng.integers(n_words, size=(n_pairs, 2)), rng.integers(n_words, size=(n_pairs, k))


def near(value, right, what):
    """Compare one array in the units of the statement."""
    close_to(value, right, ACCURACY, what, scale=max(1.0, float(np.abs(right).max())))


def check_gradients(submission, inputs):
    """Compare the loss, then both gradients; return the answer's arrays."""
    answer = parts(submission.sgns_gradients(*inputs), GRADIENTS, "sgns_gradients")
    right = sgns_gradients(*inputs)
    close_to(number(answer[0], "loss"), right[0], ACCURACY, "loss")
    for value, expected, name in zip(answer[1:], right[1:], GRADIENTS[1:]):
        near(value, expected, name)


def check_training(submission, inputs, learning_rate):
    """Compare both tables after a pass."""
    answer = parts(submission.sgns_train(*inputs, learning_rate), ("V", "U"), "sgns_train")
    for value, expected, name in zip(answer, sgns_pass(*inputs, learning_rate), ("V", "U")):
        near(value, expected, f"{name} after training")


def check(submission, inputs, learning_rate=0.2):
    check_gradients(submission, inputs)
    check_training(submission, inputs, learning_rate)


def rows(*numbers):
    return np.array(numbers, dtype=float)[:, None]


@case("sample", hint="ln sigma(0) is -ln 2, for the pair and for each of two negatives; errors are -1/2, 1/2 and 1/2.")
def test_products_of_zero(submission, rng):
    """U is zero: the loss is 3 ln 2, and only U has a gradient"""
    V, U = rows(4.0, 2.0, 0.0, 0.0), rows(0.0, 0.0, 0.0, 0.0)
    answer = parts(submission.sgns_gradients(V, U, np.array([[0, 1]]), np.array([[2, 3]])), GRADIENTS, "sgns_gradients")
    close_to(number(answer[0], "loss"), 3.0 * np.log(2.0), ACCURACY, "loss")
    near(answer[1], rows(0.0, 0.0, 0.0, 0.0), "grad_V")
    near(answer[2], rows(0.0, -2.0, 2.0, 2.0), "grad_U")


@case("sample", hint="sigma(ln 3) is 3/4. The pair's error is 3/4 - 1, the negative's 3/4; each goes to v by its u and to its u by v.")
def test_products_of_log_three(submission, rng):
    """v = ln 3 and both u = 1: the loss is 3 ln 4 - 2 ln 3"""
    V, U = rows(np.log(3.0), 0.0, 0.0), rows(0.0, 1.0, 1.0)
    answer = parts(submission.sgns_gradients(V, U, np.array([[0, 1]]), np.array([[2]])), GRADIENTS, "sgns_gradients")
    close_to(number(answer[0], "loss"), 2.0 * np.log(4.0) - np.log(3.0), ACCURACY, "loss")
    near(answer[1], rows(0.5, 0.0, 0.0), "grad_V")
    near(answer[2], np.log(3.0) * rows(0.0, -0.25, 0.75), "grad_U")


@case("sample", hint="The step for V uses U from before the step, and the step for U uses V from before it.")
def test_one_step_by_hand(submission, rng):
    """The same pair, with a learning rate of 1"""
    V, U = rows(np.log(3.0), 0.0, 0.0), rows(0.0, 1.0, 1.0)
    answer = parts(submission.sgns_train(V, U, np.array([[0, 1]]), np.array([[2]]), 1.0), ("V", "U"), "sgns_train")
    near(answer[0], rows(np.log(3.0) - 0.5, 0.0, 0.0), "V after training")
    near(answer[1], rows(0.0, 1.0 + 0.25 * np.log(3.0), 1.0 - 0.75 * np.log(3.0)), "U after training")


@case("agreement", sizes=(1, 3, 30), hint="Compare the loss of one pair first, then its gradients.")
def test_gradients(submission, rng, size):
    """Loss and gradients of random pairs"""
    check_gradients(submission, task(rng, size))


@case("agreement", sizes=(1, 2, 20, 200), hint="One pair after the other, in the given order; each sees what the ones before have changed.")
def test_training(submission, rng, size):
    """A pass over random pairs, with several learning rates"""
    for learning_rate in (0.025, 0.5):
        check_training(submission, task(rng, size), learning_rate)


@case("agreement", hint="With repeated indices, A[i] += x adds once only; np.add.at adds every time.")
def test_words_that_repeat(submission, rng):
    """Three words: centres, contexts and negatives repeat all the time"""
    check(submission, task(rng, 8, n_words=3, k=5))
    V, U, pairs, _ = task(rng, 4)
    check(submission, (V, U, pairs, np.repeat(rng.integers(12, size=(4, 1)), 3, axis=1)))


@case("agreement", hint="A negative is a negative, whatever word it is; do not leave it out.")
def test_negatives_that_are_the_pair_itself(submission, rng):
    """Negatives that are the context, or the centre word"""
    V, U, pairs, negatives = task(rng, 6)
    negatives[:, 0], negatives[:, 2] = pairs[:, 1], pairs[:, 0]
    check(submission, (V, U, pairs, negatives))


@case("agreement", hint="The centre's vector is a row of V also where the word is its own context.")
def test_words_beside_themselves(submission, rng):
    """Centre and context are the same word"""
    V, U, pairs, negatives = task(rng, 6)
    pairs[:, 1] = pairs[:, 0]
    check(submission, (V, U, pairs, negatives))


@case("agreement", hint="Nothing is divided by the number of pairs or of negatives.")
def test_other_sizes(submission, rng):
    """One negative and ten, one dimension and twenty"""
    for n_words, d, k in ((50, 20, 10), (7, 1, 1), (4, 4, 4)):
        check(submission, task(rng, 4, n_words=n_words, d=d, k=k, size=0.5))


@case("property", hint="A gradient is the slope: compare with a small step.")
def test_gradients_are_slopes(submission, rng):
    """A small step along each gradient's signs changes the loss as the gradient says"""
    V, U, *words = task(rng, 6)
    right = sgns_gradients(V, U, *words)
    for index, name in ((1, "grad_V"), (2, "grad_U")):
        step = 1e-4 * np.sign(right[index])
        moved = [(V + sign * step, U) if index == 1 else (V, U + sign * step) for sign in (1, -1)]
        ahead, behind = (number(parts(submission.sgns_gradients(*tables, *words), GRADIENTS, "sgns_gradients")[0], "loss") for tables in moved)
        mine = array(parts(submission.sgns_gradients(V, U, *words), GRADIENTS, "sgns_gradients")[index], name, shape=V.shape)
        slope = float((mine * np.sign(right[index])).sum())
        # The third derivative of thirty terms leaves 1e-6; rounding leaves 1e-10.
        close_to((ahead - behind) / 2e-4, slope, 1e-3, f"the slope of the loss along {name}", scale=max(1.0, abs(slope)))


@case("property", hint="The loss is a sum over pairs; for gradients their order does not matter, for training it does.")
def test_the_order_of_pairs(submission, rng):
    """Pairs in reverse order, and taken twice"""
    V, U, pairs, negatives = task(rng, 10, n_words=5)
    check(submission, (V, U, pairs[::-1].copy(), negatives[::-1].copy()))
    check(submission, (V, U, np.tile(pairs, (2, 1)), np.tile(negatives, (2, 1))))


@case("property", hint="Words that do not occur keep their vectors; a learning rate of zero changes nothing.")
def test_words_that_do_not_occur(submission, rng):
    """Pairs of the first words only, with a usual learning rate and with zero"""
    V, U, pairs, negatives = task(rng, 9)
    for learning_rate in (0.3, 0.0):
        check(submission, (V, U, pairs % 5, negatives % 6), learning_rate)


@case("edge", hint="ln(1 + exp(-t)) is np.logaddexp(0, -t); exp(2000) is infinite, and ln(0) minus infinity.")
def test_large_products(submission, rng):
    """Products of 2000 and of 40, of either sign, in the gradients and in training"""
    for product in (2000.0, 40.0):
        V, U = rows(1.0, -1.0, 0.5), product * rows(1.0, -1.0, 0.25)
        # With this learning rate no step makes a product larger than it was.
        check(submission, (V, U, np.array([[0, 1], [1, 1], [2, 0]]), np.array([[0, 2], [0, 1], [1, 1]])), 1e-4)


@case("edge", hint="exp(-40) is 4e-18: 1 + exp(-40) is 1, and its logarithm 0. np.log1p keeps it.")
def test_small_losses(submission, rng):
    """All pairs are right by far: the loss is 1e-15 and less, to its own accuracy"""
    V, U = rows(1.0, 1.0), rows(38.0, -39.0)
    check_gradients(submission, (V, U, np.array([[0, 0], [1, 0]]), np.array([[1], [1]])))


@case("edge", hint="Keep all axes, also those of length one.")
def test_sizes_of_one(submission, rng):
    """One pair, one negative, one dimension"""
    check(submission, task(rng, 1, n_words=2, d=1, k=1))


def clause_inputs(rng):
    V, U, pairs, negatives = task(rng, 6)
    return datasets.dyadic(V), datasets.dyadic(U), pairs, negatives


def clause_answers(answers, V, U, pairs, negatives):
    gradients, tables = parts(answers[0], GRADIENTS, "sgns_gradients"), parts(answers[1], ("V", "U"), "sgns_train")
    named = {name: array(value, name, shape=V.shape) for name, value in zip((*GRADIENTS[1:], "V", "U"), (*gradients[1:], *tables))}
    return named | {"loss": np.array(number(gradients[0], "loss"))}


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, *inputs: (submission.sgns_gradients(*inputs), submission.sgns_train(*inputs, 0.25)),
        answers=clause_answers,
        # The statement's number, which asks for double precision; a pass in float32 is off by 1e-7.
        float32_tolerance=ACCURACY,
    )
)

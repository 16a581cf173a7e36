"""Hidden cases of the LSTM cell: closed formulas, so states and gradients are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, parts
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.recurrent import lstm_backward, lstm_forward

# The statement's number. float64 reaches 1e-14 of the largest entry; the nearest mistakes, a derivative left out in one
# gate, are off by 1e-2.
ACCURACY = 1e-9
# The statement's number for float32 arguments, which float32 reaches by far; an exponential that overflows makes NaN.
SINGLE = 1e-3
NAMES = ("grad_x", "grad_h_before", "grad_c_before", "grad_W", "grad_U", "grad_b")


def cell(rng, n, d, k, *, size=1.0):
    """Draw x, h, c, W, U, b, with entries of z of about this size."""
    shapes = ((n, d), (n, k), (n, k), (d, 4 * k), (k, 4 * k), (4 * k,))
    x, h, c, W, U, b = (rng.normal(size=shape) for shape in shapes)
    return x, np.tanh(h), 1.5 * c, size * W / np.sqrt(d), size * U / np.sqrt(k), size * b


def gradients(rng, n, k):
    """Draw what comes back from the hidden and from the cell state."""
    return rng.normal(size=(n, k)), rng.normal(size=(n, k))


def near(value, right, what):
    """Compare one array in the units of the statement."""
    close_to(value, right, ACCURACY, what, scale=max(1.0, float(np.abs(right).max())))


def check_forward(submission, inputs):
    """Compare both states."""
    answer = parts(submission.lstm_forward(*inputs), ("h_next", "c_next"), "lstm_forward")
    for value, right, name in zip(answer, lstm_forward(*inputs), ("h_next", "c_next")):
        near(value, right, name)


def check_backward(submission, inputs, grads):
    """Compare all six gradients."""
    answer = parts(submission.lstm_backward(*inputs, *grads), NAMES, "lstm_backward")
    for value, right, name in zip(answer, lstm_backward(*inputs, *grads), NAMES):
        near(value, right, name)


def check(submission, rng, inputs):
    """Compare states and gradients."""
    check_forward(submission, inputs)
    check_backward(submission, inputs, gradients(rng, *inputs[2].shape))


def by_bias(z_i, z_f, z_g, z_o, c):
    """Return a cell of size one whose z is its bias."""
    zero = np.zeros((1, 1))
    return zero, zero.copy(), np.array([[float(c)]]), np.zeros((1, 4)), np.zeros((1, 4)), np.array([z_i, z_f, z_g, z_o], dtype=float)


@case("sample", hint="All gates are 1/2 and the candidate is 0: the cell is halved.")
def test_all_zero_but_the_cell(submission, rng):
    """z = 0 and c = 2: c' = 1 and h' = tanh(1) / 2"""
    answer = parts(submission.lstm_forward(*by_bias(0, 0, 0, 0, 2)), ("h_next", "c_next"), "lstm_forward")
    near(answer[0], [[0.5 * np.tanh(1.0)]], "h_next")
    near(answer[1], [[1.0]], "c_next")


@case("sample", hint="The order of the blocks is input, forget, candidate, output. Here i = 1/4, f = 1/2, g = 3/5, o = 3/4.")
def test_the_order_of_the_gates(submission, rng):
    """Gates 1/4, 1/2, 3/4 and candidate 3/5 on c = 2: c' = 1.15"""
    inputs = by_bias(-np.log(3.0), 0.0, np.log(2.0), np.log(3.0), 2)
    answer = parts(submission.lstm_forward(*inputs), ("h_next", "c_next"), "lstm_forward")
    near(answer[1], [[1.15]], "c_next")
    near(answer[0], [[0.75 * np.tanh(1.15)]], "h_next")


@case("sample", hint="No gradient comes through h', so only the cell's own way is left: f for c, and g, c, i times the gates' derivatives for b.")
def test_a_gradient_of_the_cell_alone(submission, rng):
    """grad_h = 0 and grad_c = 1, for the same gates"""
    inputs = by_bias(-np.log(3.0), 0.0, np.log(2.0), np.log(3.0), 2)
    answer = parts(submission.lstm_backward(*inputs, np.zeros((1, 1)), np.ones((1, 1))), NAMES, "lstm_backward")
    near(answer[2], [[0.5]], "grad_c_before")
    near(answer[5], [0.6 * 3 / 16, 2.0 / 4, 0.25 * 16 / 25, 0.0], "grad_b")


@case("agreement", sizes=(1, 3, 20), hint="Check z first, then each gate.")
def test_forward(submission, rng, size):
    """States of random cells"""
    check_forward(submission, cell(rng, size, size + 1, size + 2))


@case("agreement", sizes=(1, 3, 12), hint="Compare with central differences of the sum of h' times grad_h plus c' times grad_c.")
def test_backward(submission, rng, size):
    """Gradients of random cells"""
    inputs = cell(rng, size, size + 2, size + 1)
    check_backward(submission, inputs, gradients(rng, size, size + 1))


@case("agreement", hint="h' depends on z_o and on c'; both ways lead back.")
def test_a_gradient_of_the_hidden_state_alone(submission, rng):
    """grad_c = 0: everything comes through h'"""
    inputs = cell(rng, 4, 3, 5)
    check_backward(submission, inputs, (rng.normal(size=(4, 5)), np.zeros((4, 5))))


@case("agreement", hint="What comes back to the cell adds to what comes through h'.")
def test_a_gradient_of_the_cell_state_alone(submission, rng):
    """grad_h = 0: the output gate gets nothing"""
    inputs = cell(rng, 4, 3, 5)
    check_backward(submission, inputs, (np.zeros((4, 5)), rng.normal(size=(4, 5))))


@case("agreement", hint="The products need transposes that their shapes do not show here.")
def test_square_weights(submission, rng):
    """n = d = 4k, k = 2: shapes do not give a forgotten transpose away"""
    check(submission, rng, cell(rng, 8, 8, 2))
    check(submission, rng, cell(rng, 5, 5, 5))


@case("agreement", hint="Weights and biases get the sum over the batch.")
def test_large_batches(submission, rng):
    """30 samples, one unit"""
    check(submission, rng, cell(rng, 30, 2, 1))


@case("agreement", hint="c' is not bounded; h' is, by the tanh.")
def test_large_cells(submission, rng):
    """Cell states of sizes 20 and 1000, of both signs"""
    x, h, c, W, U, b = cell(rng, 5, 3, 4)
    for large in (15.0 * c, np.copysign(rng.uniform(900.0, 1500.0, size=c.shape), c)):
        check(submission, rng, (x, h, large, W, U, b))


@case("agreement", hint="The forget gate's derivative takes the old cell, the candidate's the input gate.")
def test_unequal_gates(submission, rng):
    """Biases that hold each gate at another level"""
    x, h, c, W, U, _ = cell(rng, 6, 4, 3, size=0.3)
    check(submission, rng, (x, h, c, W, U, np.repeat([-1.5, 1.0, 0.5, 2.0], 3)))


@case("property", hint="A gradient is the slope: compare with a small step.")
def test_gradients_are_slopes(submission, rng):
    """A small step along each gradient's signs changes the loss as the gradient says"""
    inputs, grads = cell(rng, 3, 2, 3), gradients(rng, 3, 3)
    answer = parts(submission.lstm_backward(*inputs, *grads), NAMES, "lstm_backward")
    right = lstm_backward(*inputs, *grads)

    def loss(values):
        h_next, c_next = parts(submission.lstm_forward(*values), ("h_next", "c_next"), "lstm_forward")
        pair = (array(h_next, "h_next", shape=(3, 3)), array(c_next, "c_next", shape=(3, 3)))
        return float((pair[0] * grads[0]).sum() + (pair[1] * grads[1]).sum())

    for index, name in enumerate(NAMES):
        direction = np.sign(right[index])
        ahead, behind = (
            loss([value + sign * 1e-4 * direction if j == index else value for j, value in enumerate(inputs)]) for sign in (1, -1)
        )
        slope = float((array(answer[index], name, shape=direction.shape) * direction).sum())
        # The third derivative of a sum of some ten tanh leaves 1e-7; rounding leaves 1e-11.
        close_to((ahead - behind) / 2e-4, slope, 1e-4, f"the slope of the loss along {name}", scale=max(1.0, abs(slope)))


@case("property", hint="Samples of a batch do not influence each other.")
def test_samples_are_independent(submission, rng):
    """A sample by itself has the states and gradients that it has in the batch, and the weights' gradients add up"""
    x, h, c, W, U, b = cell(rng, 3, 4, 2)
    grads = gradients(rng, 3, 2)
    check(submission, rng, (x, h, c, W, U, b))
    right = lstm_backward(x, h, c, W, U, b, *grads)
    total = 0.0
    for row in range(3):
        one = slice(row, row + 1)
        answer = parts(submission.lstm_backward(x[one], h[one], c[one], W, U, b, grads[0][one], grads[1][one]), NAMES, "lstm_backward")
        for index in range(3):
            near(answer[index], right[index][one], f"{NAMES[index]} of one sample")
        total = total + array(answer[3], "grad_W", shape=W.shape)
    near(total, right[3], "the sum of grad_W over the samples")


@case("property", hint="grad_h_before and grad_c_before are what the step before needs for its own gradients.")
def test_two_steps(submission, rng):
    """Gradients through two steps in a row, with the same weights"""
    x, h, c, W, U, b = cell(rng, 3, 2, 4)
    later, grads = rng.normal(size=(3, 2)), gradients(rng, 3, 4)
    between = [array(part, "h_next or c_next", shape=(3, 4)) for part in parts(submission.lstm_forward(x, h, c, W, U, b), ("h_next", "c_next"), "lstm_forward")]
    second = parts(submission.lstm_backward(later, *between, W, U, b, *grads), NAMES, "lstm_backward")
    back = [array(second[index], NAMES[index], shape=(3, 4)) for index in (1, 2)]
    first = parts(submission.lstm_backward(x, h, c, W, U, b, *back), NAMES, "lstm_backward")
    right_second = lstm_backward(later, *lstm_forward(x, h, c, W, U, b), W, U, b, *grads)
    for value, right, name in zip(first, lstm_backward(x, h, c, W, U, b, *right_second[1:3]), NAMES):
        near(value, right, f"{name} of the first step")


@case("property", hint="Gradients are linear in what comes back.")
def test_gradients_are_linear(submission, rng):
    """Twice the gradient behind gives twice the gradient before"""
    inputs, grads = cell(rng, 4, 3, 2), gradients(rng, 4, 2)
    answer = parts(submission.lstm_backward(*inputs, -2.0 * grads[0], -2.0 * grads[1]), NAMES, "lstm_backward")
    for value, right, name in zip(answer, lstm_backward(*inputs, *grads), NAMES):
        near(value, -2.0 * right, name)


@case("edge", hint="exp(1000) is infinite, and infinity over infinity is NaN. np.tanh never overflows.")
def test_saturated_gates(submission, rng):
    """z of 1000 and 2000, of both signs"""
    for signs in ((1, 1, 1, 1), (-1, -1, -1, -1), (1, -1, -1, 1), (-1, 1, 1, 1)):
        inputs = by_bias(*(1000.0 * np.array(signs) * np.array([1, 1, 2, 1])), 0.7)
        check(submission, rng, inputs)


@case("edge", hint="At 18 the sigmoid is still 1.5e-8 away from 1: a form that does not overflow needs no cutting off.")
def test_nearly_saturated_gates(submission, rng):
    """z from 12 to 19.5, of both signs: gates that are not quite 0 or 1"""
    # Cutting z off at 18 changes states by 2e-8, ten times the tolerance and more; at 15 by 3e-7.
    x, h, c, W, U, _ = cell(rng, 4, 3, 16)
    levels = np.linspace(12.0, 19.5, 16)
    for signs in ((1, 1, 1), (-1, -1, -1), (1, -1, 1)):
        b = np.concatenate([signs[0] * levels, signs[1] * levels, rng.uniform(0.5, 1.0, size=16), signs[2] * levels])
        check(submission, rng, (x, h, rng.uniform(1.0, 2.0, size=c.shape), 0.0 * W, 0.0 * U, b))


@case("edge", hint="In float32 exp(89) is infinite already: convert the arguments, or write the sigmoid so that it never overflows.")
def test_saturated_gates_in_single_precision(submission, rng):
    """z of 100 and 120 in float32 arrays, of both signs"""
    for sign in (1.0, -1.0):
        exact = (*by_bias(sign * 100.0, sign * -100.0, 100.0, sign * 120.0, 0.75), *np.ones((2, 1, 1)))
        single = tuple(map(datasets.float32, exact))
        states = parts(submission.lstm_forward(*single[:6]), ("h_next", "c_next"), "lstm_forward")
        grads = parts(submission.lstm_backward(*single), NAMES, "lstm_backward")
        right = (*lstm_forward(*exact[:6]), *lstm_backward(*exact))
        for value, wanted, name in zip((*states, *grads), right, ("h_next", "c_next", *NAMES)):
            close_to(value, wanted, SINGLE, name, scale=1.0)


@case("edge", hint="What a closed gate lets through is multiplied by the cell and by the weights: nearly nothing is not enough.")
def test_saturated_gates_of_large_cells(submission, rng):
    """Cells of 900 to 1500 and weights of 50 to 200, with all gates open or closed"""
    # z is 450 to 1800 in size. Cut off at 30 a gate's slope is 9e-14; times 1200 times 150 it moves grad_x by 1e-8 and more.
    ranges = ((0.5, 1.0), (0.1, 0.5), (900.0, 1500.0), (100.0, 200.0), (50.0, 100.0), (1000.0, 1250.0))
    drawn = zip(cell(rng, 6, 2, 3), ranges)
    check(submission, rng, tuple(np.sign(value) * rng.uniform(*limits, size=value.shape) for value, limits in drawn))


@case("edge", hint="Some gates are saturated, the others are not.")
def test_large_weights(submission, rng):
    """Weights of size 300"""
    check(submission, rng, cell(rng, 6, 4, 3, size=300.0))


@case("edge", hint="At the beginning of a sequence h and c are zero: then neither U nor the forget gate gets a gradient.")
def test_the_first_step_of_a_sequence(submission, rng):
    """h = c = 0"""
    x, h, c, W, U, b = cell(rng, 4, 3, 2)
    check(submission, rng, (x, 0.0 * h, 0.0 * c, W, U, b))


@case("edge", hint="Keep the axis of samples.")
def test_sizes_of_one(submission, rng):
    """One sample, one input, one unit"""
    check(submission, rng, cell(rng, 1, 1, 1))


def clause_inputs(rng):
    return tuple(datasets.dyadic(value) for value in (*cell(rng, 3, 2, 4), *gradients(rng, 3, 4)))


def clause_answers(answers, *inputs):
    states, grads = parts(answers[0], ("h_next", "c_next"), "lstm_forward"), parts(answers[1], NAMES, "lstm_backward")
    named = {name: array(value, name, shape=(3, 4)) for name, value in zip(("h_next", "c_next"), states)}
    return named | {name: array(value, name, shape=like.shape) for name, value, like in zip(NAMES, grads, inputs)}


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, *inputs: (submission.lstm_forward(*inputs[:6]), submission.lstm_backward(*inputs)),
        answers=clause_answers,
    )
)

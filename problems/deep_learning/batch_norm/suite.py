"""Hidden cases of batch normalisation: closed forms, so results, statistics and gradients are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, parts
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.normalisation import BatchNorm, as_columns, as_shape

# The statement's number. float64 reaches 1e-13, and 1e-9 at the largest offset; the nearest mistake, the biased running
# variance of 60 samples, is off by 2e-3.
ACCURACY = 1e-6


def right_layer(rng, n_channels, **options):
    """Return a layer with scales and shifts of order one, none of them zero."""
    gamma = rng.choice([-1.0, 1.0], n_channels) * rng.uniform(0.5, 2.0, n_channels)
    return BatchNorm(gamma, rng.normal(size=n_channels), **options)


def batch(rng, shape, offset=1.5):
    """Return channels with means and deviations of their own."""
    n_channels = shape[1]
    deviations, means = rng.uniform(0.5, 2.0, n_channels), offset * (1.0 + rng.random(n_channels))
    columns = means + deviations * rng.normal(size=(int(np.prod(shape)) // n_channels, n_channels))
    return as_shape(columns, np.empty(shape))


def layer(submission, right):
    """Make the submission's layer with the same parameters."""
    return submission.BatchNorm(right.gamma.copy(), right.beta.copy(), momentum=right.momentum, eps=right.eps)


def compare(value, expected, what):
    close_to(value, expected, ACCURACY, what, scale=max(1.0, float(np.abs(expected).max())))


def compare_statistics(model, right):
    compare(model.running_mean_, right.running_mean, "running_mean_")
    compare(model.running_var_, right.running_var, "running_var_")


def compare_gradients(answer, right, grad_y, deviation):
    """Compare the three gradients; `deviation`, one for each channel, sets the unit of grad_x."""
    mine = parts(answer, ("grad_x", "grad_gamma", "grad_beta"), "backward")
    close_to(mine[0], right[0], ACCURACY, "grad_x", scale=float(unit_of(grad_y, deviation)))
    compare(mine[1], right[1], "grad_gamma")
    compare(mine[2], right[2], "grad_beta")


def unit_of(grad_y, scale):
    return max(float((np.abs(as_columns(grad_y)) * np.abs(scale)).max()), 1e-300)


def check_training(model, right, rng, X):
    """Compare one forward and backward pass in training, and the running statistics after it."""
    compare(model.forward(X), right.train(X), "forward(X)")
    compare_statistics(model, right)
    grad_y = rng.normal(size=X.shape)
    scale = right.gamma / np.sqrt(as_columns(X).var(axis=0) + right.eps)
    compare_gradients(model.backward(grad_y), right.training_gradients(X, grad_y), grad_y, scale)


def check_evaluation(model, right, rng, X):
    """Compare one forward and backward pass in evaluation; nothing moves."""
    compare(model.forward(X, training=False), right.evaluate(X), "forward(X, training=False)")
    compare_statistics(model, right)
    grad_y = rng.normal(size=X.shape)
    scale = right.gamma / np.sqrt(right.running_var + right.eps)
    compare_gradients(model.backward(grad_y), right.evaluation_gradients(X, grad_y), grad_y, scale)


def check_another_gradient(model, right, rng, X, *, training):
    """Compare a further backward pass for the same forward pass, which was of X."""
    grad_y = rng.normal(size=X.shape)
    variance = as_columns(X).var(axis=0) if training else right.running_var
    gradients = right.training_gradients if training else right.evaluation_gradients
    compare_gradients(model.backward(grad_y), gradients(X, grad_y), grad_y, right.gamma / np.sqrt(variance + right.eps))


@case("sample", hint="Mean 3, biased variance 4: the scaled values are -1 and 1.")
def test_two_numbers_by_hand(submission, rng):
    """1 and 5 with gamma 10, beta 7 and no eps: -3 and 17; running variance 0.9 + 0.1 * 8"""
    model = submission.BatchNorm(np.array([10.0]), np.array([7.0]), eps=0.0)
    compare(model.forward(np.array([[1.0], [5.0]])), np.array([[-3.0], [17.0]]), "forward(X)")
    compare(model.running_mean_, np.array([0.3]), "running_mean_")
    compare(model.running_var_, np.array([1.7]), "running_var_")


@case("sample", hint="Set both statistics in the constructor. With mean 0, variance 1 and eps 3 every number is halved.")
def test_evaluation_before_training(submission, rng):
    """The running statistics begin at mean 0 and variance 1"""
    model = submission.BatchNorm(np.array([1.0, -2.0]), np.array([0.0, 5.0]), eps=3.0)
    compare(model.running_mean_, np.zeros(2), "running_mean_")
    compare(model.running_var_, np.ones(2), "running_var_")
    compare(model.forward(np.array([[4.0, 4.0]]), training=False), np.array([[2.0, 1.0]]), "forward(X, training=False)")


@case("sample", hint="What is added to all numbers of a channel changes nothing, so each column of grad_x sums to zero.")
def test_gradients_of_three_numbers(submission, rng):
    """x = -1, 0, 1 and a gradient of 1 at the first number"""
    right = BatchNorm(np.array([1.0]), np.array([0.0]), eps=1.0 / 3.0)
    X, grad_y = np.array([[-1.0], [0.0], [1.0]]), np.array([[1.0], [0.0], [0.0]])
    model = layer(submission, right)
    model.forward(X)
    compare_gradients(model.backward(grad_y), right.training_gradients(X, grad_y), grad_y, 1.0)


@case("agreement", sizes=(2, 5, 60), hint="Normalise by the biased variance, and let mean and variance take part in the gradient.")
def test_training_on_samples(submission, rng, size):
    """One pass forward and backward over samples of four channels"""
    right = right_layer(rng, 4)
    check_training(layer(submission, right), right, rng, batch(rng, (size, 4)))


@case("agreement", sizes=(2, 6), hint="For images, a channel's numbers are all pixels of all images: take axes 0, 2 and 3 together.")
def test_training_on_images(submission, rng, size):
    """Images of different height and width, and a batch in which all axes are equally long"""
    right = right_layer(rng, 3)
    check_training(layer(submission, right), right, rng, batch(rng, (size, 3, 4, 5)))
    right = right_layer(rng, 3)
    check_training(layer(submission, right), right, rng, batch(rng, (3, 3, 3, 3)))


@case("agreement", hint="The running statistics are moved by every pass in training, by momentum times the way to the batch's.")
def test_several_batches(submission, rng):
    """Five batches of different sizes and offsets, then evaluation"""
    right = right_layer(rng, 3)
    model = layer(submission, right)
    for size, offset in ((2, 5.0), (9, -3.0), (4, 0.0), (20, 8.0), (3, 1.0)):
        check_training(model, right, rng, batch(rng, (size, 3), offset))
    check_evaluation(model, right, rng, batch(rng, (7, 3)))


@case("agreement", sizes=(1, 8), hint="In evaluation use the running statistics, which are constants for the gradient.")
def test_evaluation(submission, rng, size):
    """Evaluation after training, forward and backward, of samples and of images"""
    for shape in ((size, 3), (size, 3, 2, 3)):
        right = right_layer(rng, 3)
        model = layer(submission, right)
        check_training(model, right, rng, batch(rng, (12, *shape[1:])))
        check_evaluation(model, right, rng, batch(rng, shape, offset=4.0))


@case("agreement", hint="momentum is the share of the new batch, which may be 0; eps is added to the variance, under the root.")
def test_momentum_and_eps(submission, rng):
    """Momenta of 0, 0.3, 0.9 and 1, and eps as large as the variance"""
    for momentum, eps in ((0.0, 0.5), (0.3, 1.0), (0.9, 0.25), (1.0, 1e-5)):
        right = right_layer(rng, 3, momentum=momentum, eps=eps)
        model = layer(submission, right)
        for _ in range(2):
            check_training(model, right, rng, batch(rng, (6, 3)))
        check_evaluation(model, right, rng, batch(rng, (5, 3)))


@case("agreement", hint="Unless something else is asked for, momentum is 0.1 and eps is 1e-5.")
def test_defaults(submission, rng):
    """Deviations of some thousandths, where the eps that is there by default counts as much as the variance"""
    right = right_layer(rng, 3)
    model = submission.BatchNorm(right.gamma.copy(), right.beta.copy())
    for _ in range(2):
        check_training(model, right, rng, 0.003 * batch(rng, (8, 3)))
    check_evaluation(model, right, rng, batch(rng, (5, 3)))


@case("agreement", hint="backward belongs to the last forward pass, whatever was computed before it.")
def test_backward_after_each_forward(submission, rng):
    """Training, evaluation and training again, each with its own gradients"""
    right = right_layer(rng, 3)
    model = layer(submission, right)
    for _ in range(2):
        check_training(model, right, rng, batch(rng, (6, 3), 3.0))
        check_evaluation(model, right, rng, batch(rng, (4, 3), -2.0))


@case("agreement", hint="backward reads what forward has kept, and must not write to it.")
def test_two_gradients_of_one_pass(submission, rng):
    """backward twice after one forward pass, in training and in evaluation"""
    right = right_layer(rng, 3)
    model = layer(submission, right)
    X, new = batch(rng, (6, 3), 3.0), batch(rng, (4, 3), -2.0)
    check_training(model, right, rng, X)
    check_another_gradient(model, right, rng, X, training=True)
    check_evaluation(model, right, rng, new)
    check_another_gradient(model, right, rng, new, training=False)


@case("property", sizes=(3, 10), hint="Without eps, y does not feel what scale and offset a channel has.")
def test_scale_and_offset_do_not_matter(submission, rng, size):
    """Channels times 4 or 1/256, and moved, give the same y, and a gradient divided by the factor"""
    right = right_layer(rng, 3, eps=0.0)
    X, grad_y = batch(rng, (size, 3)), rng.normal(size=(size, 3))
    expected = right.training_gradients(X, grad_y)
    # Beside the small variances, 1e-5, the eps that is there by default, would be visible.
    for factor, offset, name in ((4.0, 10.0, "4 X + 10"), (1.0 / 256.0, -0.25, "X / 256 - 0.25")):
        model = layer(submission, right)
        compare(model.forward(factor * X + offset), right.train(X), f"forward({name})")
        scale = right.gamma / (factor * X.std(axis=0))
        compare_gradients(model.backward(grad_y), (expected[0] / factor, *expected[1:]), grad_y, scale)


@case("property", hint="Move X by a little, and see how y changes.")
def test_gradients_belong_to_the_result(submission, rng):
    """A small step of X changes sum(grad_y * y) as grad_x says"""
    right = right_layer(rng, 2)
    X, grad_y = batch(rng, (5, 2)), rng.normal(size=(5, 2))
    step = 1e-4 * np.sign(right.training_gradients(X, grad_y)[0])
    ahead = array(layer(submission, right).forward(X + step), "forward(X)", shape=X.shape)
    model = layer(submission, right)
    behind = array(model.forward(X - step), "forward(X)", shape=X.shape)
    middle = array(model.forward(X), "forward(X)", shape=X.shape)
    grad_x = array(parts(model.backward(grad_y), ("grad_x", "grad_gamma", "grad_beta"), "backward")[0], "grad_x", shape=X.shape)
    change = float((grad_y * (ahead - behind)).sum()) / 2.0
    # The third derivative leaves 1e-7 of the slope; a forgotten path changes it by its own order.
    close_to((grad_x * step).sum(), change, 1e-4, "the slope by grad_x", scale=max(abs(change), 1e-6 * np.abs(middle).max()))


@case("property", hint="In evaluation a sample is normalised by itself.")
def test_evaluation_of_one_sample(submission, rng):
    """A sample alone is what it is among others"""
    right = right_layer(rng, 3)
    model = layer(submission, right)
    check_training(model, right, rng, batch(rng, (9, 3)))
    X = batch(rng, (6, 3))
    for i in (0, 3, 5):
        compare(model.forward(X[i : i + 1], training=False), right.evaluate(X)[i : i + 1], "forward of one sample")


@case("edge", hint="eps keeps the root away from zero; subtract the mean before you divide.")
def test_a_constant_channel(submission, rng):
    """A channel that never changes gives beta, and finite gradients"""
    X = batch(rng, (8, 3))
    X[:, 1] = 4.0
    right = right_layer(rng, 3)
    check_training(layer(submission, right), right, rng, X)


@case("edge", hint="The mean of squares less the square of the mean loses all digits: subtract the mean first.")
def test_means_of_a_million_deviations(submission, rng):
    """Channels whose means are 1e6 times their deviations"""
    X = np.array([1e6, -1e6, 3e5]) + batch(rng, (20, 3))
    right = right_layer(rng, 3)
    model = layer(submission, right)
    compare(model.forward(X), right.train(X), "forward(X)")
    compare(model.running_var_, right.running_var, "running_var_")


@case("edge", hint="A scale of zero makes y constant, but gamma still has a gradient: keep the scaled values, not y.")
def test_a_scale_of_zero(submission, rng):
    """One of three channels has gamma 0"""
    right = right_layer(rng, 3)
    right.gamma[1] = 0.0
    check_training(layer(submission, right), right, rng, batch(rng, (8, 3)))


@case("edge", hint="Convert every argument with np.asarray(…, dtype=float) first: float32 rounds sums and statistics to 7 digits.")
def test_single_precision_arrays(submission, rng):
    """float32 arrays of whole numbers near a million, calculated in float64"""
    # Every argument is exact in float32, so a difference is arithmetic's: a mean of these in float32 is off by 1e-2 of
    # the deviation, 1e4 times the tolerance. The mean of 23 whole numbers is hardly ever one that float32 holds.
    X = datasets.float32(1e6 + rng.integers(-8, 9, size=(23, 3)))
    X[:2] = [[1e6 - 8.0], [1e6 + 8.0]]
    grad_y = datasets.dyadic(rng.normal(size=(23, 3)))
    right = right_layer(rng, 3, momentum=1.0)
    right.gamma, right.beta = datasets.dyadic(right.gamma), datasets.dyadic(right.beta)
    model = submission.BatchNorm(datasets.float32(right.gamma), datasets.float32(right.beta), momentum=1.0)
    exact = X.astype(np.float64)
    compare(model.forward(X), right.train(exact), "forward(X)")
    compare_statistics(model, right)
    scale = right.gamma / np.sqrt(exact.var(axis=0) + right.eps)
    compare_gradients(model.backward(datasets.float32(grad_y)), right.training_gradients(exact, grad_y), grad_y, scale)
    # A running mean in float32 is off by 5e-4 of the deviation or more.
    compare(model.forward(X, training=False), right.evaluate(exact), "forward(X, training=False)")


@case("edge", hint="Each channel has its own deviation.")
def test_channels_of_different_scale(submission, rng):
    """Deviations from 1e-3 to 1000"""
    X = batch(rng, (15, 4)) * np.array([1e-3, 1.0, 1e3, 30.0])
    right = right_layer(rng, 4)
    model = layer(submission, right)
    check_training(model, right, rng, X)
    # A channel of small deviation has large gradients; the others are compared by themselves.
    check_training(layer(submission, right), right_layer_like(right), rng, X[:, [1, 2, 3, 3]] * 1.0)


def right_layer_like(right):
    """Return a fresh layer with the same parameters."""
    return BatchNorm(right.gamma, right.beta, right.momentum, right.eps)


@case("edge", hint="Two numbers are scaled to -1 and 1; keep all axes.")
def test_small_batches(submission, rng):
    """Two samples of one channel, and a single image"""
    for shape in ((2, 1), (1, 2, 2, 3), (2, 3, 1, 1)):
        right = right_layer(rng, shape[1])
        check_training(layer(submission, right), right, rng, batch(rng, shape))


@case("edge", hint="What backward needs belongs to the layer: another layer's forward must not replace it.")
def test_two_layers_in_turn(submission, rng):
    """forward of one layer, forward of another, then backward of both"""
    rights = [right_layer(rng, 3), right_layer(rng, 3)]
    models = [layer(submission, right) for right in rights]
    batches = [batch(rng, (6, 3)), batch(rng, (6, 3), offset=-1.0)]
    for model, right, X in zip(models, rights, batches):
        compare(model.forward(X), right.train(X), "forward(X)")
    for model, right, X in zip(models, rights, batches):
        compare_statistics(model, right)
        check_another_gradient(model, right, rng, X, training=True)


@case("edge", hint="Axes belong to the batch at hand: samples have one axis to average over, images three.")
def test_images_after_samples(submission, rng):
    """One layer: samples, then images, then samples again"""
    right = right_layer(rng, 3)
    model = layer(submission, right)
    for shape in ((8, 3), (4, 3, 2, 2), (8, 3)):
        check_training(model, right, rng, batch(rng, shape))


def clause_inputs(rng):
    right = right_layer(rng, 3)
    X, others = batch(rng, (8, 3)), rng.normal(size=(8, 3))
    return tuple(map(datasets.dyadic, (X, others, right.gamma, right.beta)))


def clause_answer(submission, X, grad_y, gamma, beta):
    model = submission.BatchNorm(gamma, beta)
    y = model.forward(X)
    gradients = model.backward(grad_y)
    return y, gradients, model.running_mean_, model.running_var_, model.forward(X, training=False)


def clause_answers(answer, X, grad_y, gamma, beta):
    y, gradients, mean, variance, evaluated = answer
    grad_x, grad_gamma, grad_beta = parts(gradients, ("grad_x", "grad_gamma", "grad_beta"), "backward")
    return {
        "forward(X)": array(y, "forward(X)", shape=X.shape),
        "grad_x": array(grad_x, "grad_x", shape=X.shape),
        "grad_gamma": array(grad_gamma, "grad_gamma", shape=gamma.shape),
        "grad_beta": array(grad_beta, "grad_beta", shape=gamma.shape),
        "running_mean_": array(mean, "running_mean_", shape=gamma.shape),
        "running_var_": array(variance, "running_var_", shape=gamma.shape),
        "forward(X, training=False)": array(evaluated, "forward(X, training=False)", shape=X.shape),
    }


clauses = common_clauses(Description(inputs=clause_inputs, fit=clause_answer, answers=clause_answers))

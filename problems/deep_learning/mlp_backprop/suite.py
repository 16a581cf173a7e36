"""Hidden cases of backpropagation: every number is determined, so losses, gradients and parameters are compared."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, fitted, gradient_of, number, parts, probability_rows
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.mlp import Perceptron, descend

# The statement's number. float64 reaches 1e-12 after 40 steps; the nearest mistake, W changed before it is used to pass
# the gradient on, moves weights by 1e-3.
ACCURACY = 1e-6
# The statement's floor for the unit of an array: gradients of nearly nothing are not compared by their own size.
FLOOR = 1e-3


def parameters(rng, widths, scale=1.0):
    """Return weights and biases of layers of these widths; outputs of a layer are of order `scale`."""
    weights = [scale * rng.normal(size=(m, n)) / np.sqrt(m) for m, n in zip(widths[:-1], widths[1:])]
    return weights, [0.5 * rng.normal(size=n) for n in widths[1:]]


def samples(rng, n_samples, n_features, n_classes):
    """Return inputs of order one away from zero, and labels."""
    return 0.5 + rng.normal(size=(n_samples, n_features)), rng.integers(0, n_classes, size=n_samples)


def layers(value, right, what):
    """Convert a list of one array for each layer."""
    names = tuple(f"layer {index}" for index in range(len(right)))
    found = parts(value, names, what)
    return [array(one, f"{what}[{l}]", shape=right[l].shape) for l, one in enumerate(found)]


def compare_layers(value, right, what):
    """Compare a list of arrays in the statement's units."""
    for l, mine in enumerate(layers(value, right, what)):
        unit = max(FLOOR, float(np.abs(right[l]).max()))
        close_to(mine, right[l], ACCURACY, f"{what}[{l}]", scale=unit)


def compare_loss(value, right, what="the loss"):
    close_to(value, right, ACCURACY, what, scale=np.maximum(1.0, right))


def compare_gradients(model, right, X, y):
    """Compare loss_and_gradients at the model's parameters."""
    loss, weights, biases = right.loss_and_gradients(X, y)
    mine = parts(model.loss_and_gradients(X, y), ("loss", "weight_gradients", "bias_gradients"), "loss_and_gradients")
    compare_loss(mine[0], loss)
    compare_layers(mine[1], weights, "weight_gradients")
    compare_layers(mine[2], biases, "bias_gradients")


def classifier(submission, right):
    """Make the submission's classifier with the same parameters, each a copy of its own."""
    weights, biases = ([one.copy() for one in group] for group in (right.weights, right.biases))
    return submission.MLPClassifier(weights, biases, activation=right.activation, l2=right.l2)


def check_gradients(submission, right, X, y):
    """Compare probabilities and gradients before any fit."""
    model = classifier(submission, right)
    shape = (len(X), len(right.biases[-1]))
    mine = probability_rows(model.predict_proba(X), "predict_proba(X)", shape=shape, tolerance=ACCURACY)
    close_to(mine, right.predict_proba(X), ACCURACY, "predict_proba(X)", scale=1.0)
    compare_gradients(model, right, X, y)


def check_fit(submission, right, X, y, learning_rate, n_steps):
    """Fit once, and compare the parameters, the losses on the way and what is predicted in the end."""
    model = fitted(classifier(submission, right), X, y, learning_rate, n_steps)
    losses, last = descend(right, X, y, learning_rate, n_steps)
    compare_layers(model.weights_, last.weights, "weights_")
    compare_layers(model.biases_, last.biases, "biases_")
    compare_loss(model.losses_, losses, "losses_")
    close_to(model.predict_proba(X), last.predict_proba(X), ACCURACY, "predict_proba(X) after fit", scale=1.0)
    return model, last


@case("sample", hint="Logits are 0 and log 3: the probabilities are 1/4 and 3/4, and delta is (-3/4, 3/4).")
def test_one_layer_by_hand(submission, rng):
    """One layer, one sample: the gradient of W is x times (p - onehot)"""
    right = Perceptron([np.array([[0.0, np.log(3.0) / 2.0]])], [np.zeros(2)])
    check_gradients(submission, right, np.array([[2.0]]), np.array([0]))


@case("sample", hint="One hidden unit has z = 2, the other z = -1: only the first one passes anything on.")
def test_two_layers_by_hand(submission, rng):
    """One live and one dead ReLU"""
    right = Perceptron([np.array([[2.0, -1.0]]), np.array([[1.0, -1.0], [3.0, 5.0]])], [np.zeros(2), np.zeros(2)])
    check_gradients(submission, right, np.array([[1.0]]), np.array([1]))


@case("sample", hint="Compute the gradients of all layers first, then move all parameters.")
def test_a_single_step(submission, rng):
    """One step of size 1/2 of two layers of tanh"""
    weights, biases = [np.eye(2), np.array([[1.0, 0.0], [-1.0, 2.0]])], [np.zeros(2), np.array([0.5, 0.0])]
    X, y = np.array([[1.0, 0.0], [0.5, -1.0]]), np.array([0, 1])
    check_fit(submission, Perceptron(weights, biases, "tanh"), X, y, 0.5, 1)


@case("agreement", sizes=(1, 5, 40), hint="Divide by the number of samples once: in the gradient of the logits.")
def test_gradients_of_two_layers(submission, rng, size):
    """A hidden layer with each activation"""
    for activation in ("relu", "tanh"):
        X, y = samples(rng, size, 4, 3)
        check_gradients(submission, Perceptron(*parameters(rng, (4, 6, 3)), activation), X, y)


@case("agreement", sizes=(3, 20), hint="Multiply by the slope of the activation at every hidden layer.")
def test_gradients_of_many_layers(submission, rng, size):
    """Four layers of different widths, and layers of equal width"""
    for widths in ((5, 8, 6, 7, 4), (3, 3, 3, 3, 3)):
        for activation in ("tanh", "relu"):
            X, y = samples(rng, size, widths[0], widths[-1])
            check_gradients(submission, Perceptron(*parameters(rng, widths, 1.5), activation), X, y)


@case("agreement", hint="The last layer is linear, and without hidden layers this is softmax regression.")
def test_gradients_without_hidden_layers(submission, rng):
    """A single layer"""
    X, y = samples(rng, 12, 5, 4)
    check_gradients(submission, Perceptron(*parameters(rng, (5, 4))), X, y)


@case("agreement", sizes=(4, 30), hint="l2 / 2 times the squares of the weights has the derivative l2 times W.")
def test_the_penalty(submission, rng, size):
    """l2 of 0.1 and 2, in the loss and in the gradients, without the biases"""
    for l2 in (0.1, 2.0):
        X, y = samples(rng, size, 4, 3)
        check_gradients(submission, Perceptron(*parameters(rng, (4, 5, 3)), "tanh", l2), X, y)


@case("agreement", sizes=(6, 30), hint="losses_ holds the loss before each step; every step uses all samples.")
def test_training(submission, rng, size):
    """1, 2 and 40 steps of descent"""
    for activation, n_steps in (("tanh", 1), ("tanh", 40), ("relu", 2), ("relu", 40)):
        X, y = samples(rng, size, 4, 3)
        check_fit(submission, Perceptron(*parameters(rng, (4, 6, 3)), activation), X, y, 0.3, n_steps)


@case("agreement", hint="The penalty pulls at the weights in every step, not at the biases.")
def test_training_with_the_penalty(submission, rng):
    """Three layers with l2 = 0.2, ten steps"""
    X, y = samples(rng, 20, 3, 3)
    check_fit(submission, Perceptron(*parameters(rng, (3, 5, 4, 3)), "tanh", 0.2), X, y, 0.2, 10)


@case("agreement", hint="loss_and_gradients after fit uses weights_ and biases_.")
def test_gradients_after_fit(submission, rng):
    """Gradients at the parameters that fit has found"""
    X, y = samples(rng, 15, 4, 3)
    model, last = check_fit(submission, Perceptron(*parameters(rng, (4, 5, 3)), "tanh", 0.1), X, y, 0.5, 5)
    compare_gradients(model, last, *samples(rng, 9, 4, 3))


@case("agreement", hint="The signature says which activation and which penalty are meant when none is given.")
def test_defaults(submission, rng):
    """Weights and biases alone: relu, and no penalty"""
    right = Perceptron(*parameters(rng, (4, 6, 3)))
    model = submission.MLPClassifier([W.copy() for W in right.weights], [b.copy() for b in right.biases])
    compare_gradients(model, right, *samples(rng, 10, 4, 3))


@case("property", hint="Move one weight by a little, and see how the loss changes.")
def test_gradients_are_slopes_of_the_loss(submission, rng):
    """The loss that is returned changes as its gradient says, for every layer"""
    right = Perceptron(*parameters(rng, (3, 4, 4, 3)), "tanh", 0.1)
    X, y = samples(rng, 8, 3, 3)
    named = ("loss", "weight_gradients", "bias_gradients")
    gradients = layers(
        parts(classifier(submission, right).loss_and_gradients(X, y), named, "loss_and_gradients")[1],
        right.weights,
        "weight_gradients",
    )
    for l, W in enumerate(right.weights):

        def loss(changed):
            weights = [changed if k == l else other for k, other in enumerate(right.weights)]
            moved = classifier(submission, Perceptron(weights, right.biases, "tanh", 0.1))
            return parts(moved.loss_and_gradients(X, y), named, "loss_and_gradients")[0]

        # Differences are good to 1e-9 of slopes of order 1e-1; a forgotten factor is of their own order.
        gradient_of(loss, W, gradients[l], 1e-5, f"weight_gradients[{l}]", rng=rng, n_directions=4)


@case("property", hint="The data part of the loss is a mean over samples.")
def test_a_batch_taken_twice(submission, rng):
    """Every sample twice has the same loss and the same gradients, with the penalty"""
    right = Perceptron(*parameters(rng, (4, 5, 3)), "tanh", 0.5)
    X, y = samples(rng, 6, 4, 3)
    loss, weights, biases = right.loss_and_gradients(X, y)
    model = classifier(submission, right)
    twice = model.loss_and_gradients(np.vstack([X, X]), np.concatenate([y, y]))
    mine = parts(twice, ("loss", "weight_gradients", "bias_gradients"), "loss_and_gradients")
    compare_loss(mine[0], loss)
    compare_layers(mine[1], weights, "weight_gradients")
    compare_layers(mine[2], biases, "bias_gradients")


@case("property", hint="Hidden units have no order.")
def test_the_order_of_hidden_units_does_not_matter(submission, rng):
    """Hidden units in another order: gradients follow"""
    weights, biases = parameters(rng, (4, 6, 3))
    order = rng.permutation(6)
    moved = [weights[0][:, order], weights[1][order]], [biases[0][order], biases[1]]
    X, y = samples(rng, 10, 4, 3)
    check_gradients(submission, Perceptron(*moved), X, y)
    check_fit(submission, Perceptron(*moved), X, y, 0.3, 5)


@case("edge", hint="The derivative of max(0, z) at z = 0 is pinned: it is 0.")
def test_units_at_exactly_zero(submission, rng):
    """Samples of zeros, on which whole layers rest at z = 0"""
    weights, _ = parameters(rng, (3, 4, 4, 2))
    right = Perceptron(weights, [np.zeros(4), np.zeros(4), np.array([1.0, -1.0])])
    X, y = samples(rng, 6, 3, 2)
    X[:3] = 0.0
    check_gradients(submission, right, X, y)
    check_fit(submission, right, X, y, 0.2, 3)


@case("edge", hint="Subtract the largest logit of a row, and never take the logarithm of a probability.")
def test_logits_of_a_thousand(submission, rng):
    """Logits of some hundreds to 2000: nothing overflows, and the loss is large"""
    weights, biases = parameters(rng, (3, 5, 4))
    X, y = samples(rng, 10, 3, 4)
    logits = Perceptron(weights, biases, "tanh").pre_activations(X)[-1]
    y[:5] = logits[:5].argmin(axis=1)
    right = Perceptron([weights[0], weights[1] * (2000.0 / np.abs(logits - biases[1]).max())], biases, "tanh")
    check_gradients(submission, right, X, y)


@case("edge", hint="np.tanh never overflows; exp(2000) does, and infinity over infinity is no number.")
def test_hidden_sums_of_a_thousand(submission, rng):
    """Hidden units that get sums of 2000 of either sign, with each activation"""
    weights, biases = parameters(rng, (3, 5, 4))
    X, y = samples(rng, 10, 3, 4)
    sums = Perceptron(weights, biases).pre_activations(X)[0] - biases[0]
    for activation, size in (("tanh", 1.0), ("relu", 1e-3)):
        first = weights[0] * (2000.0 / np.abs(sums).max())
        check_gradients(submission, Perceptron([first, size * weights[1]], biases, activation, 0.01), X, y)


@case("edge", hint="Convert the parameters and X with np.asarray(…, dtype=float), each of them.")
def test_float32_arrays_with_large_logits(submission, rng):
    """Two classes with logits of up to 2000 that are nearly equal, all arrays in float32: float64 is asked for"""
    weights, biases = parameters(rng, (3, 5, 3))
    X, y = samples(rng, 40, 3, 2)
    # Positive hidden units, so that both logits of a sample are large.
    weights[0], biases[0], X = np.abs(weights[0]), np.abs(biases[0]), np.abs(X) + 0.1
    weights[1][:, 0] = np.abs(weights[1][:, 0]) + 0.1
    logits = Perceptron(weights, biases).pre_activations(X)[-1][:, 0]
    weights[1] *= 1990.0 / logits.max()
    # float32 rounds a logit of 2000 by 1e-4, and probabilities of a half by 1e-5 and more.
    weights[1][:, 1], weights[1][:, 2] = weights[1][:, 0] + 0.05 * rng.normal(size=5), -weights[1][:, 0]
    weights, biases = ([datasets.float32(one) for one in group] for group in (weights, biases))
    right = Perceptron([W.astype(float) for W in weights], [b.astype(float) for b in biases])
    model = submission.MLPClassifier(weights, biases, activation="relu")
    X = datasets.float32(X)
    close_to(model.predict_proba(X), right.predict_proba(X.astype(float)), ACCURACY, "predict_proba(X)", scale=1.0)
    loss, *gradients = right.loss_and_gradients(X.astype(float), y)
    mine = parts(model.loss_and_gradients(X, y), ("loss", "weight_gradients", "bias_gradients"), "loss_and_gradients")
    compare_loss(mine[0], loss)
    compare_layers(mine[1], gradients[0], "weight_gradients")
    compare_layers(mine[2], gradients[1], "bias_gradients")
    # Weights of some hundreds that are rounded to float32 after every step change probabilities by 3e-5 to 1e-3.
    _, last = descend(right, X.astype(float), y, 1e-4, 40)
    fitted(model, X, y, 1e-4, 40)
    close_to(model.predict_proba(X), last.predict_proba(X.astype(float)), ACCURACY, "predict_proba(X) after fit", scale=1.0)


@case("edge", hint="A layer in which nothing is active still has gradients: zeros.")
def test_a_dead_layer(submission, rng):
    """All hidden units are below zero for all samples: only the last biases move"""
    weights, biases = parameters(rng, (3, 4, 3))
    biases[0] = np.full(4, -50.0)
    X, y = samples(rng, 8, 3, 3)
    check_fit(submission, Perceptron(weights, biases), X, y, 0.5, 4)


@case("edge", hint="Keep the axis of samples; with one class the probability is one.")
def test_one_of_everything(submission, rng):
    """One sample, one feature, one hidden unit; and a single class"""
    X, y = samples(rng, 1, 1, 2)
    check_fit(submission, Perceptron(*parameters(rng, (1, 1, 2)), "tanh"), X, y, 0.5, 2)
    check_gradients(submission, Perceptron(*parameters(rng, (1, 3, 1)), "tanh", 0.1), X, np.zeros(1, dtype=np.int64))


@case("edge", hint="Make n_steps steps and note the loss before each of them, also where nothing moves any more.")
def test_steps_that_change_nothing(submission, rng):
    """A single class without a penalty: the loss is zero, ten times over"""
    X, y = samples(rng, 5, 2, 1)
    check_fit(submission, Perceptron(*parameters(rng, (2, 3, 1)), "tanh"), X, y, 0.5, 10)


@case("edge", hint="Start from the parameters given to the constructor, and keep copies of them.")
def test_fitting_again_starts_anew(submission, rng):
    """fit called twice, on other data and for other numbers of steps, starts from the given parameters each time"""
    right = Perceptron(*parameters(rng, (4, 5, 3)), "tanh")
    model = classifier(submission, right)
    for n_steps in (8, 3):
        X, y = samples(rng, 12, 4, 3)
        losses, last = descend(right, X, y, 0.4, n_steps)
        fitted(model, X, y, 0.4, n_steps)
        compare_layers(model.weights_, last.weights, "weights_")
        compare_loss(model.losses_, losses, "losses_")


def clause_inputs(rng):
    X, y = samples(rng, 10, 3, 3)
    weights, biases = parameters(rng, (3, 4, 3))
    return tuple(map(datasets.dyadic, (X, *weights, *biases))) + (y,)


def clause_model(submission, X, W0, W1, b0, b1, y):
    return submission.MLPClassifier([W0, W1], [b0, b1], activation="tanh", l2=0.1).fit(X, y, 0.25, 3)


def clause_answers(model, X, W0, W1, b0, b1, y):
    weights, biases = layers(model.weights_, [W0, W1], "weights_"), layers(model.biases_, [b0, b1], "biases_")
    loss, slopes, _ = parts(model.loss_and_gradients(X, y), ("loss", "weights", "biases"), "loss_and_gradients")
    return {
        "weights_[0]": weights[0],
        "weights_[1]": weights[1],
        "biases_[0]": biases[0],
        "losses_": array(model.losses_, "losses_", shape=(3,)),
        "the loss": np.array(number(loss, "the loss")),
        "weight_gradients[0]": layers(slopes, [W0, W1], "weight_gradients")[0],
        "predict_proba(X)": array(model.predict_proba(X), "predict_proba(X)", shape=(10, 3)),
    }


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=clause_model,
        answers=clause_answers,
        rows=("predict_proba",),
    )
)

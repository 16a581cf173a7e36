"""Hidden cases of Adam: every step is determined, so the parameters' ways from their start are compared."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.optimisers import Adam

# The statement's number. float64 reaches 1e-12 after 100 steps; the nearest mistake, decay of the
# parameters after the step instead of before it, changes ways by 1e-3.
ACCURACY = 1e-6


def start(rng, *shape):
    """Return parameters of order one."""
    return 1.0 + rng.normal(size=shape)


def gradients_for(rng, parameters, n_steps, size=1.0):
    """Return gradients of order `size` for each step; each entry drifts in a direction of its own."""
    drift = rng.normal(size=parameters.shape)
    return [size * (drift + rng.normal(size=drift.shape)) for _ in range(n_steps)]


def compare(value, right, begun, what):
    """Compare parameters in units of how far the right ones have gone; what did not move must not."""
    way = float(np.abs(right - begun).max())
    # A rounding of parameters of order one is no way.
    close_to(value, right, ACCURACY, what, scale=max(way, 1e-9))


def check(submission, parameters, steps, **options):
    """Make all steps with the reference and the submission, and compare after each."""
    optimiser, right = submission.Adam(parameters, **options), Adam(parameters, **options)
    close_to(optimiser.parameters_, parameters, ACCURACY, "parameters_ before the first step")
    for t, gradient in enumerate(steps, start=1):
        compare(optimiser.step(gradient), right.step(gradient), parameters, f"step {t}")
    compare(optimiser.parameters_, right.theta, parameters, "parameters_")


@case("sample", hint="After correction m is the gradient and v its square, so that the step is learning_rate times the sign.")
def test_the_first_step_by_hand(submission, rng):
    """The first step has the size of the learning rate, whatever the size of the gradient"""
    optimiser = submission.Adam(np.ones(3), learning_rate=0.5, eps=1e-12)
    compare(optimiser.step(np.array([1e-3, -200.0, 0.0])), np.array([0.5, 1.5, 1.0]), np.ones(3), "step 1")


@case("sample", hint="m = 1, v = 3 after the first step; then m = 1, v = 2.25. Both are divided by 1/2, then by 3/4.")
def test_two_steps_by_hand(submission, rng):
    """Gradients 2 and 1 with betas of one half and eps 1: the steps are 2 / 3 and then about 0.49"""
    optimiser = submission.Adam(np.zeros(1), learning_rate=1.0, betas=(0.5, 0.5), eps=1.0)
    compare(optimiser.step(np.array([2.0])), np.array([-2.0 / 3.0]), np.zeros(1), "step 1")
    second = (1.0 / 0.75) / (np.sqrt(1.5 / 0.75) + 1.0)
    compare(optimiser.step(np.array([1.0])), np.array([-2.0 / 3.0 - second]), np.zeros(1), "step 2")


@case("sample", hint="Decoupled decay takes learning_rate * weight_decay of the parameter away, beside the step.")
def test_both_kinds_of_decay_by_hand(submission, rng):
    """A parameter of 4 without gradient: decoupled it becomes 3.8; else the gradient is 2, and the step 0.1"""
    for decoupled, after in ((True, 3.8), (False, 3.9)):
        optimiser = submission.Adam(np.array([4.0]), 0.1, eps=1e-12, weight_decay=0.5, decoupled=decoupled)
        compare(optimiser.step(np.zeros(1)), np.array([after]), np.array([4.0]), "step 1")


@case("agreement", sizes=(2, 5, 100), hint="Correct m and v for their start at zero, by t that counts from 1.")
def test_plain_adam(submission, rng, size):
    """Several steps with the settings by default, and with others"""
    for options in ({}, {"learning_rate": 0.1, "betas": (0.5, 0.8), "eps": 1e-4}):
        parameters = start(rng, 2, 4)
        check(submission, parameters, gradients_for(rng, parameters, size), **options)


@case("agreement", sizes=(3, 30), hint="The first beta belongs to the average of gradients, the second one to that of squares.")
def test_other_betas(submission, rng, size):
    """betas of (0.99, 0.5), (0, 0.9) and (0.9, 0)"""
    for betas in ((0.99, 0.5), (0.0, 0.9), (0.9, 0.0)):
        parameters = start(rng, 6)
        check(submission, parameters, gradients_for(rng, parameters, size), learning_rate=0.05, betas=betas)


@case("agreement", hint="eps is added to the root of the corrected v, not to v and not before the correction.")
def test_a_large_eps(submission, rng):
    """eps of 1 and 0.01 beside gradients of the same size"""
    for eps, size in ((1.0, 1.0), (0.01, 0.01)):
        parameters = start(rng, 5)
        check(submission, parameters, gradients_for(rng, parameters, 10, size), learning_rate=0.1, eps=eps)


@case("agreement", sizes=(2, 20), hint="Decoupled decay stays out of m and v, is multiplied by learning_rate, and uses the parameters before the step.")
def test_decoupled_decay(submission, rng, size):
    """AdamW with decays of 0.1 and 2"""
    for weight_decay in (0.1, 2.0):
        parameters = start(rng, 2, 3)
        steps = gradients_for(rng, parameters, size)
        check(submission, parameters, steps, learning_rate=0.1, weight_decay=weight_decay)


@case("agreement", sizes=(2, 20), hint="Without decoupling, weight_decay times the parameters is part of the gradient, in m and in v.")
def test_decay_in_the_gradient(submission, rng, size):
    """Adam with an L2 penalty, of which the gradient is weight_decay times the parameters"""
    for weight_decay in (0.1, 2.0):
        parameters = start(rng, 2, 3)
        steps = gradients_for(rng, parameters, size)
        check(submission, parameters, steps, learning_rate=0.1, weight_decay=weight_decay, decoupled=False)


@case("agreement", hint="Keep the largest v of all steps before its correction, and correct it by this step's factor.")
def test_amsgrad(submission, rng):
    """Gradients that are large first and small later, with amsgrad, alone and with both kinds of decay"""
    for options in ({}, {"weight_decay": 0.5}, {"weight_decay": 0.5, "decoupled": False}):
        parameters = start(rng, 8)
        steps = gradients_for(rng, parameters, 3, 5.0) + gradients_for(rng, parameters, 15, 0.2)
        check(submission, parameters, steps, learning_rate=0.1, betas=(0.9, 0.8), amsgrad=True, **options)


@case("property", sizes=(3, 12), hint="m and the root of v have the same unit, so that it falls out.")
def test_the_unit_of_gradients_does_not_matter(submission, rng, size):
    """Gradients times 1000 make the same steps when eps is times 1000 too"""
    parameters = start(rng, 4)
    optimiser, right = submission.Adam(parameters, learning_rate=0.1, eps=1.0), Adam(parameters, 0.1, eps=1e-3)
    for t, gradient in enumerate(gradients_for(rng, parameters, size), start=1):
        compare(optimiser.step(1000.0 * gradient), right.step(gradient), parameters, f"step {t}")


@case("property", hint="Entries are independent of each other.")
def test_the_shape_does_not_matter(submission, rng):
    """The same 24 entries as a vector, a matrix and a cube, and the first of them alone"""
    parameters = start(rng, 24)
    steps = gradients_for(rng, parameters, 6)
    for shaped in (lambda a: a, lambda a: a.reshape(6, 4), lambda a: a.reshape(2, 3, 4), lambda a: a[:1]):
        check(submission, shaped(parameters), [shaped(g) for g in steps], learning_rate=0.1, weight_decay=0.3)


@case("property", hint="Two optimisers share nothing, and an optimiser begins with averages of zero.")
def test_optimisers_are_independent(submission, rng):
    """Two optimisers in turn make the steps that each makes alone"""
    parameters = start(rng, 5)
    steps = [gradients_for(rng, parameters, 5) for _ in range(2)]
    pair, right = ([kind(parameters, learning_rate=0.1) for _ in range(2)] for kind in (submission.Adam, Adam))
    for t in range(5):
        for k in range(2):
            compare(pair[k].step(steps[k][t]), right[k].step(steps[k][t]), parameters, f"step {t + 1} of optimiser {k}")


@case("edge", hint="Zero over eps is zero: no entry moves without a gradient.")
def test_gradients_of_zero(submission, rng):
    """Entries that never have a gradient stay, also beside others that have"""
    parameters = start(rng, 2, 4)
    steps = gradients_for(rng, parameters, 5)
    for gradient in steps:
        gradient[:, 2] = 0.0
    check(submission, parameters, steps, learning_rate=0.1)
    check(submission, parameters, [np.zeros((2, 4))] * 2)


@case("edge", hint="Look at the formulas for a gradient of zero: g is zero then, m need not be.")
def test_gradients_that_become_zero(submission, rng):
    """Each entry has a gradient in every other step only, and in the last step none has"""
    parameters = start(rng, 2, 4)
    steps = [*gradients_for(rng, parameters, 5), np.zeros((2, 4))]
    for t, gradient in enumerate(steps):
        gradient.flat[t % 2 :: 2] = 0.0
    for options in ({}, {"weight_decay": 0.3}, {"amsgrad": True}):
        check(submission, parameters, steps, learning_rate=0.1, **options)


@case("edge", hint="The default eps of 1e-8 counts where gradients are that small.")
def test_gradients_of_every_size(submission, rng):
    """Gradients from 1e-12 to 1e6 in one array"""
    parameters = start(rng, 19)
    sizes = 10.0 ** np.arange(-12.0, 7.0)
    optimiser, right = submission.Adam(parameters, learning_rate=0.1), Adam(parameters, 0.1)
    for t, gradient in enumerate(gradients_for(rng, parameters, 12), start=1):
        moved = right.step(sizes * gradient)
        # The statement's relative 1e-4. Ways of 1e-5 beside parameters of order one are known to 1e-10 of their size.
        scale = np.maximum(np.abs(moved - parameters), 1e-8)
        close_to(optimiser.step(sizes * gradient), moved, 1e-4, f"the ways after step {t}", scale=scale)


@case("edge", hint="Convert parameters and gradients with np.asarray(…, dtype=float) before the first step.")
def test_parameters_in_float32(submission, rng):
    """float32 parameters, and a learning rate of which they would lose most digits"""
    parameters = datasets.float32(start(rng, 2, 4))
    optimiser, right = submission.Adam(parameters, learning_rate=1e-5), Adam(parameters.astype(float), 1e-5)
    for t, gradient in enumerate(map(datasets.float32, gradients_for(rng, parameters, 5)), start=1):
        moved = right.step(gradient.astype(float))
        # Ways of 1e-5: float64 knows them to 1e-11, and float32 parameters of order one to 1e-2.
        compare(optimiser.step(gradient), moved, parameters, f"step {t}")


@case("edge", hint="Parameters may come by position, in the order of the interface.")
def test_all_parameters_by_position(submission, rng):
    """Coupled decay and AMSGrad, every parameter by its place"""
    parameters, options = start(rng, 4), (0.1, (0.9, 0.8), 1e-6, 0.3, False, True)
    optimiser, right = submission.Adam(parameters, *options), Adam(parameters, *options)
    for t, gradient in enumerate(gradients_for(rng, parameters, 5), start=1):
        compare(optimiser.step(gradient), right.step(gradient), parameters, f"step {t}")


def clause_inputs(rng):
    parameters = start(rng, 3, 4)
    return tuple(map(datasets.dyadic, (parameters, *gradients_for(rng, parameters, 3))))


def clause_answer(submission, parameters, *gradients):
    optimiser = submission.Adam(parameters, learning_rate=0.1, weight_decay=0.25)
    for gradient in gradients:
        optimiser.step(gradient)
    return optimiser


def clause_answers(optimiser, parameters, *gradients):
    return {"parameters_": array(optimiser.parameters_, "parameters_", shape=parameters.shape)}


clauses = common_clauses(Description(inputs=clause_inputs, fit=clause_answer, answers=clause_answers))

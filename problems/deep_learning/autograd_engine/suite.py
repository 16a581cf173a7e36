"""Hidden cases of the autograd engine: programs of operations, run on the submission and by forward derivatives."""

import numpy as np

from judge import datasets
from judge.agreement import close_to
from judge.suite import case
from reference.autograd import evaluate

# The statement's number: a sum of products in float64 is right to about 1e-13 of its terms, one in float32 to 1e-6.
ACCURACY = 1e-9


def run(submission, leaves, steps):
    """Build a program's expression; return its values, leaves first."""
    values = [submission.Value(float(leaf)) for leaf in leaves]
    for name, place, other in steps:
        method = getattr(values[place], name.removesuffix("_number"))
        match name:
            case "add" | "mul":
                values.append(method(values[other]))
            case "power" | "add_number" | "mul_number":
                values.append(method(other))
            case _:
                values.append(method())
    return values


def compare(values, leaves, steps, roots=(-1,)):
    """Call backward on some of the values, and compare data and the gradients of the leaves."""
    right = evaluate(leaves, steps)
    for place, value in enumerate(values):
        what = f"data of leaf {place}" if place < len(leaves) else f"data after operation {place - len(leaves) + 1}"
        close_to(value.data, right.values[place], ACCURACY, what, scale=abs(right.values[place]) or 1.0)
    for root in roots:
        values[root].backward()
    gradients, sizes = (sum(table[root] for root in roots) for table in (right.gradients, right.sizes))
    for leaf in range(len(leaves)):
        close_to(values[leaf].grad, gradients[leaf], ACCURACY, f"grad of leaf {leaf}", scale=sizes[leaf] or 1.0)


def check(submission, leaves, steps, roots=(-1,)):
    """Build, go backward, compare."""
    compare(run(submission, leaves, steps), leaves, steps, roots)


def program(rng, n_leaves, n_steps):
    """Draw leaves and a program whose values and slopes stay moderate and which uses every leaf."""

    def draw():
        leaves, steps = rng.normal(size=n_leaves), []
        for count in range(n_leaves, n_leaves + n_steps):
            place = int(rng.integers(max(0, count - 4), count)) if count > n_leaves else 0
            steps.append(step(rng, evaluate(leaves, steps).values, place, count))
        return leaves, steps

    def is_moderate(drawn):
        right = evaluate(*drawn)
        sizes = np.abs(right.values)
        return sizes.max() < 50 and right.sizes[-1].max() < 1e3 and (np.abs(right.gradients[-1]) > 1e-3).all()

    return datasets.drawn_until(is_moderate, draw)


def step(rng, values, place, count):
    """Draw an operation that the value at a place allows."""
    x = float(values[place])
    names = ["add", "mul", "mul", "add_number", "mul_number", "power"]
    # Further out 1 - tanh(x)^2 loses the digits that are asked for.
    names += ["tanh"] * (abs(x) < 7) + ["exp"] * (x < 2) + ["log"] * (x > 0.2) + ["relu"] * (abs(x) > 0.05)
    name = str(rng.choice(names))
    if name in ("add", "mul"):
        return name, place, int(rng.integers(count))
    if name == "power":
        # Whole numbers for any base, others for positive ones.
        return name, place, float(rng.choice([2, 3, -1, 0.5] if x > 0.2 else [2, 3]))
    if name.endswith("_number"):
        return name, place, float(rng.normal())
    return name, place, None


@case("sample", hint="d(ab + c)/da = b, d/db = a, d/dc = 1.")
def test_a_product_and_a_sum(submission, rng):
    """2 * 3 + 4"""
    check(submission, [2.0, 3.0, 4.0], [("mul", 0, 1), ("add", 3, 2)])


@case("sample", hint="The derivative of x * x is 2x: both factors are the same value, and both parts count.")
def test_a_value_times_itself(submission, rng):
    """3 * 3, both factors the same object"""
    check(submission, [3.0], [("mul", 0, 0)])


@case("sample", hint="tanh'(x) = 1 - tanh(x)^2.")
def test_one_neuron(submission, rng):
    """tanh(0.5 * -1 + 0.25)"""
    check(submission, [0.5, -1.0, 0.25], [("mul", 0, 1), ("add", 3, 2), ("tanh", 4, None)])


@case("agreement")
def test_each_operation_alone(submission, rng):
    """One operation of each kind, on drawn numbers"""
    a, b = rng.uniform(1.2, 2.5, size=2) * rng.choice([-1, 1], size=2)
    for steps in ([("add", 0, 1)], [("mul", 0, 1)], [("tanh", 0, None)], [("exp", 0, None)], [("add_number", 0, 2.5)], [("mul_number", 0, -1.5)]):
        check(submission, [a, b], steps)
    for steps in ([("log", 0, None)], [("power", 0, 2.5)], [("power", 0, -2)], [("power", 0, 3)], [("relu", 0, None)]):
        check(submission, [abs(a), b], steps)


@case("agreement", sizes=(4, 10, 40), hint="Where a value is used more than once its gradients add up.")
def test_random_programs(submission, rng, size):
    """Programs in which values are used again"""
    check(submission, *program(rng, 3, size))


@case("agreement", hint="Go backward through a topological order: a value passes gradient on only when all of its own has arrived.")
def test_short_and_long_ways(submission, rng):
    """A value reaches the result directly and through a chain of operations"""
    for length in (2, 3, 5):
        chain = [("tanh" if i % 2 else "mul_number", i + 1, None if i % 2 else 1.5) for i in range(length)]
        for last in (("mul", 1, length + 1), ("mul", length + 1, 1)):
            check(submission, [rng.uniform(0.3, 0.9)], [("exp", 0, None), *chain, last])


@case("agreement", hint="relu passes gradient on where its input is positive, and nothing where it is negative.")
def test_relu_on_both_sides(submission, rng):
    """A positive and a negative number through relu"""
    a, b = rng.uniform(0.5, 2.0, size=2)
    check(submission, [a, -b], [("relu", 0, None), ("relu", 1, None), ("mul", 2, 2), ("add", 4, 3)])


@case("agreement", hint="A plain number has no gradient, and works like a Value otherwise.")
def test_plain_numbers(submission, rng):
    """Numbers in place of Values, integers too"""
    x = rng.uniform(0.5, 2.0)
    for other in (3, -2, 0, float(rng.normal())):
        check(submission, [x], [("add_number", 0, other), ("mul_number", 0, other), ("mul", 1, 2), ("add", 3, 0)])


@case("agreement")
def test_a_small_network(submission, rng):
    """Two inputs, three hidden units, and a squared error"""
    n_inputs, n_hidden = 2, 3
    leaves, steps, hidden = rng.normal(size=n_inputs + n_hidden * (n_inputs + 2)), [], []
    size = len(leaves)

    def add(*one):
        steps.append(one)
        return size + len(steps) - 1

    for unit in range(n_hidden):
        first = n_inputs + unit * (n_inputs + 2)
        total = add("add", add("mul", 0, first), add("mul", 1, first + 1))
        hidden.append(add("mul", add("tanh", add("add", total, first + 2), None), first + 3))
    output = add("add", add("add", hidden[0], hidden[1]), hidden[2])
    add("power", add("add_number", output, -1.0), 2)
    check(submission, leaves, steps)


@case(
    "property",
    given=lambda st: {"numbers": st.lists(st.integers(-3, 3).map(float), min_size=2, max_size=3), "picks": st.lists(st.tuples(st.booleans(), st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=6)},
    examples=20,
)
def test_polynomials(submission, rng, numbers, picks):
    """Sums and products of small whole numbers, each value used any number of times"""
    steps = [("add" if is_sum else "mul", i % (len(numbers) + n), j % (len(numbers) + n)) for n, (is_sum, i, j) in enumerate(picks)]
    check(submission, numbers, steps)


@case("property", hint="backward adds to the grad of leaves; whoever wants zero sets it.")
def test_gradients_accumulate(submission, rng):
    """backward twice on one result, then on another that shares a leaf"""
    a, b = rng.uniform(0.5, 2.0, size=2)
    steps = [("mul", 0, 1), ("exp", 0, None)]
    check(submission, [a, b], steps, roots=(2, 2, 3))


@case("property", hint="The grad that a leaf has is the one that backward adds to, also where somebody has set it.")
def test_beginning_anew(submission, rng):
    """backward, every leaf's grad set to 0.0, and backward on another result of the same leaves"""
    a, b = rng.uniform(0.5, 2.0, size=2)
    steps = [("mul", 0, 1), ("exp", 0, None), ("mul", 2, 3)]
    values = run(submission, [a, b], steps)
    values[4].backward()
    for leaf in values[:2]:
        leaf.grad = 0.0
    compare(values, [a, b], steps, roots=(2,))


@case("property", hint="Gradients of results must start from zero in every backward; only leaves accumulate.")
def test_two_results_that_share_a_third(submission, rng):
    """Two results are made from a third one, and backward is called on both"""
    a, b = rng.uniform(0.5, 1.5, size=2)
    steps = [("mul", 0, 1), ("tanh", 2, None), ("power", 2, 2)]
    check(submission, [a, b], steps, roots=(3, 4))
    check(submission, [a, b], steps, roots=(4, 3, 4))


@case("property", hint="Begin every walk with gradients of its own: the result that backward was called on must not keep its 1.")
def test_going_on_after_backward(submission, rng):
    """backward on a result, then on one that is made from it afterwards, and again"""
    x = rng.uniform(0.5, 2.0)
    leaf = submission.Value(x)
    square = leaf.mul(leaf)
    square.backward()
    close_to(leaf.grad, 2.0 * x, ACCURACY, "grad after backward on x * x")
    multiple = square.mul(5.0)
    multiple.backward()
    close_to(leaf.grad, 12.0 * x, ACCURACY, "grad after backward on 5 (x * x) too")
    multiple.add(square).backward()
    close_to(leaf.grad, 24.0 * x, ACCURACY, "grad after backward on 6 (x * x) too")


@case("property")
def test_other_leaves_keep_their_gradient(submission, rng):
    """A leaf that the result does not depend on, and one that only another result depends on"""
    check(submission, rng.uniform(0.5, 2.0, size=3), [("mul", 0, 0), ("mul", 1, 2)], roots=(3,))


@case("edge", hint="New values start with grad 0, and operations make new values.")
def test_operations_change_nothing(submission, rng):
    """Operands keep their data, and nothing has a gradient before backward"""
    a, b = rng.uniform(0.5, 2.0, size=2)
    steps = [("add", 0, 1), ("mul", 0, 1), ("add_number", 0, 2.0), ("power", 0, 2), ("exp", 0, None), ("add", 2, 3)]
    values = run(submission, [a, b], steps)
    for value in values:
        close_to(value.grad, 0.0, 0.0, "grad before backward", scale=1.0)
    compare(values, [a, b], steps)


@case("edge", hint="Make a new Value also where the number stays as it is, as in x ** 1: its grad is its own.")
def test_operations_that_leave_the_number(submission, rng):
    """x ** 1, x + 0, 1 * x and relu of a positive x are new values, whose grad is 0"""
    x = rng.uniform(0.5, 2.0)
    leaf = submission.Value(x)
    leaf.backward()
    results = [leaf.power(1), leaf.add(0), leaf.mul(1), leaf.relu()]
    for result, what in zip(results, ("x ** 1", "x + 0", "x * 1", "relu(x)")):
        close_to(result.data, x, ACCURACY, f"data of {what}")
        close_to(result.grad, 0.0, 0.0, f"grad of {what} before backward", scale=1.0)
    for result in results:
        result.backward()
    close_to(leaf.grad, 5.0, ACCURACY, "grad of x after backward on x itself and on four results")


@case("edge", hint="exp(2x) - 1 has lost the digits of a small x: take a tanh that knows.")
def test_tanh_of_small_numbers(submission, rng):
    """The tanh of a tiny number is, to all digits asked for, that number"""
    # By differences of exponentials they are off by 1e-6 and more of themselves.
    for x in (3e-12, -7e-13):
        check(submission, [x], [("tanh", 0, None)])


@case("edge", hint="The derivative of a leaf with respect to itself is 1.")
def test_backward_on_a_leaf(submission, rng):
    """backward on a Value that was made from a number"""
    leaf = submission.Value(float(rng.normal()))
    leaf.backward()
    close_to(leaf.grad, 1.0, ACCURACY, "grad", scale=1.0)
    leaf.backward()
    close_to(leaf.grad, 2.0, ACCURACY, "grad after backward twice", scale=1.0)


@case("edge", hint="The derivative of relu at exactly 0 is 0.")
def test_relu_at_zero(submission, rng):
    """relu of exactly zero"""
    check(submission, [0.0, 2.0], [("relu", 0, None), ("mul", 0, 1), ("add", 2, 3)])


@case("edge", hint="x ** 0 is 1 with slope 0, also at x = 0; x ** 1 has slope 1.")
def test_exponents_zero_and_one(submission, rng):
    """Exponents 0 and 1, at zero too"""
    for x in (0.0, float(rng.uniform(0.5, 2.0))):
        for exponent in (0, 1, 2):
            check(submission, [x], [("power", 0, exponent), ("add", 1, 0)])


@case("edge", hint="For whole exponents x ** n is defined at negative x too, and odd exponents keep the sign.")
def test_negative_exponents_of_negative_numbers(submission, rng):
    """Exponents -1, -2 and -3 of a negative number"""
    for exponent in (-1, -2, -3):
        check(submission, [-float(rng.uniform(0.5, 2.0))], [("power", 0, exponent)])


@case("edge", hint="However small a gradient is, it belongs to the sum.")
def test_tiny_gradients(submission, rng):
    """A slope of one in a thousand million, multiplied up again later"""
    check(submission, [rng.uniform(0.5, 2.0)], [("mul_number", 0, 1e8), ("mul_number", 1, 1e-9)])


@case("edge", hint="Replace recursion by a list of your own: Python's recursion ends at a depth of about 1000.")
def test_a_deep_expression(submission, rng):
    """A chain of 1500 operations"""
    value = leaf = submission.Value(1.0)
    for index in range(1500):
        value = value.mul(1.0 + 2.0**-10) if index % 2 else value.add(2.0**-10)
    value.backward()
    close_to(leaf.grad, (1.0 + 2.0**-10) ** 750, ACCURACY, "grad of the leaf")


@case("runtime", hint="Visit each value once, in topological order, instead of following every way to a leaf.")
def test_sixty_doublings(submission, rng):
    """v.add(v), sixty times over"""
    value = leaf = submission.Value(float(rng.uniform(0.5, 1.0)))
    for _ in range(60):
        value = value.add(value)
    value.backward()
    close_to(leaf.grad, 2.0**60, ACCURACY, "grad of the leaf")


@case("runtime", hint="Keep what was visited in a set: a list is searched from its beginning, for every operation anew.")
def test_thousands_of_operations(submission, rng):
    """2000 operations in fifty layers, and backward 200 times"""
    # In proportion to the operations that takes a second at most; in proportion to their square about twenty.
    leaves, steps, layer = rng.uniform(0.5, 1.0, size=20), [], np.arange(20)
    for _ in range(50):
        made = len(leaves) + len(steps) + np.arange(40)
        steps += [("add", int(place), int(other)) for place, other in zip(layer, rng.permutation(layer), strict=True)]
        steps += [("mul_number", int(place), 0.5) for place in made[:20]]
        layer = made[20:]
    values = run(submission, leaves, steps)
    for _ in range(200):
        values[-1].backward()
    right = evaluate(leaves, steps)
    gradients, sizes = 200.0 * right.gradients[-1], 200.0 * right.sizes[-1]
    for leaf, gradient in enumerate(gradients):
        close_to(values[leaf].grad, gradient, ACCURACY, f"grad of leaf {leaf}", scale=sizes[leaf] or 1.0)

"""Hidden cases of power and sample size: closed formulas, so powers are compared directly and sizes exactly."""

import numpy as np

from judge import datasets
from judge.agreement import at_most, close_to, equal_to, number, parts, raises
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.power import proportion_power, proportion_sample_size

# The statement's number. Honest float64 code is within 1e-13; the nearest mistake, leaving out the tail on the wrong
# side, is off by 1e-2 where the difference is small.
ACCURACY = 1e-9
# At the size asked for and at one less the power is this far from the target, so that rounding does not decide.
MARGIN = 1e-10
ALTERNATIVES = ("two-sided", "larger", "smaller")


def check_power(submission, p_a, p_b, n_a, n_b, alpha=0.05, alternative="two-sided"):
    """Compare one power; all arguments are in the signature's order."""
    right = proportion_power(p_a, p_b, n_a, n_b, alpha, alternative)
    close_to(submission.power(p_a, p_b, n_a, n_b, alpha, alternative), right, ACCURACY, "power", scale=1.0)


def check_size(submission, p_a, p_b, **options):
    """Compare one size."""
    answer = submission.sample_size(p_a, p_b, **options)
    right = proportion_sample_size(p_a, p_b, **options)
    for value, want, name in zip(parts(answer, ("n_a", "n_b"), "sample_size"), right, ("n_a", "n_b")):
        equal_to(value, want, name)


def near(rng, rate, spread=0.1):
    """Return a rate within this share of another."""
    return float(rate * rng.uniform(1.0 - spread, 1.0 + spread))


def draw_rates(rng, p_a, p_b, *, spread=0.1, **options):
    """Draw rates near these, whose sample size no rounding can shift."""
    target, alpha = options.get("target", 0.8), options.get("alpha", 0.05)
    alternative = options.get("alternative", "two-sided")

    def is_clear(rates):
        n_a, n_b = proportion_sample_size(*rates, **options)
        ratio = n_b // n_a
        sizes = [n for n in (n_a - 1, n_a) if n > 0]
        return all(abs(proportion_power(*rates, n, ratio * n, alpha, alternative) - target) > MARGIN for n in sizes)

    return datasets.drawn_until(is_clear, lambda: (near(rng, p_a, spread), near(rng, p_b, spread)))


@case("sample", hint="With n = 100 the pooled rate is 1/2 and s_0 = √0.005; s_1 = √0.0048; q = 1.96.")
def test_power_by_hand(submission, rng):
    """Rates of 0.6 and 0.4 with 100 visitors each: power 0.812"""
    close_to(submission.power(0.6, 0.4, 100, 100), 0.8122918205911362, ACCURACY, "power", scale=1.0)
    check_power(submission, 0.6, 0.4, 100, 100)


@case("sample", hint="At 96 visitors each the power is 0.7962, at 97 it is 0.8003.")
def test_sample_size_by_hand(submission, rng):
    """The same rates, 80 %: 97 visitors each"""
    check_size(submission, 0.6, 0.4)


@case("sample", hint="With equal rates the test finds a difference in alpha of all cases.")
def test_equal_rates_have_power_alpha(submission, rng):
    """Equal rates: the power is alpha, and no size is enough"""
    for alternative in ALTERNATIVES:
        close_to(submission.power(0.3, 0.3, 50, 80, alpha=0.05, alternative=alternative), 0.05, ACCURACY, "power", scale=1.0)
    with raises(ValueError):
        submission.sample_size(0.3, 0.3)


@case("agreement", sizes=(20, 200, 5000), hint="The line is drawn by s_0 with the pooled rate, the probability by s_1 with separate rates.")
def test_powers(submission, rng, size):
    """Rates near 0.1 and 0.3, every alternative, both ways round"""
    p_a, p_b = near(rng, 0.3), near(rng, 0.1)
    n_a, n_b = int(rng.integers(size // 2, size)), int(rng.integers(size // 2, size))
    for alternative in ALTERNATIVES:
        check_power(submission, p_a, p_b, n_a, n_b, 0.05, alternative)
        check_power(submission, p_b, p_a, n_a, n_b, 0.05, alternative)


@case("agreement", hint="The pooled rate leans to the larger group.")
def test_groups_of_unequal_size(submission, rng):
    """One group ten times as large as the other"""
    p_a, p_b = near(rng, 0.6), near(rng, 0.75)
    check_power(submission, p_a, p_b, 60, 600)
    check_power(submission, p_a, p_b, 600, 60)


@case("agreement", hint="The tail on the wrong side counts as well.")
def test_small_differences(submission, rng):
    """Rates that hardly differ: both tails of the two-sided test are about as large"""
    for n in (10, 100, 1000):
        check_power(submission, 0.4, 0.4 + 0.01 * float(rng.uniform(0.5, 1.0)), n, 2 * n, 0.2)


@case("agreement", hint="q leaves alpha / 2 on each side for two sides, and alpha on one.")
def test_several_alphas(submission, rng):
    """alpha from 1e-6 to 0.4"""
    p_a, p_b = near(rng, 0.25), near(rng, 0.35)
    for alpha in (1e-6, 0.001, 0.01, 0.1, 0.4):
        for alternative in ALTERNATIVES:
            check_power(submission, p_a, p_b, 250, 300, alpha, alternative)


@case("agreement", sizes=(1, 2, 3), hint="Check the power at the size and at one less.")
def test_sample_sizes(submission, rng, size):
    """Rates from far apart to close together"""
    p_a, p_b = {1: (0.2, 0.7), 2: (0.1, 0.16), 3: (0.05, 0.056)}[size]
    p_a, p_b = draw_rates(rng, p_a, p_b)
    check_size(submission, p_a, p_b)
    check_size(submission, p_b, p_a)


@case("agreement", hint="target is what the power must reach, alpha the risk of a false alarm.")
def test_several_targets(submission, rng):
    """Targets from 0.55 to 0.999, and alphas"""
    for target in (0.55, 0.9, 0.999):
        for alpha in (0.001, 0.1):
            check_size(submission, *draw_rates(rng, 0.3, 0.45, target=target, alpha=alpha), target=target, alpha=alpha)


@case("agreement", hint="n_b is ratio times n_a, in the power too.")
def test_several_ratios(submission, rng):
    """Groups of the ratio 1 to 2, 1 to 5 and 1 to 20"""
    for ratio in (2, 5, 20):
        check_size(submission, *draw_rates(rng, 0.12, 0.2, ratio=ratio), ratio=ratio)


@case("agreement", hint="One-sided tests need fewer visitors, and the ratio counts for them too.")
def test_one_sided_sizes(submission, rng):
    """Sizes for larger and smaller, with groups of equal size and of the ratio 1 to 3"""
    for alternative, rates in (("larger", (0.3, 0.2)), ("smaller", (0.2, 0.3))):
        for options in ({"alternative": alternative}, {"alternative": alternative, "ratio": 3}):
            check_size(submission, *draw_rates(rng, *rates, **options), **options)


@case("agreement", hint="Double the size until the power, of both tails, is enough, then bisect.")
def test_millions_of_visitors(submission, rng):
    """A lift of a few per cent on a rate of a few in a thousand, and of a few in a thousand on a rate of one half"""
    base = near(rng, 0.004)
    check_size(submission, *draw_rates(rng, base, 1.04 * base, spread=0.001))
    check_size(submission, *draw_rates(rng, 0.497, 0.499, spread=1e-4, target=0.95, ratio=3), target=0.95, ratio=3)


@case("agreement", hint="Guess the size by a formula if you like, then make sure by the power at the size and at one less.")
def test_barely_enough(submission, rng):
    """Targets just below the power at a whole number, with an alpha so large that the tail on the wrong side matters"""
    for p_a, p_b, ratio in ((0.88, 0.12, 1), (0.08, 0.017, 5), (0.04, 0.0006, 1), (0.5, 0.4, 1)):
        rates = near(rng, p_a, 0.02), near(rng, p_b, 0.02)
        for first, second in (rates, rates[::-1]):
            n = proportion_sample_size(first, second, target=0.52, alpha=0.35, ratio=ratio)[0]
            # A thousand times MARGIN below what n has; one less has 1e-4 less here.
            target = proportion_power(first, second, n, ratio * n, 0.35) - 1e-7
            check_size(submission, first, second, target=target, alpha=0.35, ratio=ratio)


@case("agreement", hint="The power either reaches the target or not: no tolerance, and no rounding of sizes.")
def test_targets_beside_a_power(submission, rng):
    """Targets that the power at a whole number reaches or misses by 2e-10, and rates a hundredth of a thousandth apart"""
    for p_a, p_b in ((0.5, 0.3), (0.2, 0.3), (0.12, 0.06)):
        rates = near(rng, p_a, 0.02), near(rng, p_b, 0.02)
        n = proportion_sample_size(*rates)[0]
        for distance in (-2.0 * MARGIN, 2.0 * MARGIN):
            check_size(submission, *rates, target=proportion_power(*rates, n, n, 0.05) + distance)
    options = {"target": 0.51, "alpha": 0.4, "alternative": "larger"}
    check_size(submission, *draw_rates(rng, 0.000508, 0.0005, spread=1e-4, **options), **options)


@case("property", hint="Exchanging the groups exchanges larger and smaller.")
def test_exchanged_groups(submission, rng):
    """The groups the other way round, and failures counted in place of successes"""
    p_a, p_b = near(rng, 0.2), near(rng, 0.3)
    for alternative, other in zip(ALTERNATIVES, ("two-sided", "smaller", "larger")):
        right = proportion_power(p_a, p_b, 90, 140, 0.05, alternative)
        for rates in ((p_b, p_a, 140, 90), (1 - p_a, 1 - p_b, 90, 140)):
            close_to(submission.power(*rates, alternative=other), right, ACCURACY, "power", scale=1.0)


@case("property", hint="The power at the size reaches the target, and one visitor less does not.")
def test_the_size_is_the_smallest(submission, rng):
    """The submission's own power at its own sample size"""
    p_a, p_b = draw_rates(rng, 0.15, 0.25, target=0.9)
    answer = parts(submission.sample_size(p_a, p_b, target=0.9), ("n_a", "n_b"), "sample_size")
    n = int(min(max(number(answer[0], "n_a"), 2.0), 1e7))
    # Powers are known to ACCURACY; one visitor more or less changes them by 1e-4 here.
    at_most(0.9 - number(submission.power(p_a, p_b, n, n), "power"), ACCURACY, "what the power at sample_size lacks to the target")
    at_most(number(submission.power(p_a, p_b, n - 1, n - 1), "power") - 0.9, ACCURACY, "by how much the power at one less is above the target")
    check_size(submission, p_a, p_b, target=0.9)


@case("edge", hint="A one-sided test never finds a difference on the other side: raise ValueError.")
def test_no_size_is_enough(submission, rng):
    """Equal rates, or rates that differ in the direction that nobody looks for: ValueError; the power is at most alpha"""
    low, high = near(rng, 0.2), near(rng, 0.5)
    for alternative in ALTERNATIVES:
        with raises(ValueError):
            submission.sample_size(low, low, alternative=alternative)
    with raises(ValueError):
        submission.sample_size(low, high, alternative="larger")
    with raises(ValueError):
        submission.sample_size(high, low, alternative="smaller")
    check_power(submission, low, high, 30, 40, 0.1, "larger")


@case("edge", hint="One visitor each may be enough when the rates are far apart and alpha is large.")
def test_the_smallest_experiments(submission, rng):
    """Rates near 0 and 1: a handful of visitors"""
    for p_a, p_b in ((0.001, 0.999), (0.9995, 0.02)):
        check_power(submission, p_a, p_b, 1, 1, 0.4)
        check_size(submission, p_a, p_b, target=0.7, alpha=0.4)
        check_size(submission, p_a, p_b)


@case("edge", hint="1 minus a number near 1 has few digits, but 1e-9 is what is asked for.")
def test_powers_near_zero_and_one(submission, rng):
    """Powers of 1e-5 and less, and of nearly 1"""
    check_power(submission, near(rng, 0.5), 0.5, 20, 20, 1e-6)
    check_power(submission, near(rng, 0.2), near(rng, 0.8), 400, 400)


@case("edge", hint="Arguments may come by position: target, alpha, ratio, alternative.")
def test_all_arguments_by_position(submission, rng):
    """Every argument of sample_size by its place"""
    for alternative in ("two-sided", "larger"):
        p_a, p_b = draw_rates(rng, 0.3, 0.2, target=0.9, alpha=0.01, ratio=2, alternative=alternative)
        answer = submission.sample_size(p_a, p_b, 0.9, 0.01, 2, alternative)
        right = proportion_sample_size(p_a, p_b, target=0.9, alpha=0.01, ratio=2, alternative=alternative)
        for value, want, name in zip(parts(answer, ("n_a", "n_b"), "sample_size"), right, ("n_a", "n_b")):
            equal_to(value, want, name)


@case("edge", hint="Rates that differ by 0.00005 differ: no difference is too small to be looked for.")
def test_tiny_differences(submission, rng):
    """Rates of about 0.0005 that differ by a tenth, and of one half that differ by 0.0009: millions of visitors"""
    check_size(submission, *draw_rates(rng, 0.00052, 0.00057, spread=0.01))
    # Ten million visitors in all are what the statement goes up to; here it is 9.7 million.
    check_size(submission, *draw_rates(rng, 0.5, 0.5009, spread=5e-6))


@case("edge", hint="A probability below 1e-6 is not zero to 1e-9.")
def test_powers_below_a_tiny_alpha(submission, rng):
    """Rates that differ a little in the wrong direction, and a small group whose rate varies less than the pooled one"""
    low, high = near(rng, 0.3, 0.02), near(rng, 0.32, 0.02)
    check_power(submission, low, high, 20, 20, 1e-6, "larger")
    check_power(submission, high, low, 20, 20, 1e-6, "smaller")
    check_power(submission, near(rng, 0.05, 0.02), near(rng, 0.1, 0.02), 10, 1000, 2e-5)


def clause_inputs(rng):
    return near(rng, 0.2), near(rng, 0.3), int(rng.integers(80, 200)), int(rng.integers(80, 200))


NUMBERS_ALONE = "the arguments are numbers, which have no memory to share"
clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, *inputs: (submission.power(*inputs), submission.sample_size(*inputs[:2])),
        answers=lambda answers, *inputs: {
            "power": np.array(number(answers[0], "power")),
            "n_a": np.array(number(parts(answers[1], ("n_a", "n_b"), "sample_size")[0], "n_a")),
        },
    ),
    leave_out={
        "test_inputs_are_left_alone": NUMBERS_ALONE,
        "test_float32_inputs_are_taken": NUMBERS_ALONE,
        "test_fortran_order_is_taken": NUMBERS_ALONE,
        "test_read_only_inputs_are_taken": NUMBERS_ALONE,
    },
)

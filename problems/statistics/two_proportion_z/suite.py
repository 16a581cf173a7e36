"""Hidden cases of the two-proportion z-test: four numbers with closed definitions, compared directly."""

import math

import numpy as np

from judge.agreement import close_to, number, parts, raises
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.statistics import two_proportions

# The statement's number. Honest float64 code is within 1e-10 (at p = 1e-100 a rounded z costs 1e-13 of p); the nearest
# mistakes, a continuity correction and a variance with n - 1, are off by 1e-4 where the groups are small.
ACCURACY = 1e-6
ALTERNATIVES = ("two-sided", "larger", "smaller")


def four(answer):
    """Return z, p, low and high as numbers; a tuple, a list or an array of four is fine."""
    names = ("z", "p", "low", "high")
    return [number(value, name) for value, name in zip(parts(answer, names, "two_proportion_z"), names)]


def compare(answer, z, p, low, high):
    """Compare an answer with the right one, in the units of the statement."""
    mine = four(answer)
    close_to(mine[0], z, ACCURACY, "z", scale=max(abs(z), 1.0))
    close_to(mine[1], p, ACCURACY, "p")
    for value, right, name in zip(mine[2:], (low, high), ("low", "high")):
        close_to(value, right, ACCURACY, name, scale=(high - low) / 2)


def check(submission, x_a, n_a, x_b, n_b, alternative="two-sided", confidence=0.95):
    """Run the test once, with all arguments in the signature's order, and compare."""
    right = two_proportions(x_a, n_a, x_b, n_b, alternative, confidence)
    answer = submission.two_proportion_z(x_a, n_a, x_b, n_b, alternative, confidence)
    compare(answer, right.z, right.p, right.low, right.high)


def groups(rng, n_a, n_b, rate_a, rate_b):
    """Return counts near these rates, moved by up to a tenth of the smaller rate, and never 0 or n."""
    counts = []
    for n, rate in ((n_a, rate_a), (n_b, rate_b)):
        moved = round(n * rate * (1 + 0.1 * rng.uniform(-1, 1)))
        counts += [int(np.clip(moved, 1, n - 1)), n]
    return counts


def about(rng, size):
    """Return a whole number within a fifth of `size`."""
    return int(rng.integers(round(0.8 * size), round(1.2 * size) + 1))


@case("sample", hint="Here the pooled rate is 1/2, and the standard error under equal rates is 1/10.")
def test_thirty_and_twenty_of_fifty(submission, rng):
    """30 of 50 against 20 of 50: z = 2"""
    half = 1.959963984540054 * math.sqrt(2 * 0.6 * 0.4 / 50)
    compare(submission.two_proportion_z(30, 50, 20, 50), 2.0, 0.04550026389635842, 0.2 - half, 0.2 + half)


@case("sample", hint="Equal rates: z = 0, and everything is at least as far from zero.")
def test_equal_rates(submission, rng):
    """1 of 4 against 2 of 8: z = 0 and p = 1"""
    half = 1.959963984540054 * math.sqrt(0.1875 / 4 + 0.1875 / 8)
    compare(submission.two_proportion_z(1, 4, 2, 8), 0.0, 1.0, -half, half)


@case("sample", hint="One-sided p-values: the tail on the side of the claim alone.")
def test_one_sided_by_hand(submission, rng):
    """20 of 50 against 30 of 50, claimed to be smaller: p is half of the two-sided one"""
    answer = submission.two_proportion_z(20, 50, 30, 50, alternative="smaller", confidence=0.9)
    half = 1.6448536269514722 * math.sqrt(2 * 0.6 * 0.4 / 50)
    compare(answer, -2.0, 0.02275013194817921, -0.2 - half, -0.2 + half)


@case("agreement", sizes=(10, 60, 2000), hint="The pooled rate counts everybody once, so it leans to the larger group.")
def test_unequal_groups(submission, rng, size):
    """The second group is four times as large, rates 0.3 and 0.45"""
    check(submission, *groups(rng, about(rng, size), about(rng, 4 * size), 0.3, 0.45))
    check(submission, *groups(rng, about(rng, 4 * size), about(rng, size), 0.45, 0.3))


@case("agreement", hint="The test assumes equal rates and pools them; the interval does not.")
def test_rates_far_apart(submission, rng):
    """Rates of 0.1 and 0.8: the pooled and the separate standard errors differ by a tenth and more"""
    check(submission, *groups(rng, about(rng, 30), about(rng, 80), 0.1, 0.8))
    check(submission, *groups(rng, about(rng, 90), about(rng, 25), 0.75, 0.15))


@case("agreement", hint="`larger` is the upper tail of z, `smaller` the lower one, whatever the sign of z is.")
def test_all_alternatives(submission, rng):
    """Each alternative, for z above zero and below it"""
    counts = groups(rng, about(rng, 120), about(rng, 90), 0.5, 0.35)
    for alternative in ALTERNATIVES:
        check(submission, *counts, alternative)
        check(submission, *counts[2:], *counts[:2], alternative)


@case("agreement", hint="q leaves (1 - confidence) / 2 on each side.")
def test_other_confidences(submission, rng):
    """Intervals of 50 % to 99.99 %, and they are two-sided for every alternative"""
    counts = groups(rng, about(rng, 200), about(rng, 300), 0.2, 0.3)
    for confidence, alternative in zip((0.5, 0.8, 0.99, 0.9999), (*ALTERNATIVES, "two-sided")):
        check(submission, *counts, alternative, confidence)


@case("agreement", sizes=(400, 4000, 40_000), hint="Compute the tail itself: 1 minus a number near 1 has no digits left.")
def test_far_tail(submission, rng, size):
    """p-values from 1e-10 to 1e-100"""
    # z grows with the root of the size; a difference this large gives the depth asked for.
    depth = {400: 6.8, 4000: 13.0, 40_000: 21.0}[size]
    difference = depth * math.sqrt(2 * 0.25 / size)
    upper = round(size * (0.5 + difference / 2 * (1 + 0.02 * rng.uniform(-1, 1))))
    for alternative in ("two-sided", "larger"):
        check(submission, upper, size, size - upper, size, alternative)
    check(submission, size - upper, size, upper, size, "smaller")


@case("agreement", hint="A claim that the data contradicts has a p-value near 1.")
def test_the_claim_is_contradicted(submission, rng):
    """One-sided p-values above 0.99"""
    counts = groups(rng, about(rng, 300), about(rng, 300), 0.3, 0.6)
    check(submission, *counts, "larger")
    check(submission, *counts[2:], *counts[:2], "smaller")


@case("agreement", hint="A difference of rates is small beside the rates; nothing may be rounded.")
def test_a_large_experiment(submission, rng):
    """Millions of visitors, and a difference of a few in a thousand"""
    n_a, n_b = about(rng, 6_000_000), about(rng, 5_000_000)
    x_a = round(0.05 * n_a)
    for lift in (1.002, 0.996):
        check(submission, x_a, n_a, round(0.05 * lift * n_b), n_b)


@case("agreement", hint="There is no continuity correction, and the variance of a rate is p (1 - p) / n.")
def test_small_groups(submission, rng):
    """Groups of 4 to 12"""
    for n_a, n_b in ((4, 5), (8, 6), (12, 9)):
        x_a = int(rng.integers(1, n_a))
        check(submission, x_a, n_a, int(rng.integers(1, n_b)), n_b, ALTERNATIVES[n_a % 3])


@case("property", hint="Exchanging the groups changes the sign of z and turns the interval round.")
def test_exchanged_groups(submission, rng):
    """The other way round: (-z, p, -high, -low)"""
    counts = groups(rng, about(rng, 70), about(rng, 150), 0.4, 0.55)
    z, p, low, high = four(submission.two_proportion_z(*counts))
    compare(submission.two_proportion_z(*counts[2:], *counts[:2]), -z, p, -high, -low)
    check(submission, *counts)


@case("property", hint="Counting failures instead of successes changes signs alone.")
def test_failures_for_successes(submission, rng):
    """Failures counted in place of successes: (-z, p, -high, -low)"""
    x_a, n_a, x_b, n_b = groups(rng, about(rng, 50), about(rng, 90), 0.3, 0.5)
    z, p, low, high = four(submission.two_proportion_z(x_a, n_a, x_b, n_b))
    compare(submission.two_proportion_z(n_a - x_a, n_a, n_b - x_b, n_b), -z, p, -high, -low)
    check(submission, x_a, n_a, x_b, n_b)


def counts_strategy(st):
    pair = st.integers(1, 30).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
    usable = st.tuples(pair, pair).filter(lambda two: 0 < two[0][0] + two[1][0] < two[0][1] + two[1][1])
    # An interval of no width has no unit to compare in.
    wide = usable.filter(lambda two: any(0 < x < n for x, n in two))
    return {"both": wide, "alternative": st.sampled_from(ALTERNATIVES)}


@case("property", given=counts_strategy, examples=15)
def test_small_counts(submission, rng, both, alternative):
    """Any small counts"""
    check(submission, *both[0], *both[1], alternative)


@case("edge", hint="A rate of 0 or 1 in one group is nothing special: the pooled rate is in between.")
def test_no_success_in_one_group(submission, rng):
    """Nobody in one group, or everybody"""
    n_a, n_b = about(rng, 40), about(rng, 60)
    x = int(rng.integers(3, 20))
    for counts in ((0, n_a, x, n_b), (x, n_a, 0, n_b), (n_a, n_a, x, n_b), (x, n_a, n_b, n_b)):
        check(submission, *counts)


@case("edge", hint="The interval is not cut off at -1 or 1.")
def test_an_interval_beyond_one(submission, rng):
    """A few visitors with rates near 0 and 1: the interval passes 1 or -1"""
    n_a, n_b = int(rng.integers(4, 8)), int(rng.integers(4, 8))
    check(submission, n_a - 1, n_a, 0, n_b, confidence=0.99)
    check(submission, 1, n_a, n_b, n_b, "smaller", confidence=0.99)


@case("edge", hint="Half of everybody or so was successful: the pooled rate is neither 0 nor 1, and z is defined.")
def test_nobody_here_and_everybody_there(submission, rng):
    """Nobody in one group and everybody in the other: an interval of no width at 1 or -1"""
    n_a, n_b = int(rng.integers(3, 9)), int(rng.integers(3, 9))
    for counts in ((0, n_a, n_b, n_b), (n_a, n_a, 0, n_b)):
        right = two_proportions(*counts)
        z, p, low, high = four(submission.two_proportion_z(*counts))
        close_to(z, right.z, ACCURACY, "z")
        close_to(p, right.p, ACCURACY, "p")
        # There is no half width to measure in, so the difference itself is the unit.
        close_to(low, right.low, ACCURACY, "low", scale=1.0)
        close_to(high, right.high, ACCURACY, "high", scale=1.0)


@case("edge", hint="A rate near 0 or 1 is not 0 or 1, and a tiny variance is no variance of zero.")
def test_a_handful_among_millions(submission, rng):
    """Two to nine successes among eight million, or as few failures"""
    n_a, n_b = about(rng, 8_000_000), about(rng, 8_000_000)
    x_a, x_b = rng.choice(np.arange(2, 10), size=2, replace=False).tolist()
    # Near 1 a rounded rate costs 1e-9 of the half width.
    check(submission, x_a, n_a, x_b, n_b)
    check(submission, n_a - x_a, n_a, n_b - x_b, n_b)


@case("edge", hint="One success in twenty million is one: neither clip the rate nor take its variance for zero.")
def test_one_success_among_all(submission, rng):
    """Ten million in each group, and one success or one failure among all; or nine more in one of them"""
    n = 10_000_000
    for counts in ((1, n, 0, n), (1, n, 9, n), (n - 1, n, n, n)):
        check(submission, *counts)


@case("edge", hint="With no success at all, or no failure, z is 0/0: raise ValueError.")
def test_nothing_to_compare(submission, rng):
    """Nobody in both groups, or everybody: ValueError"""
    n_a, n_b = about(rng, 20), about(rng, 30)
    with raises(ValueError):
        submission.two_proportion_z(0, n_a, 0, n_b)
    with raises(ValueError):
        submission.two_proportion_z(n_a, n_a, n_b, n_b)


def clause_inputs(rng):
    return tuple(groups(rng, about(rng, 40), about(rng, 70), 0.3, 0.6))


def clause_answers(answer, *counts):
    return {name: np.array(value) for name, value in zip(("z", "p", "low", "high"), four(answer))}


NUMBERS_ALONE = "the arguments are whole numbers, which have no memory to share"
clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, *counts: submission.two_proportion_z(*counts),
        answers=clause_answers,
    ),
    leave_out={
        "test_inputs_are_left_alone": NUMBERS_ALONE,
        "test_float32_inputs_are_taken": NUMBERS_ALONE,
        "test_fortran_order_is_taken": NUMBERS_ALONE,
        "test_read_only_inputs_are_taken": NUMBERS_ALONE,
    },
)

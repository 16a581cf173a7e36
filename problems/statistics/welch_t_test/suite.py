"""Hidden cases of Welch's t-test: both numbers have closed definitions, so they are compared directly."""

import math

import numpy as np

from judge import datasets
from judge.agreement import at_most, close_to, number, parts
from judge.clauses import Description, common_clauses
from judge.datasets import exact_sample
from judge.suite import case
from reference.statistics import two_sided_tail, welch

# The statement's number. Measured on 200 seeds: honest solutions are within 3e-9 (the data's own rounding at a mean of
# a million standard deviations), a continued fraction stopped at 3e-7 within 2e-7; the nearest mistake is 6e-6 off.
ACCURACY = 1e-6


def pair(answer):
    """Return t and p as numbers; a tuple, a list or an array of two is fine."""
    t, p = parts(answer, ("t", "p"), "welch_t_test(a, b)")
    return number(t, "t"), number(p, "p")


def compare(answer, t, p):
    """Compare an answer with the right one."""
    mine_t, mine_p = pair(answer)
    close_to(mine_t, t, ACCURACY, "t", scale=max(abs(t), 1.0))
    close_to(mine_p, p, ACCURACY, "p")


def check(submission, a, b):
    """Run the test once and compare."""
    right = welch(a, b)
    compare(submission.welch_t_test(a, b), right.t, right.p)


def moved_to(rng, a, b, p):
    """Move one sample so that the p-value is about p, with a random sign of t."""
    error = math.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b))
    df = welch(a, b).df
    low, high = -20.0, 40.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if two_sided_tail(math.exp(middle), df) > p else (low, middle)
    return a + rng.choice([-1.0, 1.0]) * math.exp(low) * error, b


@case("sample", hint="Here ν = 2, and p = 1 - |t| / sqrt(2 + t²).")
def test_two_and_two(submission, rng):
    """Two numbers against two: t = -3/√2, p = 1 - 3/√13"""
    answer = submission.welch_t_test(np.array([0.0, 2.0]), np.array([3.0, 5.0]))
    compare(answer, -3 / math.sqrt(2), 1 - 3 / math.sqrt(13))


@case("sample", hint="Here ν = 4, and p = 1 - s (1 + (1 - s²) / 2) with s = |t| / sqrt(4 + t²).")
def test_three_and_three(submission, rng):
    """Three numbers against three: the means differ by 4, t = 2 √6"""
    answer = submission.welch_t_test(np.array([5.0, 6.0, 7.0]), np.array([1.0, 2.0, 3.0]))
    s = math.sqrt(6 / 7)
    compare(answer, 2 * math.sqrt(6), 1 - s * (1 + (1 - s * s) / 2))


@case("sample")
def test_equal_means(submission, rng):
    """Equal means: t = 0 and p = 1"""
    compare(submission.welch_t_test(np.array([1.0, 3.0]), np.array([0.0, 2.0, 4.0])), 0.0, 1.0)


@case("agreement", sizes=(5, 12, 40), hint="Each variance is divided by its own n - 1, then by its own n.")
def test_unequal_sizes_and_variances(submission, rng, size):
    """The smaller sample has the larger variance, and the other way round"""
    for deviations in ((3.0, 1.0), (1.0, 4.0)):
        a, b = exact_sample(rng, size, deviations[0]), exact_sample(rng, 2 * size + 1, deviations[1])
        check(submission, *moved_to(rng, a, b, 0.03))


@case("agreement", hint="With equal sizes only the degrees of freedom tell Welch's test from Student's.")
def test_equal_sizes(submission, rng):
    """Equal sizes, unequal variances"""
    check(submission, *moved_to(rng, exact_sample(rng, 9, 1.0), exact_sample(rng, 9, 2.5), 0.02))


@case("agreement", hint="Equal variances do not make the degrees of freedom n_a + n_b - 2 when the sizes differ.")
def test_equal_variances(submission, rng):
    """Equal variances, sizes 6 and 17"""
    check(submission, *moved_to(rng, exact_sample(rng, 6, 2.0), exact_sample(rng, 17, 2.0), 0.2))


@case("agreement", hint="The tails are heavy when ν is near 1: very large u still matter.")
def test_tiny_samples(submission, rng):
    """Two or three numbers in a sample"""
    for size_a, size_b, p in ((2, 2, 0.3), (2, 3, 0.04), (3, 2, 1e-3), (3, 3, 1e-6), (2, 40, 0.05), (60, 2, 1e-3)):
        deviations = (1.5, 1.0) if size_a < size_b else (1.0, 1.25)
        check(submission, *moved_to(rng, exact_sample(rng, size_a, deviations[0]), exact_sample(rng, size_b, deviations[1]), p))


@case("agreement", hint="Gamma functions of large numbers overflow, and their logarithms do not.")
def test_large_samples(submission, rng):
    """Hundreds of numbers in a sample"""
    for size_a, size_b, p in ((300, 500, 0.04), (700, 180, 0.3), (900, 1000, 1e-4)):
        check(submission, *moved_to(rng, exact_sample(rng, size_a, 1.0), exact_sample(rng, size_b, 1.3), p))


@case("agreement", sizes=(8, 15, 24, 42), hint="Compute the tail itself: 1 minus a number near 1 has no digits left.")
def test_far_tail(submission, rng, size):
    """p-values of 1e-10, 1e-20, 1e-30 and 1e-40"""
    p = {8: 1e-10, 15: 1e-20, 24: 1e-30, 42: 1e-40}[size]
    for factor in (1.0, 0.02):
        a, b = exact_sample(rng, size, 1.0), exact_sample(rng, size + 7, 1.7)
        check(submission, *moved_to(rng, a, b, p * factor))


@case("agreement", hint="In the far tail the normal distribution is off by a factor, even for hundreds of samples.")
def test_far_tail_of_large_samples(submission, rng):
    """p-values from 1e-12 to 1e-50 with hundreds of numbers"""
    for p in (1e-12, 1e-40, 1e-50):
        check(submission, *moved_to(rng, exact_sample(rng, 260, 1.0), exact_sample(rng, 410, 0.8), p))


@case("agreement", hint="When x is near 1, use I_x(a, b) = 1 - I_{1-x}(b, a); the continued fraction is slow there.")
def test_hardly_any_difference(submission, rng):
    """p-values of 0.5 and more, samples small and large"""
    for size_a, size_b, p in ((3, 4, 0.9), (30, 20, 0.5), (30, 20, 0.98), (400, 700, 0.6), (400, 700, 0.999)):
        check(submission, *moved_to(rng, exact_sample(rng, size_a, 1.0), exact_sample(rng, size_b, 1.4), p))


@case("agreement", hint="Subtract the mean before you square; a difference of large squares has no digits left.")
def test_far_from_zero(submission, rng):
    """Means near 1000, standard deviations near 0.001"""
    for size_a, size_b, p in ((6, 9, 0.01), (12, 8, 1e-4), (15, 20, 1e-7)):
        a, b = moved_to(rng, exact_sample(rng, size_a, 1e-3), exact_sample(rng, size_b, 2e-3), p)
        check(submission, a + 1e3, b + 1e3)


@case("agreement", hint="Each sample has a mean of its own; what is near one of them is far from the other.")
def test_far_from_each_other(submission, rng):
    """One sample near zero, the other a million standard deviations away"""
    for deviations in ((1.0, 1.25), (0.02, 0.01)):
        # With three numbers each ν is at most 4, so that p is near 1e-20.
        a, b = exact_sample(rng, 3, deviations[0]), exact_sample(rng, 3, deviations[1])
        check(submission, a, b + 8e5 * deviations[1])
        check(submission, a - 8e5 * deviations[0], b)


@case("agreement", hint="How small can a standard error be? What is added to it for safety is not small beside every one.")
def test_small_and_large_scales(submission, rng):
    """Standard deviations from 0.001 to 1000, and the smallest standard errors of all"""
    for deviation_a, deviation_b in ((1e-3, 2e-3), (1e3, 500.0), (1e-3, 1e3), (40.0, 1e-2)):
        check(submission, *moved_to(rng, exact_sample(rng, 11, deviation_a), exact_sample(rng, 7, deviation_b), 0.01))
    # 1e-15 more under the root changes p by 5e-5 of its size here: the square of the standard error is 2e-9, and t near 14.
    check(submission, *moved_to(rng, exact_sample(rng, 900, 1e-3), exact_sample(rng, 1000, 1e-3), 1e-40))


@case("property", hint="Exchanging the samples changes the sign of t and nothing else.")
def test_exchanged_samples(submission, rng):
    """welch_t_test(b, a) is (-t, p)"""
    a, b = moved_to(rng, exact_sample(rng, 7, 1.0), exact_sample(rng, 12, 3.0), 0.02)
    t, p = pair(submission.welch_t_test(a, b))
    compare(submission.welch_t_test(b, a), -t, p)
    check(submission, a, b)


@case("property", hint="p depends on the scale of the data in no way.")
def test_another_unit(submission, rng):
    """Multiplying both samples by 8 and adding 5 changes nothing"""
    a, b = moved_to(rng, exact_sample(rng, 10, 1.0), exact_sample(rng, 14, 0.5), 0.004)
    t, p = pair(submission.welch_t_test(a, b))
    compare(submission.welch_t_test(8.0 * a + 5.0, 8.0 * b + 5.0), t, p)
    check(submission, a, b)


@case("property")
def test_a_larger_difference_is_less_likely(submission, rng):
    """p falls as the samples are moved apart"""
    a, b = exact_sample(rng, 20, 1.0), exact_sample(rng, 30, 1.5)
    previous = 1.0
    for shift in (0.25, 1.0, 3.0, 8.0, 20.0):
        _, p = pair(submission.welch_t_test(a + shift, b))
        at_most(p, previous * (1 - ACCURACY), f"p at a shift of {shift:g}, after {previous:.3g} at the shift before")
        previous = p
    check(submission, a + 20.0, b)


def whole_numbers(st):
    one = st.lists(st.integers(-20, 20), min_size=2, max_size=8, unique=True)
    return {"a": one, "b": one}


@case("property", given=whole_numbers, examples=20)
def test_small_whole_numbers(submission, rng, a, b):
    """Short lists of whole numbers"""
    check(submission, np.array(a, dtype=float), np.array(b, dtype=float))


@case("edge", hint="A variance of zero is nothing special as long as the other is not zero.")
def test_one_constant_sample(submission, rng):
    """One sample never changes: ν is the other's n - 1"""
    b = exact_sample(rng, 6, 2.0) + 1.5
    check(submission, np.full(4, 3.0), b)
    check(submission, b, np.full(9, -1.0))
    # The least deviation that the statement has, beside none.
    small = exact_sample(rng, 6, 1e-3) + 3.002
    check(submission, np.full(4, 3.0), small)
    check(submission, small, np.full(4, 3.0))


def clause_inputs(rng):
    a, b = moved_to(rng, exact_sample(rng, 9, 1.0), exact_sample(rng, 14, 2.0), 0.05)
    return datasets.dyadic(a), datasets.dyadic(b)


def clause_answers(answer, a, b):
    t, p = pair(answer)
    return {"t": np.array(t), "p": np.array(p)}


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, a, b: submission.welch_t_test(a, b),
        answers=clause_answers,
    ),
)

"""Hidden cases of the population stability index: closed formulas, so index, edges and terms are compared directly."""

import math

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, number, parts
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.drift import population_stability_index

# The statement's number. Shares are ratios of whole numbers, so float64 reaches 1e-15; one value of 500 in another bin
# changes a term by 1e-4 and more.
ACCURACY = 1e-9
# No value is this near to an edge (as a share of the range) without being equal to it.
MARGIN = 1e-6
PARTS = ("psi", "edges", "contributions")


def is_clear(expected, actual, n_bins):
    """Tell whether it is certain in which bin each value lies, whatever the rounding of the edges is."""
    edges = population_stability_index(expected, actual, n_bins).edges
    repeated, counts = np.unique(expected, return_counts=True)
    interpolated = edges[~np.isin(edges, repeated[counts > 1])]
    values = np.concatenate([expected, actual])
    distances = np.abs(values[:, None] - interpolated)
    return math.gcd(len(expected) - 1, n_bins) == 1 and distances.min(initial=np.inf) > MARGIN * np.ptp(expected)


def compare(answer, expected, right):
    """Compare all three parts in the units of the statement."""
    psi, edges, contributions = parts(answer, PARTS, "population_stability_index")
    close_to(edges, right.edges, ACCURACY, "edges", scale=max(float(np.ptp(expected)), 1e-300))
    close_to(contributions, right.contributions, ACCURACY, "contributions", scale=1.0)
    close_to(psi, right.psi, ACCURACY, "psi", scale=1.0)


def check(submission, expected, actual, **options):
    """Compute the index once and compare."""
    answer = submission.population_stability_index(expected, actual, **options)
    compare(answer, expected, population_stability_index(expected, actual, **options))


def draw(rng, n_expected, n_actual, n_bins=10, *, shift=0.6, spread=1.3):
    """Draw a normal sample, and another one that is moved and wider."""

    def draw_both():
        return rng.normal(size=n_expected), shift + spread * rng.normal(size=n_actual)

    return datasets.drawn_until(lambda both: is_clear(*both, n_bins), draw_both)


@case("sample", hint="The median of 1, 2, 4, 5 is 3. Shares are 1/2 and 1/2 before, 1/4 and 3/4 now.")
def test_two_bins_by_hand(submission, rng):
    """Four values, cut at their median: PSI = ln(3) / 4"""
    expected, actual = np.array([5.0, 1.0, 4.0, 2.0]), np.array([9.0, 3.5, 0.0, 4.0])
    psi, edges, contributions = parts(submission.population_stability_index(expected, actual, 2), PARTS, "population_stability_index")
    close_to(edges, [3.0], ACCURACY, "edges")
    close_to(contributions, [0.25 * np.log(2.0), 0.25 * np.log(1.5)], ACCURACY, "contributions", scale=1.0)
    close_to(psi, 0.25 * np.log(3.0), ACCURACY, "psi", scale=1.0)


@case("sample", hint="Before: 1/2 below the edge 0.5 and 1/2 above. Now: nothing below, so 1/100 counts instead of 0.")
def test_an_empty_bin_by_hand(submission, rng):
    """One bin is empty now; epsilon = 0.01"""
    answer = submission.population_stability_index(np.array([0.0, 1.0]), np.array([1.0, 2.0, 3.0]), 2, 0.01)
    psi, edges, contributions = parts(answer, PARTS, "population_stability_index")
    terms = [-0.49 * np.log(0.02), 0.5 * np.log(2.0)]
    close_to(edges, [0.5], ACCURACY, "edges")
    close_to(contributions, terms, ACCURACY, "contributions", scale=1.0)
    close_to(psi, sum(terms), ACCURACY, "psi", scale=1.0)


@case("agreement", sizes=(12, 50, 200, 500), hint="Compare the edges first, then the shares of both samples.")
def test_a_shifted_sample(submission, rng, size):
    """Normal samples, the second one moved and wider, and of another length"""
    check(submission, *draw(rng, size, size // 2 + 7))


@case("agreement", hint="The shares of expected are counted too: they are not exactly 1 / n_bins.")
def test_other_numbers_of_bins(submission, rng):
    """From 2 to 25 bins"""
    for n_bins in (2, 3, 7, 25):
        check(submission, *draw(rng, 42, 60, n_bins), n_bins=n_bins)


@case("agreement", hint="Values beyond the training range belong to the first and the last bin.")
def test_values_outside_the_training_range(submission, rng):
    """The new sample reaches far beyond the old one on both sides"""
    check(submission, *draw(rng, 80, 90, shift=0.3, spread=6.0))


@case("agreement", hint="Quantiles, not equal widths; and of the training sample alone.")
def test_skewed_values(submission, rng):
    """Exponential values with a heavy tail"""
    expected, actual = datasets.drawn_until(lambda both: is_clear(*both, 10), lambda: (np.exp(1.5 * rng.normal(size=90)), np.exp(0.4 + rng.normal(size=60))))
    check(submission, expected, actual)


@case("agreement", hint="Raise shares below epsilon to epsilon; leave the others alone.")
def test_shares_below_epsilon(submission, rng):
    """Empty bins and nearly empty ones, with several epsilons"""
    expected, actual = draw(rng, 200, 150, shift=1.8, spread=0.5)
    # Shares of the training sample are a tenth each, so the last epsilon raises them too.
    for epsilon in (1e-4, 1e-6, 0.02, 0.08, 0.15):
        check(submission, expected, actual, epsilon=epsilon)


@case("agreement", sizes=(8, 30, 120), hint="Equal edges are taken once, and a value equal to an edge lies in the bin above it.")
def test_repeated_values(submission, rng, size):
    """Counts from 0 to 5: edges repeat, and values lie on them"""

    def draw_both():
        return rng.integers(0, 5, size=size).astype(float), rng.integers(0, 6, size=size + 5).astype(float)

    check(submission, *datasets.drawn_until(lambda both: is_clear(*both, 10) and len(np.unique(both[0])) > 2, draw_both))


@case("agreement", hint="Between two equal values the quantile is exactly that value, to the last bit: else the value may lie below it.")
def test_repeated_values_that_are_not_whole(submission, rng):
    """Five values with many digits, each of them many times: edges repeat, and values lie on them"""

    def draw_both():
        levels = rng.normal(size=5)
        return levels[rng.integers(0, 5, size=60)], levels[rng.integers(0, 5, size=50)]

    # Rounding moves an edge above its value in two of three draws.
    for _ in range(12):
        check(submission, *datasets.drawn_until(lambda both: is_clear(*both, 10), draw_both))


@case("agreement", hint="Half of the values are zero, so the first edges are all zero.")
def test_a_spike_at_zero(submission, rng):
    """Half of the training values are exactly zero, a fifth of the new ones"""
    expected, actual = draw(rng, 60, 50)
    expected, actual = np.abs(expected), np.abs(actual)
    expected[:30], actual[:10] = 0.0, 0.0
    expected, actual = rng.permutation(expected), rng.permutation(actual)
    nudge = datasets.drawn_until(lambda step: is_clear(expected, actual + step * (actual > 0), 10), lambda: 1e-3 * rng.random())
    check(submission, expected, actual + nudge * (actual > 0))


@case("property", hint="Only the order of the values matters, not their unit.")
def test_another_unit(submission, rng):
    """Values in another unit, with a range of 1/100 or 1e8, or 10,000 ranges away from zero: the same terms, and edges that follow"""
    expected, actual = draw(rng, 50, 70)
    right = population_stability_index(expected, actual)
    unit = 1.0 / float(np.ptp(expected))
    for factor, offset in ((0.01 * unit, 0.0), (unit, 1e4), (50.0, -300.0), (1e8 * unit, 0.0)):
        answer = submission.population_stability_index(factor * expected + offset, actual * factor + offset)
        psi, edges, contributions = parts(answer, PARTS, "population_stability_index")
        # 10,000 ranges away numbers are rounded by 1e-12 of the range.
        close_to(edges, factor * right.edges + offset, ACCURACY, "edges", scale=factor / unit)
        close_to(psi, right.psi, ACCURACY, "psi", scale=1.0)
        close_to(contributions, right.contributions, ACCURACY, "contributions", scale=1.0)


@case("property", hint="Equal shares have the logarithm of 1.")
def test_no_drift(submission, rng):
    """The same values in another order, or each of them twice: PSI = 0"""
    expected, _ = draw(rng, 50, 2)
    for actual in (rng.permutation(expected), np.repeat(expected, 2)):
        psi, _, contributions = parts(submission.population_stability_index(expected, actual), PARTS, "population_stability_index")
        close_to(psi, 0.0, ACCURACY, "psi", scale=1.0)
        close_to(contributions, np.zeros(10), ACCURACY, "contributions", scale=1.0)


def small_samples(st):
    def is_certain(drawn):
        return is_clear(np.array(drawn[0], dtype=float), np.array(drawn[1], dtype=float), drawn[2])

    counts = st.lists(st.integers(0, 6), min_size=2, max_size=12)
    return {"drawn": st.tuples(counts, st.lists(st.integers(-1, 7), min_size=1, max_size=8), st.integers(2, 5)).filter(is_certain)}


@case("property", given=small_samples, examples=20)
def test_small_counts(submission, rng, drawn):
    """A few whole numbers"""
    expected, actual, n_bins = drawn
    check(submission, np.array(expected, dtype=float), np.array(actual, dtype=float), n_bins=n_bins, epsilon=1e-3)


@case("edge", hint="With one bin there is no edge, and everything lies in it.")
def test_one_bin(submission, rng):
    """n_bins=1: no edges, PSI = 0"""
    check(submission, *draw(rng, 20, 15, 1), n_bins=1)


@case("edge", hint="All edges are equal, so one is left; all training values lie above it.")
def test_constant_training_values(submission, rng):
    """All training values are equal, the new ones lie on both sides"""
    check(submission, np.full(12, 3.0), np.array([3.0, 3.0, 2.0, 5.0]))


@case("edge", hint="A single new value is a share of 1.")
def test_a_single_new_value(submission, rng):
    """One value now, and more bins than training values"""
    check(submission, *draw(rng, 30, 1))
    check(submission, *draw(rng, 6, 3, 11), n_bins=11)


@case("edge", hint="Different edges are different, however near they are; only equal ones are taken once.")
def test_edges_close_together(submission, rng):
    """Values in groups of six that are 4e-7 apart, in a range of 1/100: some edges differ by less than a millionth"""

    def draw_both():
        groups = 0.01 * rng.random(8)
        return tuple(np.add.outer(groups, 4e-7 * steps).ravel() for steps in (np.arange(6.0), rng.uniform(0.0, 5.0, size=4)))

    def is_good(both):
        edges = population_stability_index(*both, 24).edges
        return is_clear(*both, 24) and np.diff(edges).min() < 9e-7

    check(submission, *datasets.drawn_until(is_good, draw_both), n_bins=24)


def clause_inputs(rng):
    def draw_both():
        return datasets.dyadic(4.0 * rng.normal(size=48)), datasets.dyadic(1.0 + 4.0 * rng.normal(size=40))

    # In float32 an edge near a value might move to its other side.
    return datasets.drawn_until(lambda both: is_clear(*both, 10), draw_both)


def clause_answers(answer, expected, actual):
    psi, edges, contributions = parts(answer, PARTS, "population_stability_index")
    right = population_stability_index(expected, actual)
    return {
        "psi": np.array(number(psi, "psi")),
        "edges": array(edges, "edges", shape=right.edges.shape),
        "contributions": array(contributions, "contributions", shape=right.contributions.shape),
    }


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, expected, actual: submission.population_stability_index(expected, actual),
        answers=clause_answers,
    )
)

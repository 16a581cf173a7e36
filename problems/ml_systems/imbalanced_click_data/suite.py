"""Hidden cases for imbalanced click data: closed formulas and counts, compared directly."""

import math

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, equal_to, number, parts, raises, that
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.imbalance import balanced_weights, costs_of_thresholds, recalibrated, resampled

# The statement's number. The formulas reach 1e-15; the nearest mistake, clipping at 1e-9, is off by whole multiples.
ACCURACY = 1e-9
# Between the least cost and the next, so that rounding decides nothing.
MARGIN = 1e-6


def clicks(rng, n, rate):
    """Draw labels of which both occur."""
    return datasets.drawn_until(lambda y: 0 < y.sum() < n, lambda: (rng.random(n) < rate).astype(int))


def check_recalibrated(submission, p, positives, negatives):
    """Compare each probability relative to itself."""
    p = np.asarray(p, dtype=float)
    right = recalibrated(p, positives, negatives)
    mine = array(submission.recalibrate(p, positives, negatives), "recalibrate(p)", shape=p.shape)
    that(bool((mine[right == 0] == 0).all()), "recalibrate(p) is not 0 where p is 0", actual=mine)
    close_to(np.where(right > 0, mine / np.where(right > 0, right, 1.0), 1.0), np.ones(len(p)), ACCURACY, "recalibrate(p) over the right values", scale=1.0)


def check_threshold(submission, y, p, cost_fp, cost_fn):
    """Compare threshold and cost."""
    candidates, costs = costs_of_thresholds(y, p, cost_fp, cost_fn)
    answer = submission.cheapest_threshold(y, p, cost_fp, cost_fn)
    threshold, cost = parts(answer, ("threshold", "cost"), "cheapest_threshold")
    best = int(np.argmin(costs))
    if math.isinf(candidates[best]):
        that(isinstance(threshold, (float, np.floating)) and float(threshold) == math.inf, "the threshold is not infinite, where nobody should be shown", actual=threshold)
    else:
        close_to(number(threshold, "the threshold"), candidates[best], 0.0, "the threshold", scale=1.0)
    close_to(number(cost, "the cost"), costs[best], ACCURACY, "the cost", scale=max(costs[best], min(cost_fp, cost_fn)))


def scored(rng, n, rate, cost_fp, cost_fn, is_good=lambda best, candidates: True):
    """Draw labels and scores that tell something about them, with a cheapest threshold that is certain."""

    def draw():
        y = clicks(rng, n, rate)
        return y, 1.0 / (1.0 + np.exp(-(rng.normal(size=n) + 2.5 * y - 2.0)))

    def is_certain(drawn):
        candidates, costs = costs_of_thresholds(*drawn, cost_fp, cost_fn)
        least, second = np.partition(costs, 1)[:2]
        return second - least > MARGIN * second and is_good(int(np.argmin(costs)), candidates)

    return datasets.drawn_until(is_certain, draw)


def is_inside(best, candidates):
    """Tell whether the best threshold is neither of the ends, nor what the costs alone would say."""
    return 0 < best < len(candidates) - 1


@case("sample", hint="n / (2 n_k): 5 / 8 for each of the four zeros, and 5 / 2 for the one.")
def test_weights_by_hand(submission, rng):
    """Four zeros and a one"""
    close_to(submission.balanced_weights(np.array([0, 0, 1, 0, 0])), [0.625, 0.625, 2.5, 0.625, 0.625], ACCURACY, "balanced_weights(y)")


@case("sample", hint="Sample 1 is positive and taken twice; sample 0 stays since 0.1 < 0.3, samples 2 and 3 go.")
def test_resampling_by_hand(submission, rng):
    """Four samples, positives twice, three tenths of the negatives"""
    equal_to(submission.resample(np.array([0, 1, 0, 0]), 2, 0.3, np.array([0.1, 0.9, 0.3, 0.5])), [0, 1, 1], "resample(y)")


@case("sample", hint="Odds of 1 become odds of 1 / 10, which is a probability of 1 / 11.")
def test_recalibration_by_hand(submission, rng):
    """A half, after nine of ten negatives were dropped"""
    check_recalibrated(submission, [0.5], 1, 0.1)


@case("sample", hint="At 0.6 one false alarm costs 1 and one miss 5; at 0.4 two false alarms cost 2, the least.")
def test_threshold_by_hand(submission, rng):
    """Five samples, a miss five times as dear as a false alarm"""
    check_threshold(submission, np.array([1, 0, 1, 0, 0]), np.array([0.8, 0.6, 0.4, 0.4, 0.2]), 1.0, 5.0)


@case("agreement", sizes=(10, 200))
def test_weights(submission, rng, size):
    """Shares of clicks from one in ten to nine in ten"""
    for rate in (0.1, 0.5, 0.9):
        y = clicks(rng, size, rate)
        close_to(submission.balanced_weights(y), balanced_weights(y), ACCURACY, "balanced_weights(y)")


@case("agreement", sizes=(12, 300), hint="draws[i] belongs to sample i, and positives stay whatever their draw is.")
def test_resampling(submission, rng, size):
    """Positives one to four times, negatives from all to few"""
    for positives, negatives in ((1, 0.3), (3, 0.5), (4, 1.0), (2, 0.1)):
        y, draws = clicks(rng, size, 0.3), rng.random(size)
        equal_to(submission.resample(y, positives, negatives, draws), resampled(y, positives, negatives, draws), "resample(y)")


@case("agreement", hint="Work on the odds p / (1 - p), and turn them into a probability again.")
def test_recalibration(submission, rng):
    """Probabilities of every size"""
    for positives, negatives in ((1, 0.01), (5, 1.0), (3, 0.2)):
        check_recalibrated(submission, rng.random(50), positives, negatives)


@case("agreement", sizes=(8, 40, 400), hint="Sort by p, and go down: each step turns clicks that were missed into ones that were found, and adds false alarms.")
def test_thresholds(submission, rng, size):
    """Scores without ties, a miss dearer than a false alarm and the other way round"""
    for cost_fp, cost_fn in ((1.0, 4.3), (2.7, 1.0)):
        check_threshold(submission, *scored(rng, size, 0.3, cost_fp, cost_fn, is_inside), cost_fp, cost_fn)


@case("agreement", hint="Samples with equal p are all treated, or none of them.")
def test_scores_that_repeat(submission, rng):
    """Scores on a coarse lattice"""
    for _ in range(5):
        y = clicks(rng, 40, 0.3)
        check_threshold(submission, y, np.clip(np.round((rng.normal(size=40) + 2 * y) * 2) / 8 + 0.5, 0, 1), 1.0, 2.0)


@case("agreement", hint="The ratio of the costs is the best threshold of calibrated probabilities only.")
def test_scores_that_are_not_calibrated(submission, rng):
    """Scores from -300 to 500, no probabilities at all"""
    y, p = scored(rng, 60, 0.3, 1.0, 3.3, is_inside)
    check_threshold(submission, y, 800.0 * p - 300.0, 1.0, 3.3)


@case("agreement", hint="Scores are equal when they are the same number: do not round them, nor allow for a difference.")
def test_scores_that_differ_by_little(submission, rng):
    """Scores of 1e-12 and less, and scores that differ from a half by 1e-9 and less"""
    y, p = scored(rng, 60, 0.3, 1.0, 3.3, is_inside)
    for scores in (1e-12 * p, 0.5 + 2.0**-40 * np.unique(p, return_inverse=True)[1]):
        check_threshold(submission, y, scores, 1.0, 3.3)


@case("property", hint="After undoing the factors the odds are those from before.")
def test_there_and_back(submission, rng):
    """Recalibrating the resampled probabilities gives the first ones"""
    p = rng.random(30)
    odds = p / (1.0 - p) * 3 / 0.05
    mine = array(submission.recalibrate(odds / (1.0 + odds), 3, 0.05), "recalibrate(p)", shape=p.shape)
    # Going there rounds 1 - p, which is as small as 1e-4 of p here.
    close_to(mine, p, 1e-7, "recalibrate(p)", scale=1.0)


@case(
    "property",
    given=lambda st: {"pairs": st.lists(st.tuples(st.integers(0, 1), st.integers(0, 4)), min_size=1, max_size=8), "costs": st.tuples(st.integers(1, 4), st.integers(1, 4))},
    examples=20,
)
def test_small_samples(submission, rng, pairs, costs):
    """Small samples with whole costs, where several thresholds are equally cheap"""
    y, p = np.array([label for label, _ in pairs]), np.array([score / 4 for _, score in pairs])
    check_threshold(submission, y, p, *costs)


@case("edge", hint="Check for one class before dividing by its count.")
def test_weights_of_one_class(submission, rng):
    """Only ones, and only zeros: ValueError"""
    for label in (0, 1):
        with raises(ValueError):
            submission.balanced_weights(np.full(4, label))


@case("edge")
def test_resampling_one_class(submission, rng):
    """Only negatives, only positives, and nothing to do"""
    draws = rng.random(6)
    for y, positives, negatives in ((np.zeros(6, int), 3, 0.5), (np.ones(6, int), 3, 0.5), (clicks(rng, 6, 0.5), 1, 1.0)):
        equal_to(submission.resample(y, positives, negatives, draws), resampled(y, positives, negatives, draws), "resample(y)")


@case("edge", hint="np.array([]) holds floats, with which nothing can be indexed: say dtype=int.")
def test_nothing_is_taken(submission, rng):
    """All negatives go: an empty array is one of integers too"""
    answer = submission.resample(np.zeros(3, int), 2, 0.25, np.array([0.25, 0.5, 0.75]))
    that(array(answer, "resample(y)").size == 0, "resample(y) holds indices, where nothing is taken", actual=answer)
    that(not isinstance(answer, np.ndarray) or answer.dtype.kind in "iu", "resample(y) is no array of integers", actual=answer)


@case("edge", hint="A draw that equals the share is not below it.")
def test_draws_at_the_share(submission, rng):
    """Draws of exactly the share of negatives, and of zero"""
    equal_to(submission.resample(np.array([0, 0, 1, 0]), 1, 0.25, np.array([0.25, 0.0, 0.25, 0.5])), [1, 2], "resample(y)")


@case("edge", hint="Avoid dividing by 1 - p: p a / (p a + (1 - p) b) is the same.")
def test_certain_probabilities(submission, rng):
    """Zero, one, and next to them, with factors of 200 and of 10,000"""
    for positives, negatives in ((4, 0.02), (100, 0.01)):
        check_recalibrated(submission, [0.0, 1.0, 1e-12, 1e-9, 1.0 - 2.0**-40], positives, negatives)


@case("edge", hint="Nobody is a candidate too: its threshold is math.inf, and its cost that of all misses.")
def test_nobody_is_shown(submission, rng):
    """False alarms so dear that nobody should be shown, and no click at all"""
    y = np.array([0, 1, 0, 0, 1, 0])
    check_threshold(submission, y, np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4]), 10.0, 1.0)
    check_threshold(submission, np.zeros(5, int), rng.random(5), 1.0, 1.0)


@case("edge", hint="Everybody is the smallest value of p.")
def test_everybody_is_shown(submission, rng):
    """Misses so dear that everybody should be shown"""
    y = np.array([0, 1, 0, 1])
    check_threshold(submission, y, np.array([0.5, 0.25, 0.75, 0.125]), 1.0, 100.0)


@case("edge", hint="Of equally cheap thresholds take the largest.")
def test_equally_cheap_thresholds(submission, rng):
    """One click and one other in turn, equal costs"""
    check_threshold(submission, np.array([1, 0, 1, 0, 1, 0]), np.array([0.75, 0.625, 0.5, 0.375, 0.25, 0.125]), 1, 1)


@case("edge", hint="Infinity is the largest candidate. Count whole mistakes times whole costs: shares of costs round, and ties are lost.")
def test_nobody_is_as_cheap_as_everybody(submission, rng):
    """Scores that are all equal, and other whole costs: nobody is shown, as it is as cheap as everybody"""
    check_threshold(submission, np.array([0, 1]), np.array([0.75, 0.75]), 1, 1)
    for cost_fp, cost_fn in ((1, 2), (3, 1), (3, 7), (10, 9), (6, 11)):
        # As many false alarms as a miss costs, above as many misses as a false alarm costs.
        y = np.repeat([0, 1], [cost_fn, cost_fp])
        check_threshold(submission, y, np.linspace(0.875, 0.125, len(y)), cost_fp, cost_fn)
        check_threshold(submission, np.append(1, y), np.append(1.0, np.linspace(0.875, 0.125, len(y))), cost_fp, cost_fn)


@case("edge", hint="Take the least cost as it is: a cost that is nearly the least is not the least, and costs may be tiny.")
def test_nearly_the_least_cost(submission, rng):
    """Costs that differ by seven in a million and by seven in a hundred million, and costs of 1e-10"""
    # At 0.99 there are 150 false alarms and a miss: 150,850. At 0.5 there are 151 and none: 150,849.
    y = np.concatenate([np.zeros(150, int), np.ones(200, int), [1, 0]])
    check_threshold(submission, y, np.append(np.full(350, 0.99), [0.5, 0.5]), 999, 1000)
    # The same ten times over: 15,008,500 and 15,008,499.
    y = np.concatenate([np.zeros(1500, int), np.ones(2000, int), [1, 0]])
    check_threshold(submission, y, np.append(np.full(3500, 0.99), [0.5, 0.5]), 9999, 10_000)
    check_threshold(submission, np.array([1, 0]), np.array([0.9, 0.1]), 1e-10, 3e-10)


@case("edge", hint="Hundreds do not fit into eight bits: convert the labels, or the counts, to Python's integers or to int64.")
def test_labels_of_eight_bits(submission, rng):
    """Labels of type int8, uint8 and uint64, three hundred of each class"""
    y = datasets.class_labels(rng, 300, 300)
    draws = rng.random(600)
    # Multiples of 1/32: about twenty samples of each class at a score, and some certain ones.
    p = np.clip(np.round(8.0 * (rng.normal(size=600) + 1.5 * y) + 12.0) / 32.0, 0.0, 1.0)
    for kind in (np.int8, np.uint8, np.uint64):
        small = y.astype(kind)
        close_to(submission.balanced_weights(small), balanced_weights(y), ACCURACY, "balanced_weights(y)")
        for positives in (2, 300):
            equal_to(submission.resample(small, positives, 0.5, draws), resampled(y, positives, 0.5, draws), "resample(y)")
        for cost_fp, cost_fn in ((1, 3), (2, 1), (1, 500), (300, 2)):
            check_threshold(submission, small, p, cost_fp, cost_fn)


@case("runtime", hint="Sort once and take cumulative sums, instead of counting anew for every threshold.")
def test_a_hundred_thousand_samples(submission, rng):
    """A hundred thousand samples with different scores"""
    check_threshold(submission, *scored(rng, 100_000, 0.02, 1.0, 30.3), 1.0, 30.3)


def clause_inputs(rng):
    y, p = scored(rng, 24, 0.4, 1.0, 3.0, is_inside)
    return (np.round(p * 256) / 256, y)


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, p, y: (submission.recalibrate(p, 2, 0.25), submission.cheapest_threshold(y, p, 1.0, 3.0)),
        answers=lambda model, p, y: {
            "recalibrate(p)": array(model[0], "recalibrate(p)", shape=p.shape),
            "cheapest_threshold(y, p)": array(model[1], "cheapest_threshold(y, p)", shape=(2,)),
        },
    ),
)

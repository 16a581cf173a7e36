"""Hidden cases of the area under the ROC curve: the share of pairs in the right order, counted exactly."""

import numpy as np

from judge import datasets
from judge.agreement import close_to, number, raises
from judge.clauses import Description, common_clauses
from judge.suite import case, race
from reference.metrics import auc_by_pairs

# The statement's number. Sums of 300 float32 terms err by 1e-7 or so; the least mistake, half a pair miscounted, is
# half of 1 / (number of pairs), and no case but those of eight bits and the race has more than 10,000 pairs.
ACCURACY = 1e-6


def check(submission, y, scores):
    """Call once and compare with the count of pairs."""
    close_to(submission.roc_auc(y, scores), auc_by_pairs(y, scores), ACCURACY, "roc_auc", scale=1.0)


@case("sample", hint="Of the 6 pairs of a positive and a negative, count those in which the positive is higher.")
def test_five_samples(submission, rng):
    """Five of six pairs are in the right order"""
    check(submission, np.array([1, 0, 1, 0, 1]), np.array([0.9, 0.2, 0.5, 0.6, 0.7]))


@case("sample", hint="A positive and a negative with equal scores count as half a pair.")
def test_a_tie_counts_one_half(submission, rng):
    """Two positives, two negatives, and one tie between them"""
    check(submission, np.array([1, 0, 1, 0]), np.array([0.75, 0.5, 0.5, 0.25]))
    check(submission, np.array([0, 1, 0, 1]), np.array([0.5, 0.5, 0.25, 0.25]))


@case("agreement", sizes=(6, 30, 180), hint="Sort by score, or compare every positive with every negative.")
def test_scores_without_ties(submission, rng, size):
    """Different scores in random order"""
    y = datasets.class_labels(rng, size - size // 3, size // 3)
    check(submission, y, datasets.gaussian(rng, size, 1)[:, 0] + y)


@case("agreement", sizes=(8, 40, 150), hint="Treat the samples of one score as a group: their order is arbitrary.")
def test_ratings_with_many_ties(submission, rng, size):
    """Scores from 1 to 5, with the positives first, last and anywhere"""
    y = datasets.class_labels(rng, size - size // 2, size // 2)
    scores = datasets.tied_scores(rng, y)
    # Every score of the first positive is met by a negative too, so there is a tie at any seed.
    scores[np.flatnonzero(y == 0)[0]] = scores[np.flatnonzero(y == 1)[0]]
    for order in (np.arange(size), np.argsort(y, kind="stable"), np.argsort(-y, kind="stable")):
        check(submission, y[order], scores[order])


@case("agreement", hint="Take the thresholds from the scores themselves: they need not lie between 0 and 1.")
def test_scores_are_not_probabilities(submission, rng):
    """Scores of any sign and size"""
    y = datasets.class_labels(rng, 50, 30)
    scores = datasets.gaussian(rng, 80, 1)[:, 0] + y
    for scale, offset in ((1e4, 0.0), (1.0, -50.0), (1e-3, 0.0), (1.0, 1e3)):
        check(submission, y, scale * scores + offset)
    # Two of different labels lie so far above 178 others that no function into the numbers from 0 to 1 tells all apart.
    y, scores = datasets.class_labels(rng, 160, 20), rng.uniform(-0.5, 0.5, size=180)
    for label in (0, 1):
        scores[np.flatnonzero(y == label)[0]] = 6e4 + 3e4 * label
    check(submission, y, scores)


@case("agreement", hint="Scores tie only when they are equal. Do not round them, nor use fixed thresholds.")
def test_scores_close_together(submission, rng):
    """Scores that differ by a billionth, some equal, one far away"""

    def draw():
        y = datasets.class_labels(rng, 35, 25)
        scores = 1.0 - 1e-9 * (40 - rng.integers(0, 25, size=60) - 12 * y)
        # One score far away, so that no even grid of thresholds tells the others apart.
        scores[np.flatnonzero(y == 0)[0]] = -1000.0
        return y, scores

    y, scores = datasets.drawn_until(lambda drawn: auc_by_pairs(*drawn) > 0.6, draw)
    check(submission, y, scores)
    # The same differences beside a size of 10,000, where they are 1e-13 of it.
    far = datasets.drawn_until(lambda scores: auc_by_pairs(y, scores) > 0.6, lambda: 1e4 + 1e-9 * (rng.integers(0, 25, size=60) + 12 * y))
    check(submission, y, far)


@case("agreement", hint="Divide by the number of positives times the number of negatives.")
def test_rare_classes(submission, rng):
    """One positive among many negatives, and one negative among many positives"""
    for n_positive in (1, 3, 197, 199):
        y = datasets.class_labels(rng, 200 - n_positive, n_positive)
        check(submission, y, np.rint(8 * (datasets.gaussian(rng, 200, 1)[:, 0] + y)) / 8)


@case("agreement", hint="An area below one half is an answer like any other.")
def test_worse_than_chance(submission, rng):
    """Scores that put the negatives first"""

    def draw():
        y = datasets.class_labels(rng, 30, 20)
        return y, datasets.tied_scores(rng, 1 - y, n_levels=9)

    check(submission, *datasets.drawn_until(lambda drawn: auc_by_pairs(*drawn) < 0.45, draw))


@case("agreement", hint="The curve begins at (0, 0) and ends at (1, 1), also when an end group holds both labels.")
def test_groups_at_both_ends(submission, rng):
    """The highest and the lowest score are shared by both classes"""
    y = datasets.class_labels(rng, 22, 18)
    scores = rng.integers(2, 8, size=40).astype(float)
    for label in (0, 1):
        members = np.flatnonzero(y == label)
        scores[members[:4]], scores[members[4:9]] = 9.0, 1.0
    check(submission, y, scores)


@case(
    "property",
    hint="Turning the scores round, or exchanging the labels, turns the area into one minus it.",
    given=lambda st: {"samples": st.lists(st.tuples(st.integers(0, 1), st.integers(-4, 4)), min_size=0, max_size=12)},
)
def test_turning_round(submission, rng, samples):
    """The area of -score, and of exchanged labels"""
    y, scores = np.array([(0, 1), (1, 0), *samples]).T
    scores = scores / 4
    check(submission, y, scores)
    check(submission, y, -scores)
    check(submission, 1 - y, scores)


@case("property", hint="Only the order of the scores matters.")
def test_increasing_functions_change_nothing(submission, rng):
    """Cubes, exponentials and ranks of scores have the same area"""
    y = datasets.class_labels(rng, 36, 24)
    # Multiples of 1/8 in a small range: equal scores stay equal, different ones stay far apart.
    scores = np.rint(8 * np.clip(datasets.gaussian(rng, 60, 1)[:, 0] + y, -3, 3)) / 8
    for transformed in (scores, scores**3, np.exp(scores), np.unique(scores, return_inverse=True)[1] - 20.0):
        close_to(submission.roc_auc(y, transformed), auc_by_pairs(y, scores), ACCURACY, "roc_auc", scale=1.0)


@case("property", hint="Repeated samples make ties within a class, which do not matter, and across classes, which do.")
def test_repeating_all_samples_changes_nothing(submission, rng):
    """Every sample twice, or three times, and in any order"""
    y = datasets.class_labels(rng, 18, 12)
    scores = datasets.tied_scores(rng, y, n_levels=7)
    for times in (2, 3):
        order = rng.permutation(times * 30)
        result = submission.roc_auc(np.tile(y, times)[order], np.tile(scores, times)[order])
        close_to(result, auc_by_pairs(y, scores), ACCURACY, "roc_auc", scale=1.0)


@case("edge", hint="When all scores are equal, every pair is a tie.")
def test_equal_scores(submission, rng):
    """One score for everybody gives one half"""
    for n_samples, n_positive, score in ((2, 1, 0.0), (9, 2, 0.5), (30, 29, -3.0)):
        check(submission, datasets.class_labels(rng, n_samples - n_positive, n_positive), np.full(n_samples, score))


@case("edge")
def test_perfect_and_reversed_order(submission, rng):
    """Exactly one and exactly zero, down to two samples"""
    for n_samples, n_positive in ((2, 1), (3, 1), (40, 17)):
        y = datasets.class_labels(rng, n_samples - n_positive, n_positive)
        scores = rng.uniform(0.0, 0.4, size=n_samples) + 0.5 * y
        check(submission, y, scores)
        check(submission, y, -scores)


@case("edge", hint="Hundreds do not fit into eight bits: count in Python's integers, or convert the labels to int64.")
def test_labels_of_eight_bits(submission, rng):
    """Labels of type int8 and uint8, three hundred of each class"""
    y = datasets.class_labels(rng, 300, 300)
    scores = datasets.tied_scores(rng, y, n_levels=40)
    for kind in (np.int8, np.uint8):
        # A pair is 1 / 90,000, half of it five times the tolerance.
        close_to(submission.roc_auc(y.astype(kind), scores), auc_by_pairs(y, scores), ACCURACY, "roc_auc", scale=1.0)


@case("edge", hint="Check that both labels are there before you divide, and raise ValueError if not.")
def test_one_class_alone(submission, rng):
    """Only negatives or only positives: ValueError"""
    for label in (0, 1):
        for scores in (datasets.gaussian(rng, 6, 1)[:, 0], np.full(4, 0.5), np.array([0.3])):
            with raises(ValueError):
                submission.roc_auc(np.full(len(scores), label), scores)


def clause_inputs(rng):
    y = datasets.class_labels(rng, 24, 16)
    return y, np.rint(4 * (datasets.gaussian(rng, 40, 1)[:, 0] + y)) / 4


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, y, scores: submission.roc_auc(y, scores),
        answers=lambda area, y, scores: {"roc_auc": np.array(number(area, "roc_auc"))},
        # The numbers are the same in float32, so only sums may differ.
        float32_tolerance=1e-5,
    ),
    leave_out={"test_fortran_order_is_taken": "the inputs have one axis"},
)


def same_area(mine, rival):
    """The area of a timed run is the rival's."""
    close_to(mine, float(np.asarray(rival)), ACCURACY, "roc_auc", scale=1.0)


@race(limit=60.0, agree=same_area, hint="Sort once, and give each group of equal scores its mean rank.")
def test_time_on_twenty_thousand_samples(contender, rng):
    """2000 positives, 18000 negatives, some 1500 different scores"""
    y = datasets.class_labels(rng, 18_000, 2000)
    return contender.roc_auc(y, datasets.dyadic(datasets.gaussian(rng, 20_000, 1)[:, 0] + y, bits=8))

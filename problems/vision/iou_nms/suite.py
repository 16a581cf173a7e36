"""Hidden cases of IoU and suppression: areas are exact, so overlaps and kept boxes are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, as_many, close_to, equal_to
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.detection import iou, nms

# The statement's number. Areas are exact and the quotient is right to 1e-16; a denominator with 1e-6 added is off by 0.1
# where boxes are small.
ACCURACY = 1e-9
# No overlap is this near to a threshold, so that rounding does not decide, unless both are exact.
MARGIN = 1e-6
EXACT = (0.0, 0.25, 0.5, 0.75, 1.0)


def crowd(rng, n_boxes, n_objects, *, size=40.0, bits=10):
    """Return boxes shaken around a few objects, on both sides of zero."""
    centres = rng.uniform(-150.0, 150.0, size=(n_objects, 2))[rng.integers(0, n_objects, size=n_boxes)]
    centres = centres + size * 0.15 * rng.normal(size=(n_boxes, 2))
    sides = size * rng.uniform(0.7, 1.3, size=(n_boxes, 2))
    return datasets.dyadic(np.hstack([centres - sides / 2, centres + sides / 2]), bits=bits)


def is_clear(boxes, threshold):
    """Tell whether no overlap is nearly the threshold."""
    return bool(np.abs(iou(boxes, boxes) - threshold).min() > MARGIN)


def check_iou(submission, boxes, others):
    """Compare all overlaps."""
    close_to(submission.iou(boxes, others), iou(boxes, others), ACCURACY, "iou(boxes, others)", scale=1.0)


def check_nms(submission, boxes, scores, threshold, labels=None):
    """Compare the boxes that are kept, and return them."""
    right = nms(boxes, scores, threshold, labels)
    answer = submission.nms(boxes, scores, threshold) if labels is None else submission.nms(boxes, scores, threshold, labels)
    given = array(answer, "nms(boxes, …)", kind="int")
    as_many(given.size, len(right), "the number of boxes kept")
    equal_to(answer, right, "nms(boxes, …)")
    return right


def draw_crowd(rng, n_boxes, n_objects, threshold, *, is_good=lambda boxes, scores: True):
    """Draw boxes and scores that all differ, with no overlap near the threshold."""

    def draw():
        return crowd(rng, n_boxes, n_objects), rng.permutation(n_boxes) / n_boxes

    return datasets.drawn_until(lambda drawn: is_clear(drawn[0], threshold) and is_good(*drawn), draw)


@case("sample", hint="The shared part is 1 wide and 2 high; the union is 6 + 4 - 2.")
def test_three_pairs_by_hand(submission, rng):
    """A box that overlaps, one that lies inside, one far away"""
    boxes = np.array([[0.0, 0.0, 3.0, 2.0]])
    others = np.array([[2.0, 0.0, 4.0, 2.0], [0.0, 0.0, 1.0, 1.0], [9.0, 9.0, 10.0, 10.0]])
    close_to(submission.iou(boxes, others), [[0.25, 1 / 6, 0.0]], ACCURACY, "iou(boxes, others)")


@case("sample", hint="Box 2 is best and drops box 0, with which it shares 8 of 12. Box 1 is alone.")
def test_suppression_by_hand(submission, rng):
    """Three boxes, two of which overlap by two thirds"""
    boxes = np.array([[0.0, 0.0, 10.0, 1.0], [20.0, 0.0, 30.0, 1.0], [2.0, 0.0, 12.0, 1.0]])
    equal_to(submission.nms(boxes, np.array([0.8, 0.3, 0.9]), 0.6), [2, 1], "nms(boxes, …)")
    equal_to(submission.nms(boxes, np.array([0.8, 0.3, 0.9]), 0.7), [2, 0, 1], "nms(boxes, …) at 0.7")


@case("sample", hint="Box 1 is dropped by box 0, and therefore cannot drop box 2.")
def test_a_dropped_box_suppresses_nobody(submission, rng):
    """A chain: the first overlaps the second, the second the third"""
    boxes = np.array([[0.0, 0.0, 10.0, 1.0], [4.0, 0.0, 14.0, 1.0], [8.0, 0.0, 18.0, 1.0]])
    equal_to(submission.nms(boxes, np.array([0.9, 0.8, 0.7]), 0.4), [0, 2], "nms(boxes, …)")


@case("agreement", sizes=(2, 6, 40), hint="Corners, not widths; the union counts the shared part once.")
def test_overlaps_of_random_boxes(submission, rng, size):
    """Boxes around a few places, two sets of different size"""
    check_iou(submission, crowd(rng, size, 2), crowd(rng, size + 3, 2))


@case("agreement", hint="Cut each side off at zero before you multiply: two negative sides have a positive product.")
def test_boxes_that_lie_apart(submission, rng):
    """Boxes that are apart in one direction, in the other, or in both"""
    box = crowd(rng, 1, 1)
    steps = np.array([(dx, dy) for dx in (-60.0, 0.0, 60.0) for dy in (-60.0, 0.0, 60.0)])
    check_iou(submission, box, box + np.hstack([steps, steps]))


@case("agreement", hint="No +1, and nothing added to the denominator: boxes are not pixels.")
def test_small_boxes(submission, rng):
    """Boxes with sides of a few 1/1024"""
    low = rng.integers(0, 6, size=(8, 2))
    boxes = np.hstack([low, low + rng.integers(1, 7, size=(8, 2))]) / 1024.0
    check_iou(submission, boxes, boxes[::-1].copy())


@case("agreement", sizes=(5, 20, 100, 300), hint="Sort by score, keep the best one left, drop what overlaps it, go on.")
def test_suppression_in_a_crowd(submission, rng, size):
    """Boxes around a few objects"""
    threshold = 0.45

    def is_good(boxes, scores):
        return size < 20 or len(set(map(len, (nms(boxes, scores, t) for t in (0.3, threshold, 0.6))))) == 3

    check_nms(submission, *draw_crowd(rng, size, max(2, size // 12), threshold, is_good=is_good), threshold)


@case("agreement", hint="Only boxes that are kept suppress others.")
def test_chains(submission, rng):
    """Rows of boxes that each overlap their neighbours by 3/7, in random order of scores"""
    left = np.repeat(np.arange(12.0) * 4.0, 2)
    top = np.tile([0.0, -50.0], 12)
    boxes = np.column_stack([left, top, left + 10.0, top + 5.0])
    check_nms(submission, boxes, rng.permutation(24) / 24, 0.4)
    check_nms(submission, boxes, -np.arange(24.0), 0.4)


@case("agreement", hint="Compare with every box that was kept, however long ago.")
def test_many_boxes_are_kept(submission, rng):
    """256 boxes apart from one another, and then 44 that lie on some of them"""
    corner = np.stack(np.meshgrid(np.arange(16.0), np.arange(16.0)), axis=2).reshape(256, 2) * 8.0 - 64.0
    boxes = np.hstack([corner, corner + 6.0])
    # On the first kept, on the last kept, and on some between.
    again = np.concatenate([[0, 255], rng.choice(np.arange(1, 255), size=42, replace=False)])
    check_nms(submission, np.vstack([boxes, boxes[again] + 1.0]), -np.arange(300.0), 0.4)


@case("agreement", hint="Compare labels as well; an offset for each class must be larger than the range of all coordinates.")
def test_labels(submission, rng):
    """Four classes around the same objects, on both sides of zero"""
    boxes, scores = draw_crowd(rng, 80, 4, 0.3)
    labels = rng.integers(0, 4, size=80) * 3 + 1
    check_nms(submission, boxes, scores, 0.3, labels)
    check_nms(submission, boxes, scores, 0.3, 100_000 * (labels - 4))
    # Moved by 1 + the largest coordinate, the second box would lie on the first.
    box = np.array([100.0, 100.0, 110.0, 110.0])
    check_nms(submission, np.array([box, box - 111.0]), np.array([0.9, 0.8]), 0.3, np.array([0, 1]))
    # So it would here, moved by half the range of coordinates or by all but a box of it.
    for far in (2000.0, 3990.0):
        ends = np.array([far, 0.0])[:, None] + [-2000.0, -2000.0, -1990.0, -1990.0]
        for labels in ([0, 1], [1, 0]):
            check_nms(submission, ends, np.array([0.9, 0.8]), 0.3, np.array(labels))


@case("agreement", hint="Scores only give the order. They may be negative, and none is too low to be kept.")
def test_scores_of_any_size(submission, rng):
    """Logits instead of probabilities, all different"""
    boxes, scores = draw_crowd(rng, 40, 5, 0.5)
    check_nms(submission, boxes, 20.0 * scores - 15.0, 0.5)
    check_nms(submission, boxes, 1e-3 * scores, 0.5)


@case("property", hint="IoU is the same both ways round, 1 for equal boxes, and does not depend on where or how large they are.")
def test_symmetries_of_iou(submission, rng):
    """Boxes exchanged, moved, magnified and turned by a quarter"""
    boxes, others = crowd(rng, 9, 2, bits=4), crowd(rng, 7, 2, bits=4)
    right = iou(boxes, others)
    close_to(submission.iou(others, boxes), right.T, ACCURACY, "iou(others, boxes)", scale=1.0)
    close_to(submission.iou(4.0 * boxes - 512.0, 4.0 * others - 512.0), right, ACCURACY, "iou of magnified boxes", scale=1.0)
    close_to(submission.iou(boxes[:, [1, 0, 3, 2]], others[:, [1, 0, 3, 2]]), right, ACCURACY, "iou of x and y exchanged", scale=1.0)
    close_to(np.diag(array(submission.iou(boxes, boxes), "iou(boxes, boxes)", shape=(9, 9))), np.ones(9), ACCURACY, "iou of a box with itself")


@case("property", hint="The order in which boxes are given matters for equal scores only.")
def test_the_order_of_the_boxes_does_not_matter(submission, rng):
    """The same boxes in another order: the same ones are kept"""
    boxes, scores = draw_crowd(rng, 40, 5, 0.4)
    kept = check_nms(submission, boxes, scores, 0.4)
    order = rng.permutation(40)
    equal_to(submission.nms(boxes[order], scores[order], 0.4), np.argsort(order)[kept], "nms of the boxes in another order")


@case(
    "property",
    given=lambda st: {
        "corners": st.lists(st.tuples(*[st.integers(0, 4)] * 2, *[st.integers(1, 4)] * 2, st.integers(0, 3)), min_size=1, max_size=7),
        "threshold": st.sampled_from(EXACT),
    },
    examples=20,
    hint="Greater than the threshold is dropped, equal to it is kept; of equal scores the lower index is first.",
)
def test_small_whole_boxes(submission, rng, corners, threshold):
    """Boxes on a grid, with equal scores and overlaps that may equal the threshold"""
    rows = np.array(corners, dtype=float)
    boxes = np.column_stack([rows[:, :2], rows[:, :2] + rows[:, 2:4]])
    check_iou(submission, boxes, boxes)
    check_nms(submission, boxes, rows[:, 4], threshold)


@case("edge", hint="An overlap that equals the threshold is not greater than it.")
def test_overlap_equal_to_the_threshold(submission, rng):
    """IoU of exactly 1/2, 1/4, 0 and 1, at that threshold"""
    box = [0.0, 0.0, 4.0, 4.0]
    for other, threshold in (([0.0, 0.0, 4.0, 2.0], 0.5), ([1.0, 1.0, 3.0, 3.0], 0.25), ([4.0, 0.0, 8.0, 4.0], 0.0), (box, 1.0)):
        check_nms(submission, np.array([box, other]), np.array([0.5, 0.75]), threshold)


@case("edge", hint="Sort stably by minus the score, all labels at once; reversing an ascending sort turns equal scores round.")
def test_equal_scores(submission, rng):
    """Many boxes with few different scores, and all scores equal, without labels and with four"""
    boxes, scores = draw_crowd(rng, 60, 5, 0.35)
    check_nms(submission, boxes, np.floor(4 * scores), 0.35)
    check_nms(submission, boxes, np.zeros(60), 0.35)
    # Two boxes apart, the first of which has the larger label.
    check_nms(submission, np.array([[0.0, 0.0, 1.0, 1.0], [9.0, 9.0, 10.0, 10.0]]), np.zeros(2), 0.35, np.array([1, 0]))
    check_nms(submission, boxes, np.floor(4 * scores), 0.35, rng.permutation(60) % 4)


@case("edge", hint="0/0 is 0 here.")
def test_boxes_without_area(submission, rng):
    """Points and lines, equal ones too"""
    boxes = np.array([[1.0, 1.0, 1.0, 1.0], [1.0, 1.0, 1.0, 1.0], [0.0, 2.0, 5.0, 2.0], [0.0, 0.0, 5.0, 5.0]])
    check_iou(submission, boxes, boxes)
    check_nms(submission, boxes, np.array([0.1, 0.2, 0.3, 0.4]), 0.5)


@case("edge", hint="Loop over what is there; with no boxes nothing is kept.")
def test_no_box_and_one(submission, rng):
    """No boxes at all, and a single one"""
    for labels in (None, np.zeros(0, dtype=np.int64)):
        check_nms(submission, np.zeros((0, 4)), np.zeros(0), 0.5, labels)
    check_nms(submission, crowd(rng, 1, 1), np.array([-3.0]), 0.5)
    check_nms(submission, crowd(rng, 1, 1), np.array([-3.0]), 0.5, np.array([7]))


@case("edge", hint="Nothing is added to the union, nor is it kept above a number: the least box has an area of 1e-6.")
def test_the_smallest_boxes(submission, rng):
    """Boxes of 1/1024 on a side: the overlap with themselves and with their neighbours, and which of two is kept"""
    unit = 1.0 / 1024.0
    box = np.array([[0.0, 0.0, unit, unit]]) + unit * float(rng.integers(0, 9))
    check_iou(submission, box, np.vstack([box, box + [unit, 0.0, unit, 0.0], box + [0.0, 0.0, unit, 0.0]]))
    check_nms(submission, np.tile(box, (2, 1)), np.array([0.5, 0.4]), 0.5)


@case("edge", hint="Convert to float64 first. An overlap that equals the threshold suppresses nothing.")
def test_exact_thresholds_in_single_precision(submission, rng):
    """Large boxes whose overlap is exactly 1/2, in float64 and in float32, and scores that differ by a billionth"""
    whole = np.array([-98414.0, -98414.0, 1151284.0, 1429078.0])
    boxes, scores = np.array([whole, whole]) / 1024.0, np.array([0.75, 0.5])
    boxes[1, 2] = 526435.0 / 1024.0
    check_nms(submission, boxes, scores, 0.5)
    single = submission.nms(datasets.float32(boxes), datasets.float32(scores), 0.5)
    equal_to(single, nms(boxes, scores, 0.5), "nms(boxes, …) in float32")
    check_nms(submission, np.tile([[0.0, 0.0, 10.0, 1.0]], (2, 1)), np.array([0.5, 0.5 + 1e-9]), 0.5)


@case("edge", hint="Compare overlap and threshold as they are, without a tolerance.")
def test_overlaps_beside_the_threshold(submission, rng):
    """Overlaps two millionths above and below the threshold"""
    for low in (2.0, -2.0):
        boxes = np.array([[0.0, 0.0, 1000.0, 1000.0], [0.0, 0.0, 1000.0, 500.0 + low / 1024.0]])
        check_nms(submission, boxes, np.array([0.9, 0.8]), 0.5)


def clause_inputs(rng):
    def draw():
        return crowd(rng, 24, 3, bits=2), rng.permutation(24) / 32

    return datasets.drawn_until(lambda drawn: np.abs(iou(drawn[0], drawn[0]) - 0.5).min() > 1e-4, draw)


def clause_answers(pair, boxes, scores):
    return {
        "iou(boxes, boxes)": array(pair[0], "iou(boxes, boxes)", shape=(24, 24)),
        "nms(boxes, …)": array(pair[1], "nms(boxes, …)", shape=nms(boxes, scores, 0.5).shape, kind="int"),
    }


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, boxes, scores: (submission.iou(boxes, boxes), submission.nms(boxes, scores, 0.5)),
        answers=clause_answers,
        # The statement's number, for any floats. Areas are exact in float32 too, and quotients there are off by 3e-8.
        float32_tolerance=ACCURACY,
    )
)

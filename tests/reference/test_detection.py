"""Overlaps against counted cells, suppression against its definition."""

import functools
import itertools

import numpy as np
import pytest

from reference.detection import iou, nms


def draw(seed, n_boxes):
    rng = np.random.default_rng(seed)
    low = rng.integers(0, 8, size=(n_boxes, 2))
    boxes = np.hstack([low, low + rng.integers(0, 6, size=(n_boxes, 2))]).astype(float)
    return boxes, rng.integers(0, 5, size=n_boxes).astype(float), rng.integers(0, 2, size=n_boxes)


def cells(box):
    x1, y1, x2, y2 = box.astype(int)
    return {(x, y) for x in range(x1, x2) for y in range(y1, y2)}


def test_overlaps_are_those_of_counted_cells():
    """On a grid, areas are numbers of cells."""
    boxes, _, _ = draw(0, 20)
    for i, j in np.ndindex(20, 20):
        a, b = cells(boxes[i]), cells(boxes[j])
        expected = len(a & b) / len(a | b) if a | b else 0.0
        assert iou(boxes[i : i + 1], boxes[j : j + 1])[0, 0] == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("threshold", [0.0, 0.25, 0.5])
def test_a_box_is_kept_unless_a_better_kept_one_overlaps_it(seed, threshold):
    """The recursive definition, one pair at a time."""
    boxes, scores, labels = draw(seed, 15)

    def is_better(j, i):
        return (scores[j], -j) > (scores[i], -i)

    @functools.cache
    def is_kept(i):
        rivals = [j for j in range(15) if is_better(j, i) and labels[j] == labels[i]]
        return not any(is_kept(j) for j in rivals if iou(boxes[j : j + 1], boxes[i : i + 1])[0, 0] > threshold)

    kept = nms(boxes, scores, threshold, labels)
    assert set(kept.tolist()) == {i for i in range(15) if is_kept(i)}
    assert all(is_better(a, b) for a, b in itertools.pairwise(kept))


def test_no_boxes():
    """Nothing is kept of nothing."""
    assert nms(np.zeros((0, 4)), np.zeros(0), 0.5).shape == (0,)

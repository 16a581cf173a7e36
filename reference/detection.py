"""Boxes in the plane: overlaps, and which of many boxes to keep."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def iou(boxes: Floats, others: Floats) -> Floats:
    """Return intersection over union of every pair, shape (n_boxes, n_others); 0 for two boxes without area.

    Source: Everingham et al., "The Pascal Visual Object Classes challenge" (2010), section 4.2.

    Parameters
    ----------
    boxes : ndarray of shape (n_boxes, 4)
        Rows (x1, y1, x2, y2) with x1 <= x2 and y1 <= y2.
    others : ndarray of shape (n_others, 4)
    """
    low = np.maximum(boxes[:, None, :2], others[:, :2])
    high = np.minimum(boxes[:, None, 2:], others[:, 2:])
    shared = np.maximum(high - low, 0.0).prod(axis=2)
    union = _areas(boxes)[:, None] + _areas(others) - shared
    return np.asarray(shared / np.where(union > 0, union, 1.0))


def _areas(boxes: Floats) -> Floats:
    return np.asarray((boxes[:, 2:] - boxes[:, :2]).prod(axis=1))


def nms(boxes: Floats, scores: Floats, threshold: float, labels: Integers | None = None) -> Integers:
    """Return the boxes that greedy non-maximum suppression keeps, by index, best first.

    Of equal scores the lower index is first. A box is dropped when its overlap
    with a kept one of the same label is greater than `threshold`.

    Source: Felzenszwalb et al., "Object detection with discriminatively trained part-based models" (2010), section 7.2.

    Parameters
    ----------
    boxes : ndarray of shape (n_boxes, 4)
    scores : ndarray of shape (n_boxes,)
    threshold : float
    labels : ndarray of int, shape (n_boxes,), optional
        All the same by default.
    """
    kinds = np.zeros(len(boxes), dtype=np.int64) if labels is None else labels
    suppresses = (iou(boxes, boxes) > threshold) & (kinds[:, None] == kinds)
    kept: list[int] = []
    for index in np.argsort(-scores, kind="stable").tolist():
        if not suppresses[kept, index].any():
            kept.append(index)
    return np.array(kept, dtype=np.int64)

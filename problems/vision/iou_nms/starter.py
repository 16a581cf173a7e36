"""Intersection over union and non-maximum suppression. Fill in the two functions."""

import numpy as np


def iou(boxes, others):
    """Return the intersection over union of every pair, shape (n_boxes, n_others).

    Boxes are rows (x1, y1, x2, y2).
    """
    return np.zeros((len(boxes), len(others)))


def nms(boxes, scores, threshold, labels=None):
    """Return the indices of the boxes that are kept, best first.

    A box is dropped when its overlap with a better one that is kept, and has the same label, is greater than `threshold`.
    """
    return np.arange(len(boxes))

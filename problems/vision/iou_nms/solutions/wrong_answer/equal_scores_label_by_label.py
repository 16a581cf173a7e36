"""Suppresses label by label and sorts what is kept by score alone, so that equal scores come in the order of labels."""

import numpy as np


def iou(boxes, others):
    boxes, others = np.asarray(boxes, dtype=float), np.asarray(others, dtype=float)
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    shared = np.clip(high - low, 0.0, None).prod(axis=2)
    area = (boxes[:, 2:] - boxes[:, :2]).prod(axis=1)
    other_area = (others[:, 2:] - others[:, :2]).prod(axis=1)
    union = area[:, None] + other_area[None, :] - shared
    return np.where(union > 0, shared / np.where(union > 0, union, 1.0), 0.0)


def _single(boxes, scores, threshold):
    order = np.argsort(-scores, kind="stable")
    keep = []
    while order.size:
        i = order[0]
        keep.append(i)
        rest = order[1:]
        order = rest[iou(boxes[i : i + 1], boxes[rest])[0] <= threshold]
    return np.array(keep, dtype=int)


def nms(boxes, scores, threshold, labels=None):
    boxes, scores = np.asarray(boxes, dtype=float), np.asarray(scores, dtype=float)
    if labels is None:
        return _single(boxes, scores, threshold)
    labels = np.asarray(labels)
    keep = []
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        keep.extend(members[_single(boxes[members], scores[members], threshold)])
    keep = np.array(keep, dtype=int)
    return keep[np.argsort(-scores[keep], kind="stable")]

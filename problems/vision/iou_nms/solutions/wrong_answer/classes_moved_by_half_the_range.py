"""Moves each class by its label times 2000, which is half of the range that coordinates may have: classes meet again."""

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


def nms(boxes, scores, threshold, labels=None):
    boxes, scores = np.asarray(boxes, dtype=float), np.asarray(scores, dtype=float)
    labels = np.zeros(len(boxes)) if labels is None else np.asarray(labels)
    boxes = boxes + (labels * 2000.0)[:, None]
    overlap = iou(boxes, boxes)
    left = np.ones(len(boxes), dtype=bool)
    kept = []
    for i in np.argsort(-scores, kind="stable"):
        if left[i]:
            kept.append(i)
            left &= ~((overlap[i] > threshold))
    return np.array(kept, dtype=int)

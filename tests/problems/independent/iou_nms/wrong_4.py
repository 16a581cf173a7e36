"""Keeps float32 boxes in float32: '`iou` to 1e-9'; boxes are floats."""
import numpy as np


def iou(boxes, others):
    a = np.asarray(boxes)
    b = np.asarray(others)
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    inter = np.prod(np.clip(high - low, 0, None), axis=2)
    area_a = (a[:, 2] - a[:, 0]) * (a[:, 3] - a[:, 1])
    area_b = (b[:, 2] - b[:, 0]) * (b[:, 3] - b[:, 1])
    union = area_a[:, None] + area_b[None, :] - inter
    return np.where(union > 0, inter / np.where(union > 0, union, 1), 0.0)


def nms(boxes, scores, threshold, labels=None):
    boxes = np.asarray(boxes)
    scores = np.asarray(scores, dtype=float)
    order = np.argsort(-scores, kind="stable")
    if len(boxes) == 0:
        return np.zeros(0, dtype=int)
    labels = np.zeros(len(boxes), dtype=int) if labels is None else np.asarray(labels)
    over = (iou(boxes, boxes) > threshold) & (labels[:, None] == labels[None, :])
    kept = []
    for i in order:
        if not over[i, kept].any():
            kept.append(int(i))
    return np.array(kept, dtype=int)

"""Boxes and scores are put into one array of float32, in which near scores are equal."""

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
    dets = np.column_stack([boxes, scores]).astype(np.float32)
    labels = np.zeros(len(dets), dtype=int) if labels is None else np.asarray(labels)
    x1, y1, x2, y2, scores = dets.T
    areas = (x2 - x1) * (y2 - y1)
    order = np.argsort(-scores, kind="stable")
    keep = []
    while order.size > 0:
        i, rest = order[0], order[1:]
        keep.append(int(i))
        w = np.maximum(0.0, np.minimum(x2[i], x2[rest]) - np.maximum(x1[i], x1[rest]))
        h = np.maximum(0.0, np.minimum(y2[i], y2[rest]) - np.maximum(y1[i], y1[rest]))
        inter = w * h
        union = areas[i] + areas[rest] - inter
        ovr = np.where(union > 0, inter / np.where(union > 0, union, 1), 0)
        order = rest[(ovr <= threshold) | (labels[rest] != labels[i])]
    return np.array(keep, dtype=int)

"""Drops a box whose overlap equals the threshold."""
import numpy as np


def iou(boxes, others):
    a = np.asarray(boxes, dtype=float)[:, None, :]
    b = np.asarray(others, dtype=float)[None, :, :]
    w = np.minimum(a[..., 2], b[..., 2]) - np.maximum(a[..., 0], b[..., 0])
    h = np.minimum(a[..., 3], b[..., 3]) - np.maximum(a[..., 1], b[..., 1])
    inter = np.clip(w, 0, None) * np.clip(h, 0, None)
    area = lambda c: (c[..., 2] - c[..., 0]) * (c[..., 3] - c[..., 1])
    union = area(a) + area(b) - inter
    return np.divide(inter, union, out=np.zeros_like(inter), where=union > 0)


def nms(boxes, scores, threshold, labels=None):
    n = len(boxes)
    if n == 0:
        return np.zeros(0, dtype=int)
    overlap = iou(boxes, boxes)
    labels = np.zeros(n, dtype=int) if labels is None else np.asarray(labels)
    suppress = (overlap >= threshold) & (labels[:, None] == labels[None, :])
    kept = []
    for i in np.argsort(-np.asarray(scores, dtype=float), kind="stable"):
        if not suppress[i, kept].any():
            kept.append(int(i))
    return np.array(kept, dtype=int)

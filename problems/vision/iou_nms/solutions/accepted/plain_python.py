"""Loops over pairs; each box is compared with those that are kept. Answers are lists."""


def area(box):
    return float(box[2] - box[0]) * float(box[3] - box[1])


def overlap(a, b):
    width = float(min(a[2], b[2])) - float(max(a[0], b[0]))
    height = float(min(a[3], b[3])) - float(max(a[1], b[1]))
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / (area(a) + area(b) - shared)


def iou(boxes, others):
    return [[overlap(a, b) for b in others] for a in boxes]


def nms(boxes, scores, threshold, labels=None):
    kept = []
    for i in sorted(range(len(boxes)), key=lambda i: (-scores[i], i)):
        rivals = [j for j in kept if labels is None or labels[j] == labels[i]]
        if all(overlap(boxes[i], boxes[j]) <= threshold for j in rivals):
            kept.append(i)
    return kept

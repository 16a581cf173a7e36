"""A Python loop over all pairs: right, and too slow for thousands of samples."""


def roc_auc(y_true, y_score):
    positive = y_score[y_true == 1].tolist()
    negative = y_score[y_true == 0].tolist()
    if not positive or not negative:
        raise ValueError("both classes are needed")
    total = 0.0
    for mine in positive:
        for other in negative:
            if mine > other:
                total += 1.0
            elif mine == other:
                total += 0.5
    return total / (len(positive) * len(negative))

"""Plain Python: three counters."""

from collections import Counter
from types import SimpleNamespace


def classification_report(y_true, y_pred, labels=None, zero_division=0.0):
    truth, guess = [int(c) for c in y_true], [int(c) for c in y_pred]
    hit = Counter(t for t, g in zip(truth, guess) if t == g)
    said, there = Counter(guess), Counter(truth)
    order = sorted(said | there) if labels is None else [int(c) for c in labels]
    rows = [_scores(SimpleNamespace(hit=hit[c], said=said[c], there=there[c]), zero_division) for c in order]
    support = [there[c] for c in order]
    total = SimpleNamespace(hit=sum(hit[c] for c in order), said=sum(said[c] for c in order), there=sum(support))
    precision, recall, f1 = (list(column) for column in zip(*rows))
    return {
        "labels": order,
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "support": support,
        "accuracy": sum(hit.values()) / len(truth),
        "micro": _scores(total, zero_division),
        "macro": tuple(sum(column) / len(order) for column in (precision, recall, f1)),
        "weighted": tuple(
            sum(s * n for s, n in zip(column, support)) / total.there for column in (precision, recall, f1)
        ),
    }


def _scores(count, otherwise):
    precision = count.hit / count.said if count.said else otherwise
    recall = count.hit / count.there if count.there else otherwise
    if count.said + count.there == 0:
        return precision, recall, otherwise
    if count.hit == 0:
        return precision, recall, 0.0
    return precision, recall, 2 / (1 / precision + 1 / recall)

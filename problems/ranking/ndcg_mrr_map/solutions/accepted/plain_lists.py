"""Dictionaries and lists: documents are collected by query, sorted, and walked through."""

import math


def lists(relevance, scores, query):
    collected = {}
    for rel, score, q in zip(relevance, scores, query):
        collected.setdefault(int(q), []).append((float(score), int(rel)))
    for documents in collected.values():
        yield [rel for _, rel in sorted(documents, key=lambda document: -document[0])]


def mean(values):
    return math.fsum(values) / len(values)


def ndcg(relevance, scores, query, k=None):
    def dcg(grades):
        return math.fsum((2**rel - 1) / math.log(rank + 1) for rank, rel in enumerate(grades[:k], start=1))

    return mean([dcg(found) / (dcg(sorted(found, reverse=True)) or 1.0) for found in lists(relevance, scores, query)])


def mrr(relevance, scores, query, k=None):
    def reciprocal(grades):
        return next((1 / rank for rank, rel in enumerate(grades[:k], start=1) if rel > 0), 0.0)

    return mean([reciprocal(found) for found in lists(relevance, scores, query)])


def mean_average_precision(relevance, scores, query, k=None):
    def precision(grades):
        hits, total = 0, 0.0
        for rank, rel in enumerate(grades[:k], start=1):
            if rel > 0:
                hits += 1
                total += hits / rank
        return total / max(sum(rel > 0 for rel in grades), 1)

    return mean([precision(found) for found in lists(relevance, scores, query)])

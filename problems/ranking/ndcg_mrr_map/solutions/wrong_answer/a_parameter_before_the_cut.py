"""The least relevance that counts comes before k, which is another interface."""

import numpy as np


def ranked(relevance, scores, query):
    relevance, scores, query = np.asarray(relevance), np.asarray(scores, dtype=float), np.asarray(query)
    for q in np.unique(query):
        mine = np.flatnonzero(query == q)
        yield relevance[mine[np.argsort(-scores[mine], kind="stable")]]


def gain(relevance):
    return ((2.0**relevance - 1.0) / np.log2(np.arange(len(relevance)) + 2.0)).sum()


def ndcg(relevance, scores, query, least=1, k=None):
    values = []
    for rel in ranked(relevance, scores, query):
        best = gain(np.sort(rel)[::-1][:k])
        values.append(gain(rel[:k]) / best if best > 0 else 0.0)
    return np.mean(values)


def mrr(relevance, scores, query, least=1, k=None):
    values = []
    for rel in ranked(relevance, scores, query):
        hits = np.flatnonzero(rel[:k] > 0)
        values.append(1.0 / (hits[0] + 1) if len(hits) else 0.0)
    return np.mean(values)


def mean_average_precision(relevance, scores, query, least=1, k=None):
    values = []
    for rel in ranked(relevance, scores, query):
        is_hit = rel[:k] > 0
        precision = np.cumsum(is_hit) / np.arange(1, len(is_hit) + 1)
        values.append(precision[is_hit].sum() / max((rel > 0).sum(), 1))
    return np.mean(values)

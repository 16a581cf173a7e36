"""Average precision is divided by min(R, K)."""
import numpy as np


def _ranked(relevance, scores, query):
    relevance, scores, query = np.asarray(relevance), np.asarray(scores, dtype=float), np.asarray(query)
    for q in np.unique(query):
        rows = np.flatnonzero(query == q)
        order = np.argsort(-scores[rows], kind="stable")
        yield relevance[rows][order]


def ndcg(relevance, scores, query, k=None):
    def dcg(rel):
        rel = rel[:k].astype(float)
        return np.sum((2.0 ** rel - 1) / np.log2(np.arange(2, len(rel) + 2)))

    out = []
    for rel in _ranked(relevance, scores, query):
        best = dcg(np.sort(rel)[::-1])
        out.append(dcg(rel) / best if best > 0 else 0.0)
    return float(np.mean(out))


def mrr(relevance, scores, query, k=None):
    out = []
    for rel in _ranked(relevance, scores, query):
        hits = np.flatnonzero(rel[:k] > 0)
        out.append(1.0 / (hits[0] + 1) if len(hits) else 0.0)
    return float(np.mean(out))


def mean_average_precision(relevance, scores, query, k=None):
    out = []
    for rel in _ranked(relevance, scores, query):
        R = min(np.sum(rel > 0), len(rel[:k]))
        ranks = np.flatnonzero(rel[:k] > 0) + 1
        out.append(np.sum(np.arange(1, len(ranks) + 1) / ranks) / R if R else 0.0)
    return float(np.mean(out))

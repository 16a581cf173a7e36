"""k counts only if isinstance(k, int): a NumPy integer is taken for None. Breaks: '`k` is None or an integer of at least 1'."""
import numpy as np


def _rankings(relevance, scores, query):
    relevance = np.asarray(relevance).astype(float)
    scores = np.asarray(scores, dtype=float)
    query = np.asarray(query)
    for q in np.unique(query):
        rows = np.flatnonzero(query == q)
        yield relevance[rows[np.argsort(-scores[rows], kind="stable")]]


def _cut(m, k):
    return min(k, m) if isinstance(k, int) else m


def _dcg(rel):
    return ((2 ** rel - 1) / np.log2(np.arange(len(rel)) + 2)).sum()


def ndcg(relevance, scores, query, k=None):
    values = []
    for rel in _rankings(relevance, scores, query):
        K = _cut(len(rel), k)
        best = _dcg(np.sort(rel)[::-1][:K])
        values.append(_dcg(rel[:K]) / best if best > 0 else 0.0)
    return float(np.mean(values))


def mrr(relevance, scores, query, k=None):
    values = []
    for rel in _rankings(relevance, scores, query):
        hits = np.flatnonzero(rel[:_cut(len(rel), k)] > 0)
        values.append(1 / (hits[0] + 1) if len(hits) else 0.0)
    return float(np.mean(values))


def mean_average_precision(relevance, scores, query, k=None):
    values = []
    for rel in _rankings(relevance, scores, query):
        hit = rel > 0
        K = _cut(len(rel), k)
        precision = np.cumsum(hit) / np.arange(1, len(rel) + 1)
        values.append((precision * hit)[:K].sum() / hit.sum() if hit.any() else 0.0)
    return float(np.mean(values))

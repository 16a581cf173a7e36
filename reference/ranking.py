"""Metrics of rankings, query by query."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def _rankings(relevance: Integers, scores: Floats, query: Integers) -> Iterator[Integers]:
    """Yield the relevances of each query in the order of its ranking; equal scores keep their order."""
    order = np.lexsort((np.arange(len(query)), -scores, query))
    _, starts = np.unique(query[order], return_index=True)
    yield from np.split(relevance[order], starts[1:])


def ndcg(relevance: Integers, scores: Floats, query: Integers, k: int | None = None) -> float:
    """Return the mean normalised discounted cumulative gain at k, with gains 2**relevance - 1.

    A query without a relevant document counts 0.

    Source: Burges et al., "Learning to rank using gradient descent" (2005), after Järvelin and Kekäläinen (2002).

    Parameters
    ----------
    relevance : ndarray of int, shape (n_documents,)
    scores : ndarray of shape (n_documents,)
    query : ndarray of int, shape (n_documents,)
    k : int, optional
        How many ranks count, of the best order too; all by default.
    """
    values = []
    for found in _rankings(relevance, scores, query):
        best = _dcg(np.sort(found)[::-1], k)
        values.append(_dcg(found, k) / best if best else 0.0)
    return float(np.mean(values))


def _dcg(relevance: Integers, k: int | None) -> float:
    gains = np.exp2(relevance[:k]) - 1.0
    return float((gains / np.log2(np.arange(2, len(gains) + 2))).sum())


def mrr(relevance: Integers, scores: Floats, query: Integers, k: int | None = None) -> float:
    """Return the mean of 1 / rank of the first document of positive relevance, 0 when none is among the first k.

    Source: Voorhees, "The TREC-8 question answering track report" (1999). Parameters are those of `ndcg`.
    """
    values = []
    for found in _rankings(relevance, scores, query):
        is_relevant = found[:k] > 0
        values.append(1.0 / (int(is_relevant.argmax()) + 1) if is_relevant.any() else 0.0)
    return float(np.mean(values))


def mean_average_precision(relevance: Integers, scores: Floats, query: Integers, k: int | None = None) -> float:
    """Return the mean of the precisions at the relevant documents among the first k, divided by all relevant ones.

    Source: Manning, Raghavan, Schütze, "Introduction to Information Retrieval" (2008), section 8.4.
    Parameters are those of `ndcg`.
    """
    values = []
    for found in _rankings(relevance, scores, query):
        is_relevant = found > 0
        precisions = is_relevant.cumsum() / np.arange(1, len(found) + 1)
        values.append((precisions * is_relevant)[:k].sum() / max(is_relevant.sum(), 1))
    return float(np.mean(values))

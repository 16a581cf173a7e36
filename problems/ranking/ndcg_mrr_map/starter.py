"""NDCG, MRR and MAP. Fill in the three functions."""

import numpy as np


def ndcg(relevance, scores, query, k=None):
    """Return the mean NDCG at k over the queries, with gains 2**relevance - 1.

    Parameters
    ----------
    relevance : array of int, shape (n_documents,)
    scores : array of shape (n_documents,)
    query : array of int, shape (n_documents,)
        The query that each document belongs to.
    k : int, optional
        How many ranks count; all by default.
    """
    return 0.0


def mrr(relevance, scores, query, k=None):
    """Return the mean reciprocal rank of the first relevant document."""
    return 0.0


def mean_average_precision(relevance, scores, query, k=None):
    """Return the mean average precision at k."""
    return 0.0

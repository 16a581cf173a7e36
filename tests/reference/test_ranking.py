"""Metrics of rankings against scikit-learn, and by hand where it has none."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, ndcg_score

from reference.ranking import mean_average_precision, mrr, ndcg


def draw(seed):
    rng = np.random.default_rng(seed)
    query = rng.permutation(np.arange(40) % 4) * 3
    return rng.integers(0, 4, size=40), rng.normal(size=40), query


@pytest.mark.parametrize("k", [None, 1, 3, 20])
def test_ndcg_agrees_with_scikit_learn(k):
    """With exponential gains for its relevances, and no ties."""
    relevance, scores, query = draw(0)
    theirs = [ndcg_score([2.0 ** relevance[query == q] - 1], [scores[query == q]], k=k) for q in np.unique(query)]
    assert ndcg(relevance, scores, query, k) == pytest.approx(np.mean(theirs), abs=1e-12)


def test_mean_average_precision_agrees_with_scikit_learn():
    """Without a cut and without ties."""
    relevance, scores, query = draw(1)
    theirs = [average_precision_score(relevance[query == q] > 0, scores[query == q]) for q in np.unique(query)]
    assert mean_average_precision(relevance, scores, query) == pytest.approx(np.mean(theirs), abs=1e-12)


def test_cuts_and_ties_by_hand():
    """Ranked 0, 1, 2 and 0, 0: ties keep their order, and all relevant documents are counted."""
    relevance, query = np.array([0, 0, 1, 2, 0]), np.array([8, 3, 3, 3, 8])
    scores = np.array([0.0, 1.0, 1.0, 0.5, 2.0])
    assert mrr(relevance, scores, query) == pytest.approx(0.5 / 2)
    assert mrr(relevance, scores, query, 1) == 0.0
    assert mean_average_precision(relevance, scores, query, 2) == pytest.approx(0.5 / 2 / 2)
    best = 3.0 + 1.0 / np.log2(3.0)
    assert ndcg(relevance, scores, query, 2) == pytest.approx(1.0 / np.log2(3.0) / best / 2)

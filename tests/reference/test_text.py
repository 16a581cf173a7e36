"""Words' weights against scikit-learn."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from reference.text import tfidf_fit, tfidf_transform

DOCUMENTS = ["The cat, the CAT and x1!", "A dog's state-of-the-art bed; 42 dogs.", "cat dog", "the the the", "a - b"]


@pytest.mark.parametrize("smooth_idf", [True, False])
@pytest.mark.parametrize("sublinear_tf", [True, False])
@pytest.mark.parametrize("norm", ["l2", None])
def test_tfidf_agrees_with_scikit_learn(smooth_idf, sublinear_tf, norm):
    """Vocabulary, idf and weights are scikit-learn's, on new documents too."""
    theirs = TfidfVectorizer(smooth_idf=smooth_idf, sublinear_tf=sublinear_tf, norm=norm).fit(DOCUMENTS)
    mine = tfidf_fit(DOCUMENTS, smooth_idf=smooth_idf)
    assert mine.vocabulary == theirs.vocabulary_
    np.testing.assert_allclose(mine.idf, theirs.idf_, rtol=1e-12)
    for documents in (DOCUMENTS, ["unseen cat cat", "", "The bed: unseen."]):
        weights = tfidf_transform(mine, documents, sublinear_tf=sublinear_tf, norm=norm)
        np.testing.assert_allclose(weights, theirs.transform(documents).toarray(), rtol=1e-12)

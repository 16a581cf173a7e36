"""TF-IDF. Fill in the three methods."""

import numpy as np


class TfidfVectorizer:
    """Weights of words: frequent in a document, rare elsewhere."""

    def __init__(self, norm="l2", smooth_idf=True, sublinear_tf=False):
        self.norm = norm
        self.smooth_idf = smooth_idf
        self.sublinear_tf = sublinear_tf

    def fit(self, documents):
        """Learn from a list of strings.

        Sets `vocabulary_`, a dict from token to column, and `idf_`, shape (n_tokens,); returns self.
        """
        self.vocabulary_ = {}
        self.idf_ = np.zeros(0)
        return self

    def transform(self, documents):
        """Return the weights of a list of strings, shape (n_documents, n_tokens)."""
        raise NotImplementedError

    def fit_transform(self, documents):
        """Fit, and return the weights of the same documents."""
        raise NotImplementedError

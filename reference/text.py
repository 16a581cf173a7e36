"""Text: counts and weights of words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_TOKEN = re.compile(r"[a-z0-9]{2,}")


@dataclass(frozen=True, slots=True)
class Tfidf:
    """A fitted vocabulary: the column of each token, and each column's inverse document frequency."""

    vocabulary: dict[str, int]
    idf: Floats


def tokens(text: str) -> list[str]:
    r"""Return the lower-case runs of two or more ASCII letters and digits.

    On ASCII text without underscores these are the tokens of scikit-learn's
    default pattern, ``(?u)\b\w\w+\b`` after `lowercase=True`.
    """
    return _TOKEN.findall(text.lower())


def tfidf_fit(documents: Sequence[str], *, smooth_idf: bool = True) -> Tfidf:
    """Return the sorted vocabulary of some documents and its inverse document frequencies.

    The formula is that of `sklearn.feature_extraction.text.TfidfTransformer`
    (User Guide, "Tf-idf term weighting"): ln((1 + n) / (1 + df)) + 1 when
    smooth, ln(n / df) + 1 otherwise.
    """
    present = [set(tokens(text)) for text in documents]
    names = sorted(set().union(*present))
    frequencies = np.array([sum(name in words for words in present) for name in names], dtype=np.float64)
    one = 1.0 if smooth_idf else 0.0
    idf = np.log((one + len(documents)) / (one + frequencies)) + 1.0
    return Tfidf({name: column for column, name in enumerate(names)}, idf)


def tfidf_transform(
    fitted: Tfidf, documents: Sequence[str], *, sublinear_tf: bool = False, norm: str | None = "l2"
) -> Floats:
    """Return the weights of documents under a fitted vocabulary, shape (n_documents, n_tokens).

    Parameters are those of `sklearn.feature_extraction.text.TfidfVectorizer`;
    `norm` is "l2" or None. Tokens outside the vocabulary are ignored, and a row
    without tokens stays zero.
    """
    counts = np.zeros((len(documents), len(fitted.idf)))
    for row, text in enumerate(documents):
        for token in tokens(text):
            if token in fitted.vocabulary:
                counts[row, fitted.vocabulary[token]] += 1.0
    weights = np.where(counts > 0, 1.0 + np.log(np.maximum(counts, 1.0)), 0.0) if sublinear_tf else counts
    weights = weights * fitted.idf
    if norm is None:
        return weights
    lengths = np.linalg.norm(weights, axis=1, keepdims=True)
    return weights / np.where(lengths > 0, lengths, 1.0)

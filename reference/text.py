"""Text: counts and weights of words, and byte-pair encoding."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_TOKEN = re.compile(r"[a-z0-9]{2,}")
_PIECE = re.compile(" [^ ]*|[^ ]+")

Pair = tuple[int, int]


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


def byte_pair_merges(texts: Sequence[str], n_merges: int) -> list[Pair]:
    """Return the merges of byte-pair encoding in the order in which they are learnt.

    Tokens below 256 are the bytes of UTF-8, token 256 + m is made by merge m.
    Pairs are counted within pieces, which begin at every space; the most
    frequent pair is merged, of several the smallest. Training stops early when
    no pair occurs twice.

    Source: Sennrich, Haddow and Birch, "Neural machine translation of rare
    words with subword units" (2016), algorithm 1; on bytes, Radford et al.,
    "Language models are unsupervised multitask learners" (2019), section 2.2.
    """
    pieces = [piece for text in texts for piece in _pieces(text)]
    merges: list[Pair] = []
    while len(merges) < n_merges:
        counts = Counter((a, b) for piece in pieces for a, b in itertools.pairwise(piece))
        best = min(counts, key=lambda pair: (-counts[pair], pair), default=None)
        if best is None or counts[best] < 2:
            break
        pieces = [_merged(piece, best, 256 + len(merges)) for piece in pieces]
        merges.append(best)
    return merges


def byte_pair_encode(merges: Sequence[Pair], text: str) -> list[int]:
    """Return the tokens of a text: its bytes, with all merges applied in their order within each piece."""
    pieces = _pieces(text)
    for number, pair in enumerate(merges, start=256):
        pieces = [_merged(piece, pair, number) for piece in pieces]
    return [token for piece in pieces for token in piece]


def byte_pair_decode(merges: Sequence[Pair], tokens: Sequence[int]) -> str:
    """Return the text of some tokens, with U+FFFD where their bytes are not valid UTF-8."""
    spelling = [bytes([byte]) for byte in range(256)]
    for a, b in merges:
        spelling.append(spelling[a] + spelling[b])
    return b"".join(spelling[token] for token in tokens).decode("utf-8", errors="replace")


def _pieces(text: str) -> list[list[int]]:
    return [list(piece.encode("utf-8")) for piece in _PIECE.findall(text)]


def _merged(piece: list[int], pair: Pair, token: int) -> list[int]:
    """Return a piece with the pair's occurrences replaced, from left to right."""
    merged: list[int] = []
    for second in piece:
        # A token that was just made is no part of the pair, so none is used twice.
        if merged and (merged[-1], second) == pair:
            merged[-1] = token
        else:
            merged.append(second)
    return merged

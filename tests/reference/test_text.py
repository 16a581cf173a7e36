"""Words' weights against scikit-learn, and byte-pair encoding against its rules."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from reference.text import byte_pair_decode, byte_pair_encode, byte_pair_merges, tfidf_fit, tfidf_transform

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


def one_pair_at_a_time(texts, n_merges):
    """Follow the rules of byte-pair encoding on nested tuples, each of which is what was merged."""
    pieces = [[(byte,) for byte in piece.encode()] for text in texts for piece in re.split("(?= )", text)]
    numbers = {(byte,): byte for byte in range(256)}
    merges = []
    for number in range(256, 256 + n_merges):
        counts = {}
        for piece in pieces:
            for i in range(1, len(piece)):
                pair = (numbers[piece[i - 1]], numbers[piece[i]])
                counts[pair] = counts.get(pair, 0) + 1
        most = max(counts.values(), default=0)
        if most < 2:
            break
        merges.append(min(pair for pair in counts if counts[pair] == most))
        for piece in pieces:
            for i in range(len(piece) - 1):
                if i < len(piece) - 1 and (numbers[piece[i]], numbers[piece[i + 1]]) == merges[-1]:
                    merged = (piece[i], piece[i + 1])
                    numbers[merged] = number
                    piece[i : i + 2] = [merged]
    return merges, [numbers[token] for piece in pieces for token in piece]


TEXTS = st.lists(st.text("ab é", max_size=12), max_size=5)


@given(TEXTS, st.integers(0, 8))
def test_merges_follow_their_rules(texts, n_merges):
    """Merges, and the tokens of the texts themselves, are those of a program on nested tuples."""
    merges, tokens = one_pair_at_a_time(texts, n_merges)
    assert byte_pair_merges(texts, n_merges) == merges
    assert [token for text in texts for token in byte_pair_encode(merges, text)] == tokens


@given(TEXTS, st.text(max_size=20))
def test_decoding_undoes_encoding(texts, text):
    """Any text is what its tokens decode to."""
    merges = byte_pair_merges(texts, 10)
    assert byte_pair_decode(merges, byte_pair_encode(merges, text)) == text


def test_a_token_within_a_character_decodes_to_the_replacement_character():
    """Bytes are joined before they are decoded, and what is left over is marked."""
    assert byte_pair_decode([(0xC3, 0xA9)], [256, 0xC3, 0xA9, 0xC3]) == "éé\ufffd"

"""Byte-pair encoding. Fill in the three methods."""


class BytePairTokenizer:
    """A vocabulary of pieces of words, learnt by merging the most frequent pairs."""

    def __init__(self, n_merges):
        self.n_merges = n_merges

    def fit(self, texts):
        """Learn up to `n_merges` merges from a list of strings.

        Sets `merges_`, a list of pairs of token numbers; returns self.
        """
        self.merges_ = []
        return self

    def encode(self, text):
        """Return the tokens of a string as a list of integers."""
        raise NotImplementedError

    def decode(self, tokens):
        """Return the string of a list of tokens."""
        raise NotImplementedError

"""A token is one character of a string, so that str.replace merges; all pieces are one string with marks between them."""

import re

import numpy as np

BORDER = "\U0010ffff"


def to_string(text):
    pieces = re.findall(r" [^ ]*|[^ ]+", text)
    return BORDER.join("".join(chr(byte) for byte in piece.encode()) for piece in pieces)


class BytePairTokenizer:
    def __init__(self, n_merges):
        self.n_merges = n_merges

    def fit(self, texts):
        self.merges_ = []
        everything = BORDER.join(to_string(text) for text in texts)
        for new in range(256, 256 + self.n_merges):
            codes = np.array([ord(c) for c in everything], dtype=np.int64)
            left, right = codes[:-1], codes[1:]
            inside = (left != ord(BORDER)) & (right != ord(BORDER))
            # np.unique sorts, so that argmax finds the smallest of the most frequent.
            pairs, counts = np.unique(left[inside] * 4096 + right[inside], return_counts=True)
            if len(pairs) == 0 or counts.max() < 2:
                break
            a, b = divmod(int(pairs[counts.argmax()]), 4096)
            self.merges_.append([a, b])
            everything = everything.replace(chr(a) + chr(b), chr(new))
        return self

    def encode(self, text):
        tokens = to_string(text)
        for index, (a, b) in enumerate(self.merges_):
            tokens = tokens.replace(chr(a) + chr(b), chr(256 + index))
        return np.array([ord(c) for c in tokens if c != BORDER], dtype=np.int64)

    def _bytes(self, token):
        if token < 256:
            return bytes([token])
        a, b = self.merges_[token - 256]
        return self._bytes(a) + self._bytes(b)

    def decode(self, tokens):
        return str(b"".join(map(self._bytes, tokens)), "utf-8", "replace")

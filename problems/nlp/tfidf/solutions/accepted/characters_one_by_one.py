"""Reads texts character by character, counts with bincount, and returns nested lists."""

import math
import string

import numpy as np

KEPT = frozenset(string.ascii_lowercase + string.digits)


def split(text):
    words, current = [], ""
    for character in text.lower() + " ":
        if character in KEPT:
            current += character
            continue
        if len(current) > 1:
            words.append(current)
        current = ""
    return words


class TfidfVectorizer:
    def __init__(self, norm="l2", smooth_idf=True, sublinear_tf=False):
        self.options = norm, smooth_idf, sublinear_tf

    def _counts(self, documents):
        rows = []
        for words in documents:
            columns = [self.vocabulary_[word] for word in words if word in self.vocabulary_]
            rows.append(np.bincount(np.array(columns, dtype=int), minlength=len(self.vocabulary_)))
        return np.array(rows).reshape(len(documents), len(self.vocabulary_))

    def fit(self, documents):
        documents = [split(text) for text in documents]
        names = sorted({word for words in documents for word in words})
        self.vocabulary_ = dict(zip(names, range(len(names))))
        extra = int(self.options[1])
        df = (self._counts(documents) > 0).sum(axis=0)
        self.idf_ = [1.0 + math.log(len(documents) + extra) - math.log(d + extra) for d in df]
        return self

    def transform(self, documents):
        result = []
        for counts in self._counts([split(text) for text in documents]).tolist():
            tf = [1.0 + math.log(c) if c and self.options[2] else float(c) for c in counts]
            row = [t * idf for t, idf in zip(tf, self.idf_)]
            length = math.hypot(*row) if self.options[0] == "l2" else 1.0
            result.append([x / (length or 1.0) for x in row])
        return result

    def fit_transform(self, documents):
        self.fit(documents)
        return self.transform(documents)

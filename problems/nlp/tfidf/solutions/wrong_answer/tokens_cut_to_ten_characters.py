"""Tokens are kept in an array of ten characters each, which cuts off the rest."""

import re
from collections import Counter

import numpy as np


class TfidfVectorizer:
    def __init__(self, norm="l2", smooth_idf=True, sublinear_tf=False):
        self.norm = norm
        self.smooth_idf = smooth_idf
        self.sublinear_tf = sublinear_tf

    def _tokens(self, text):
        return re.findall(r"[a-z0-9]{2,}", text.lower())

    def fit(self, documents):
        df = Counter()
        for text in documents:
            df.update(set(self._tokens(text)))
        names = np.sort(np.array(list(df), dtype='U10')).tolist()
        self.vocabulary_ = {name: j for j, name in enumerate(names)}
        n, counts = len(documents), np.array([df[name] for name in names], dtype=float)
        if self.smooth_idf:
            self.idf_ = np.log((1 + n) / (1 + counts)) + 1
        else:
            self.idf_ = np.log(n / counts) + 1
        return self

    def transform(self, documents):
        X = np.zeros((len(documents), len(self.vocabulary_)))
        for i, text in enumerate(documents):
            for token, count in Counter(self._tokens(text)).items():
                if token in self.vocabulary_:
                    tf = 1 + np.log(count) if self.sublinear_tf else count
                    X[i, self.vocabulary_[token]] = tf
        X = X * self.idf_
        if self.norm == "l2":
            lengths = np.sqrt((X**2).sum(axis=1, keepdims=True))
            X = X / np.where(lengths == 0, 1.0, lengths)
        return X

    def fit_transform(self, documents):
        return self.fit(documents).transform(documents)

"""vocabulary_ is a class attribute that fit clears and fills: another vectorizer's fit changes this one's vocabulary; 'It uses the vocabulary and the idf_ of fit'."""
import re
from collections import Counter

import numpy as np


class TfidfVectorizer:
    vocabulary_ = {}

    def __init__(self, norm="l2", smooth_idf=True, sublinear_tf=False):
        self.norm = norm
        self.smooth_idf = smooth_idf
        self.sublinear_tf = sublinear_tf

    def tokens(self, text):
        return re.findall(r"[a-z0-9]{2,}", text.lower())

    def fit(self, documents):
        df = Counter()
        for d in documents:
            df.update(set(self.tokens(d)))
        n = len(documents)
        names = sorted(df)
        self.vocabulary_.clear()
        self.vocabulary_.update((t, j) for j, t in enumerate(names))
        counts = np.array([df[t] for t in names], dtype=float)
        self.idf_ = np.log((1 + n) / (1 + counts)) + 1 if self.smooth_idf else np.log(n / counts) + 1
        return self

    def transform(self, documents):
        out = np.zeros((len(documents), len(self.vocabulary_)))
        for i, d in enumerate(documents):
            for t, c in Counter(self.tokens(d)).items():
                j = self.vocabulary_.get(t)
                if j is not None:
                    out[i, j] = (1 + np.log(c) if self.sublinear_tf else c) * self.idf_[j]
        if self.norm == "l2":
            length = np.sqrt((out ** 2).sum(axis=1, keepdims=True))
            out = out / np.where(length > 0, length, 1.0)
        return out

    def fit_transform(self, documents):
        return self.fit(documents).transform(documents)

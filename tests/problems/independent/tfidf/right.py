import re
from collections import Counter

import numpy as np


class TfidfVectorizer:
    def __init__(self, norm="l2", smooth_idf=True, sublinear_tf=False):
        self.norm = norm
        self.smooth_idf = smooth_idf
        self.sublinear_tf = sublinear_tf

    @staticmethod
    def _tokens(text):
        return [w for w in re.findall("[a-z0-9]+", text.lower()) if len(w) > 1]

    def fit(self, documents):
        df = Counter()
        for doc in documents:
            df.update(set(self._tokens(doc)))
        words = sorted(df)
        self.vocabulary_ = {w: j for j, w in enumerate(words)}
        n = len(documents)
        d = np.array([df[w] for w in words], dtype=float)
        if self.smooth_idf:
            self.idf_ = np.log((1 + n) / (1 + d)) + 1
        else:
            self.idf_ = np.log(n / d) + 1
        return self

    def transform(self, documents):
        out = np.zeros((len(documents), len(self.vocabulary_)))
        for i, doc in enumerate(documents):
            for w, c in Counter(self._tokens(doc)).items():
                j = self.vocabulary_.get(w)
                if j is not None:
                    out[i, j] = (1 + np.log(c)) if self.sublinear_tf else c
        out *= self.idf_
        if self.norm == "l2":
            length = np.sqrt((out ** 2).sum(axis=1, keepdims=True))
            length[length == 0] = 1
            out /= length
        return out

    def fit_transform(self, documents):
        return self.fit(documents).transform(documents)

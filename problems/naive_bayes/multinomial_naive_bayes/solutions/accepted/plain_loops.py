"""Dictionaries and loops over single entries."""

import math

import numpy as np


class MultinomialNB:
    def __init__(self, alpha=1.0, fit_prior=True):
        self.alpha, self.fit_prior = alpha, fit_prior

    def fit(self, X, y):
        width, words, texts = len(X[0]), {}, {}
        for row, label in zip(X.tolist(), y.tolist()):
            texts[label] = texts.get(label, 0) + 1
            sums = words.setdefault(label, [0.0] * width)
            for j, count in enumerate(row):
                sums[j] += count
        self.classes_ = sorted(texts)
        if self.fit_prior:
            self.class_log_prior_ = [math.log(texts[c]) - math.log(len(X)) for c in self.classes_]
        else:
            self.class_log_prior_ = [-math.log(len(texts))] * len(texts)
        totals = {c: math.fsum(words[c]) + self.alpha * width for c in self.classes_}
        self.feature_log_prob_ = [
            [math.log((count + self.alpha) / totals[c]) for count in words[c]] for c in self.classes_
        ]
        return self

    def predict_log_proba(self, X):
        found = []
        for row in X.tolist():
            scores = [
                prior + math.fsum(count * log for count, log in zip(row, logs))
                for prior, logs in zip(self.class_log_prior_, self.feature_log_prob_)
            ]
            top = max(scores)
            log_total = top + math.log(sum(math.exp(score - top) for score in scores))
            found.append([score - log_total for score in scores])
        return found

    def predict(self, X):
        return np.array([self.classes_[int(np.argmax(row))] for row in self.predict_log_proba(X)])

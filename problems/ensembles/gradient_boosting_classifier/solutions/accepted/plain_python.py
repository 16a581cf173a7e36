"""Lists, dictionaries and recursion on row numbers; NumPy only for the answers."""

import math

import numpy as np


class GradientBoostingClassifier:
    def __init__(self, n_estimators=100, learning_rate=0.1, max_depth=3, min_samples_leaf=1):
        self.n_estimators, self.learning_rate = n_estimators, learning_rate
        self.max_depth, self.min_samples_leaf = max_depth, min_samples_leaf

    def fit(self, X, y):
        rows, labels = np.asarray(X, dtype=float).tolist(), [int(label) for label in y]
        ones = sum(labels)
        self.constant = math.log(ones / (len(labels) - ones))
        scores = [self.constant] * len(rows)
        self.trees = []
        for _ in range(self.n_estimators):
            chances = [1.0 / (1.0 + math.exp(-score)) for score in scores]
            residuals = [label - chance for label, chance in zip(labels, chances)]
            weights = [chance * (1.0 - chance) for chance in chances]
            tree = self._node(rows, residuals, weights, range(len(rows)), 0)
            self.trees.append(tree)
            scores = [score + self.learning_rate * self._answer(tree, row) for score, row in zip(scores, rows)]
        return self

    def _node(self, rows, residuals, weights, members, depth):
        leaf = {"value": sum(residuals[i] for i in members) / sum(weights[i] for i in members)}
        if depth >= self.max_depth or len({residuals[i] for i in members}) == 1:
            return leaf
        split = self._best(rows, residuals, list(members))
        if split is None:
            return leaf
        feature, threshold = split
        low = [i for i in members if rows[i][feature] <= threshold]
        high = [i for i in members if rows[i][feature] > threshold]
        children = [self._node(rows, residuals, weights, part, depth + 1) for part in (low, high)]
        return {"feature": feature, "threshold": threshold, "low": children[0], "high": children[1]}

    def _best(self, rows, residuals, members):
        found = None
        total, squares = sum(residuals[i] for i in members), sum(residuals[i] ** 2 for i in members)
        for feature in range(len(rows[0])):
            ordered = sorted(members, key=lambda i: rows[i][feature])
            below = 0.0
            for k in range(1, len(ordered)):
                below += residuals[ordered[k - 1]]
                before, after = rows[ordered[k - 1]][feature], rows[ordered[k]][feature]
                if before == after or min(k, len(ordered) - k) < self.min_samples_leaf:
                    continue
                error = squares - below**2 / k - (total - below) ** 2 / (len(ordered) - k)
                if found is None or error < found[0]:
                    found = error, feature, (before + after) / 2
        return found and found[1:]

    @staticmethod
    def _answer(node, row):
        while "value" not in node:
            node = node["low"] if row[node["feature"]] <= node["threshold"] else node["high"]
        return node["value"]

    def staged_decision_function(self, X):
        stages = []
        for row in np.asarray(X, dtype=float).tolist():
            score, path = self.constant, []
            for tree in self.trees:
                score += self.learning_rate * self._answer(tree, row)
                path.append(score)
            stages.append(path)
        return np.array(stages).T

    def decision_function(self, X):
        return self.staged_decision_function(X)[-1]

    def predict_proba(self, X):
        ones = [1.0 / (1.0 + math.exp(-score)) for score in self.decision_function(X)]
        return np.array([[1.0 - one, one] for one in ones])

    def predict(self, X):
        return np.array([int(score > 0.0) for score in self.decision_function(X)])

"""Plain Python: one pass over each sorted feature with running sums; the threshold is the lower value itself."""

from dataclasses import dataclass
from typing import Any


@dataclass
class Node:
    value: float
    feature: int = -1
    threshold: float = 0.0
    low: Any = None
    high: Any = None


class DecisionTreeRegressor:
    def __init__(self, max_depth=None, min_samples_split=2, min_samples_leaf=1):
        self.max_depth = float("inf") if max_depth is None else max_depth
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf

    def fit(self, X, y):
        rows = list(zip(X.tolist(), [float(t) for t in y.tolist()]))
        self.root = self._grow(rows, 0)
        return self

    def _grow(self, rows, depth):
        targets = [t for _, t in rows]
        node = Node(sum(targets) / len(targets))
        if depth >= self.max_depth or len(rows) < self.min_samples_split or len(set(targets)) == 1:
            return node
        found = self._search(rows, node.value)
        if found is not None:
            _, node.feature, node.threshold = found
            node.low = self._grow([row for row in rows if row[0][node.feature] <= node.threshold], depth + 1)
            node.high = self._grow([row for row in rows if row[0][node.feature] > node.threshold], depth + 1)
        return node

    def _search(self, rows, mean):
        best, n, least = None, len(rows), self.min_samples_leaf
        for feature in reversed(range(len(rows[0][0]))):
            pairs = sorted((x[feature], t - mean) for x, t in rows)
            total = sum(t for _, t in pairs)
            running = 0.0
            for m in range(1, n):
                value, t = pairs[m - 1]
                running += t
                if value < pairs[m][0] and least <= m <= n - least:
                    # The error of both sides, without the sum of squares that they share.
                    error = -running * running / m - (total - running) ** 2 / (n - m)
                    if best is None or error < best[0]:
                        best = error, feature, value
        return best

    def predict(self, X):
        answers = []
        for x in X.tolist():
            node = self.root
            while node.low is not None:
                node = node.low if x[node.feature] <= node.threshold else node.high
            answers.append(node.value)
        return answers

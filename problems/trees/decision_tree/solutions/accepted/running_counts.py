"""Plain Python: one pass over each sorted feature with running counts; the threshold is the lower value itself."""

from collections import Counter
from math import log


class DecisionTreeClassifier:
    def __init__(self, max_depth=None, criterion="gini", min_samples_split=2):
        self.max_depth = float("inf") if max_depth is None else max_depth
        # Both are a sum over classes of a function of the count, up to what no split changes.
        self.term = (lambda c, n: -c * c / n) if criterion == "gini" else (lambda c, n: -c * log(c / n) if c else 0.0)
        self.min_samples_split = min_samples_split

    def fit(self, X, y):
        self.nodes = []
        rows = [(tuple(x), label) for x, label in zip(X.tolist(), y.tolist())]
        pending = [(rows, 0, None, 0)]
        while pending:
            rows, depth, parent, side = pending.pop()
            counts = Counter(label for _, label in rows)
            node = {"label": min(counts, key=lambda label: (-counts[label], label))}
            self.nodes.append(node)
            if parent is not None:
                parent["children"][side] = node
            if len(counts) == 1 or depth >= self.max_depth or len(rows) < self.min_samples_split:
                continue
            found = self._search(rows, counts)
            if found is None:
                continue
            _, feature, threshold = found
            node.update(feature=feature, threshold=threshold, children=[None, None])
            pending.append(([row for row in rows if row[0][feature] <= threshold], depth + 1, node, 0))
            pending.append(([row for row in rows if row[0][feature] > threshold], depth + 1, node, 1))
        return self

    def _search(self, rows, counts):
        best, n, term = None, len(rows), self.term
        for feature in reversed(range(len(rows[0][0]))):
            pairs = sorted((x[feature], label) for x, label in rows)
            left, right = dict.fromkeys(counts, 0), dict(counts)
            for i in range(n - 1):
                value, label = pairs[i]
                left[label] += 1
                right[label] -= 1
                if value < pairs[i + 1][0]:
                    m = i + 1
                    score = sum([term(c, m) for c in left.values()]) + sum([term(c, n - m) for c in right.values()])
                    if best is None or score < best[0]:
                        best = score, feature, value
        return best

    def predict(self, X):
        answers = []
        for x in X.tolist():
            node = self.nodes[0]
            while "children" in node:
                node = node["children"][0 if x[node["feature"]] <= node["threshold"] else 1]
            answers.append(node["label"])
        return answers

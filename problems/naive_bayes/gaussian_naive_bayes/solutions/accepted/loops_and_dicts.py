"""Plain Python: one pass over the samples by Welford's method in pure sums; returns nested lists."""

import math


class GaussianNB:
    def __init__(self, var_smoothing=1e-9):
        self.var_smoothing = var_smoothing

    def fit(self, X, y):
        rows = [[float(value) for value in row] for row in X]
        groups = {}
        for row, label in zip(rows, y):
            groups.setdefault(int(label), []).append(row)
        smoothing = self.var_smoothing * max(variance for _, variance in self._columns(rows))
        self.classes = sorted(groups)
        self.log_prior = [math.log(len(groups[c]) / len(rows)) for c in self.classes]
        self.columns = [[(m, v + smoothing) for m, v in self._columns(groups[c])] for c in self.classes]
        return self

    @staticmethod
    def _columns(rows):
        found = []
        for column in zip(*rows):
            mean = total = 0.0
            for count, value in enumerate(column, start=1):
                step = value - mean
                mean += step / count
                total += step * (value - mean)
            found.append((mean, total / len(column)))
        return found

    def _row(self, row):
        joint = []
        for log_prior, columns in zip(self.log_prior, self.columns):
            # The factor 2 pi is in every class and cancels.
            terms = [math.log(v) + (float(x) - m) ** 2 / v for x, (m, v) in zip(row, columns)]
            joint.append(log_prior - sum(terms) / 2)
        return joint

    def predict_log_proba(self, X):
        answers = []
        for row in X:
            joint = self._row(row)
            top = max(joint)
            total = top + math.log(sum(math.exp(value - top) for value in joint))
            answers.append([value - total for value in joint])
        return answers

    def predict(self, X):
        joints = [self._row(row) for row in X]
        return [self.classes[joint.index(max(joint))] for joint in joints]

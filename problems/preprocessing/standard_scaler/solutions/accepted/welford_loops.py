"""One pass over the rows by Welford's method, in plain Python; returns lists."""

import math


class StandardScaler:
    def fit(self, X):
        count = 0
        for row in X:
            row = [float(value) for value in row]
            if count == 0:
                mean, total = [0.0] * len(row), [0.0] * len(row)
            count += 1
            for j, value in enumerate(row):
                step = value - mean[j]
                mean[j] += step / count
                total[j] += step * (value - mean[j])
        self.mean_ = mean
        self.scale_ = [math.sqrt(t / count) or 1.0 for t in total]
        return self

    def transform(self, X):
        return [[(float(x) - m) / s for x, m, s in zip(row, self.mean_, self.scale_)] for row in X]

    def inverse_transform(self, Z):
        return [[float(z) * s + m for z, m, s in zip(row, self.mean_, self.scale_)] for row in Z]

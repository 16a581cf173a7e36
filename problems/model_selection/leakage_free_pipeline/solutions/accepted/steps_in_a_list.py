"""Small steps that are fitted in turn; ridge by least squares with rows for the penalty, intercept included."""

import numpy as np


class Fill:
    def __init__(self, strategy):
        self.strategy = strategy

    def fit(self, X):
        self.values = np.zeros(X.shape[1])
        for j in range(X.shape[1]):
            seen = sorted(float(x) for x in X[:, j] if x == x)
            n = len(seen)
            if n and self.strategy == "median":
                self.values[j] = 0.5 * (seen[(n - 1) // 2] + seen[n // 2])
            elif n:
                self.values[j] = sum(seen) / n

    def apply(self, X):
        X = X.copy()
        rows, columns = np.nonzero(np.isnan(X))
        X[rows, columns] = self.values[columns]
        return X


class Scale:
    def fit(self, X):
        self.mean = X.sum(axis=0) / len(X)
        self.deviation = np.sqrt(((X - self.mean) ** 2).sum(axis=0) / len(X))
        self.deviation[(X == X[0]).all(axis=0)] = 1.0

    def apply(self, X):
        return (X - self.mean) / self.deviation


class Pipeline:
    def __init__(self, strategy="mean", alpha=1.0):
        self.strategy, self.alpha = strategy, alpha

    def fit(self, X, y):
        Z = np.array(X, dtype=np.float64)
        self.steps = [Fill(self.strategy), Scale()]
        for step in self.steps:
            step.fit(Z)
            Z = step.apply(Z)
        self.fill_ = self.steps[0].values
        self.mean_, self.scale_ = self.steps[1].mean, self.steps[1].deviation
        n, p = Z.shape
        A = np.zeros((n + p, p + 1))
        A[:n, 0], A[:n, 1:] = 1.0, Z
        A[n:, 1:] = np.sqrt(self.alpha) * np.eye(p)
        solution = np.linalg.lstsq(A, np.append(np.asarray(y, dtype=np.float64), np.zeros(p)), rcond=None)[0]
        self.intercept_, self.coef_ = float(solution[0]), solution[1:]
        return self

    def predict(self, X):
        Z = np.array(X, dtype=np.float64)
        for step in self.steps:
            Z = step.apply(Z)
        return Z @ self.coef_ + self.intercept_


def cross_validate(X, y, folds, strategy="mean", alpha=1.0):
    names = sorted(set(map(int, folds)))
    predicted, errors = [0.0] * len(y), []
    for name in names:
        inside = [i for i in range(len(y)) if folds[i] == name]
        outside = [i for i in range(len(y)) if folds[i] != name]
        values = Pipeline(strategy, alpha).fit(X[outside], y[outside]).predict(X[inside])
        for i, value in zip(inside, values):
            predicted[i] = float(value)
        errors.append(sum((float(y[i]) - predicted[i]) ** 2 for i in inside) / len(inside))
    return predicted, errors, sum(errors) / len(errors)


def nested_cross_validate(X, y, folds, alphas, strategy="mean"):
    predicted, chosen = np.empty(len(y)), []
    for name in sorted(set(map(int, folds))):
        rest = np.flatnonzero(folds != name)
        scored = [(cross_validate(X[rest], y[rest], folds[rest], strategy, a)[2], a) for a in alphas]
        chosen.append(min(scored)[1])
        model = Pipeline(strategy, chosen[-1]).fit(X[rest], y[rest])
        inside = np.flatnonzero(folds == name)
        predicted[inside] = model.predict(X[inside])
    return predicted, chosen

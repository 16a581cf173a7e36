"""predict fills the missing values in X itself. Breaks: '`X`, `y` and `folds` are not changed'."""
import numpy as np


class Pipeline:
    def __init__(self, strategy="mean", alpha=1.0):
        self.strategy = strategy
        self.alpha = alpha

    def fit(self, X, y):
        X = np.array(X, dtype=float)
        y = np.array(y, dtype=float)
        p = X.shape[1]
        self.fill_ = np.zeros(p)
        for j in range(p):
            v = X[~np.isnan(X[:, j]), j]
            if len(v):
                self.fill_[j] = np.median(v) if self.strategy == "median" else v.mean()
        X = np.where(np.isnan(X), self.fill_, X)
        self.mean_ = X.mean(axis=0)
        self.scale_ = X.std(axis=0)
        self.scale_[X.max(axis=0) == X.min(axis=0)] = 1.0
        Z = (X - self.mean_) / self.scale_
        b = y.mean()
        self.coef_ = np.linalg.solve(Z.T @ Z + self.alpha * np.eye(p), Z.T @ (y - b))
        self.intercept_ = b
        return self

    def predict(self, X):
        X = np.asarray(X, dtype=float)
        for j in range(X.shape[1]):
            X[np.isnan(X[:, j]), j] = self.fill_[j]
        return (X - self.mean_) / self.scale_ @ self.coef_ + self.intercept_


def cross_validate(X, y, folds, strategy="mean", alpha=1.0):
    X, y, folds = np.asarray(X), np.asarray(y), np.asarray(folds)
    predictions = np.zeros(len(y))
    errors = []
    for f in np.unique(folds):
        test = folds == f
        model = Pipeline(strategy, alpha).fit(X[~test], y[~test])
        predictions[test] = model.predict(X[test])
        errors.append(np.mean((predictions[test] - y[test]) ** 2))
    return predictions, np.array(errors), float(np.mean(errors))


def nested_cross_validate(X, y, folds, alphas, strategy="mean"):
    X, y, folds = np.asarray(X), np.asarray(y), np.asarray(folds)
    predictions = np.zeros(len(y))
    chosen = []
    for f in np.unique(folds):
        test = folds == f
        scores = [cross_validate(X[~test], y[~test], folds[~test], strategy, a)[2] for a in alphas]
        best = alphas[int(np.argmin(scores))]
        chosen.append(best)
        predictions[test] = Pipeline(strategy, best).fit(X[~test], y[~test]).predict(X[test])
    return predictions, np.array(chosen)

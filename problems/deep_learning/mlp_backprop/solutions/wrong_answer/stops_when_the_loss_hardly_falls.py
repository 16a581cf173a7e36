"""Ends when the loss changes by less than 1e-8, before the steps that were asked for are made."""

import numpy as np


def with_one(A):
    return np.column_stack([A, np.ones(len(A))])


class MLPClassifier:
    def __init__(self, weights, biases, activation="relu", l2=0.0):
        self._given = [np.vstack([W, b]).astype(float) for W, b in zip(weights, biases)]
        self._now = self._given
        self.activation, self.l2 = activation, l2

    def _run(self, X):
        A, ways_back = np.asarray(X, dtype=float), []
        for l, W in enumerate(self._now):
            inside = with_one(A)
            A = inside @ W
            slope = 1.0
            if l + 1 < len(self._now):
                if self.activation == "relu":
                    slope, A = A > 0, np.maximum(A, 0)
                else:
                    A = np.tanh(A)
                    slope = (1 - A) * (1 + A)

            def way_back(G, inside=inside, W=W, slope=slope):
                G = G * slope
                return inside.T @ G, G @ W[:-1].T

            ways_back.append(way_back)
        return A - np.logaddexp.reduce(A, axis=1)[:, None], ways_back

    def loss_and_gradients(self, X, y):
        log_p, ways_back = self._run(X)
        one_hot = np.eye(log_p.shape[1])[np.asarray(y)]
        loss = -(one_hot * log_p).sum() / len(log_p)
        G, gradients = (np.exp(log_p) - one_hot) / len(log_p), []
        for way_back in reversed(ways_back):
            slope, G = way_back(G)
            gradients.append(slope)
        for W, slope in zip(self._now, reversed(gradients)):
            loss += self.l2 / 2 * np.linalg.norm(W[:-1]) ** 2
            slope[:-1] += self.l2 * W[:-1]
        gradients.reverse()
        return loss, [g[:-1] for g in gradients], [g[-1] for g in gradients]

    def fit(self, X, y, learning_rate, n_steps):
        self._now, self.losses_ = self._given, []
        for _ in range(n_steps):
            loss, dW, db = self.loss_and_gradients(X, y)
            if self.losses_ and abs(self.losses_[-1] - loss) < 1e-8:
                break
            self.losses_.append(float(loss))
            self._now = [W - learning_rate * np.vstack([a, b]) for W, a, b in zip(self._now, dW, db)]
        self.weights_, self.biases_ = [W[:-1] for W in self._now], [W[-1] for W in self._now]
        return self

    def predict_proba(self, X):
        return np.exp(self._run(X)[0])

import numpy as np


class MLPClassifier:
    def __init__(self, weights, biases, activation="relu", l2=0.0):
        self._w0 = [np.array(w, dtype=float) for w in weights]
        self._b0 = [np.array(b, dtype=float) for b in biases]
        self.weights_ = [w.copy() for w in self._w0]
        self.biases_ = [b.copy() for b in self._b0]
        self.activation = activation
        self.l2 = l2

    def _forward(self, X):
        A = [np.asarray(X, dtype=float)]
        Z = []
        last = len(self.weights_) - 1
        for l, (w, b) in enumerate(zip(self.weights_, self.biases_)):
            Z.append(A[-1] @ w + b)
            if l < last:
                A.append(np.maximum(Z[-1], 0) if self.activation == "relu" else np.tanh(Z[-1]))
        z = Z[-1] - Z[-1].max(axis=1, keepdims=True)
        logp = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
        return A, Z, logp

    def loss_and_gradients(self, X, y):
        A, Z, logp = self._forward(X)
        n = len(logp)
        rows = np.arange(n)
        loss = -logp[rows, y].mean() + self.l2 / 2 * sum((w ** 2).sum() for w in self.weights_)
        delta = np.exp(logp)
        delta[rows, y] -= 1
        delta /= n
        L = len(self.weights_)
        gw, gb = [None] * L, [None] * L
        for l in reversed(range(L)):
            gw[l] = A[l].T @ delta + self.l2 * self.weights_[l]
            gb[l] = delta.sum(axis=0)
            if l:
                delta = delta @ self.weights_[l].T
                delta = delta * ((Z[l - 1] > 0) if self.activation == "relu" else 1 - A[l] ** 2)
        return float(loss), gw, gb

    def fit(self, X, y, learning_rate, n_steps):
        self.weights_ = [w.copy() for w in self._w0]
        self.biases_ = [b.copy() for b in self._b0]
        losses = []
        for _ in range(n_steps):
            loss, gw, gb = self.loss_and_gradients(X, y)
            losses.append(loss)
            self.weights_ = [w - learning_rate * g for w, g in zip(self.weights_, gw)]
            self.biases_ = [b - learning_rate * g for b, g in zip(self.biases_, gb)]
        self.losses_ = np.array(losses)
        return self

    def predict_proba(self, X):
        return np.exp(self._forward(X)[2])

"""float32 parameters and inputs are calculated with in float32. Breaks: Calculate in float64."""

import numpy as np


class MLPClassifier:
    def __init__(self, weights, biases, activation="relu", l2=0.0):
        self.weights = [np.array(w) for w in weights]
        self.biases = [np.array(b) for b in biases]
        self.activation = activation
        self.l2 = l2
        self.weights_ = self.weights
        self.biases_ = self.biases

    def _act(self, z):
        return np.maximum(z, 0) if self.activation == "relu" else np.tanh(z)

    def _forward(self, X):
        A = [np.asarray(X)]
        for l, (W, b) in enumerate(zip(self.weights_, self.biases_)):
            z = A[-1] @ W + b
            A.append(self._act(z) if l < len(self.weights_) - 1 else z)
        return A

    @staticmethod
    def _log_softmax(z):
        z = z - z.max(axis=1, keepdims=True)
        return z - np.log(np.exp(z).sum(axis=1, keepdims=True))

    def loss_and_gradients(self, X, y):
        y = np.asarray(y)
        A = self._forward(X)
        n = len(y)
        lp = self._log_softmax(A[-1])
        onehot = np.eye(lp.shape[1], dtype=lp.dtype)[y]
        loss = -(lp * onehot).sum() / n + 0.5 * self.l2 * sum((W * W).sum() for W in self.weights_)
        delta = (np.exp(lp) - onehot) / n
        gw, gb = [], []
        for l in range(len(self.weights_) - 1, -1, -1):
            gw.insert(0, A[l].T @ delta + self.l2 * self.weights_[l])
            gb.insert(0, delta.sum(axis=0))
            if l:
                back = delta @ self.weights_[l].T
                delta = back * (A[l] > 0) if self.activation == "relu" else back * (1 - A[l] ** 2)
        return float(loss), gw, gb

    def fit(self, X, y, learning_rate, n_steps):
        self.weights_ = [W.copy() for W in self.weights]
        self.biases_ = [b.copy() for b in self.biases]
        losses = []
        for _ in range(n_steps):
            loss, gw, gb = self.loss_and_gradients(X, y)
            losses.append(loss)
            self.weights_ = [W - learning_rate * g for W, g in zip(self.weights_, gw)]
            self.biases_ = [b - learning_rate * g for b, g in zip(self.biases_, gb)]
        self.losses_ = np.array(losses)
        return self

    def predict_proba(self, X):
        return np.exp(self._log_softmax(self._forward(X)[-1]))

"""Keeps the parameters in the type they are given in and moves them in place: float32 weights are rounded after every step."""

import numpy as np


class MLPClassifier:
    def __init__(self, weights, biases, activation="relu", l2=0.0):
        self.weights_ = [np.array(W) for W in weights]
        self.biases_ = [np.array(b) for b in biases]
        self._start = [W.copy() for W in self.weights_], [b.copy() for b in self.biases_]
        self.activation = activation
        self.l2 = l2

    def _act(self, Z):
        return np.maximum(Z, 0.0) if self.activation == "relu" else np.tanh(Z)

    def _slope(self, A):
        return (A > 0).astype(float) if self.activation == "relu" else 1.0 - A**2

    def _forward(self, X):
        A = [np.asarray(X, dtype=float)]
        for l, (W, b) in enumerate(zip(self.weights_, self.biases_)):
            Z = A[-1] @ W + b
            A.append(self._act(Z) if l < len(self.weights_) - 1 else Z)
        return A

    def loss_and_gradients(self, X, y):
        n = len(X)
        A = self._forward(X)
        logits = A[-1] - A[-1].max(axis=1, keepdims=True)
        log_total = np.log(np.exp(logits).sum(axis=1))
        loss = (log_total - logits[np.arange(n), y]).mean()
        loss += 0.5 * self.l2 * sum((W**2).sum() for W in self.weights_)
        delta = np.exp(logits - log_total[:, None])
        delta[np.arange(n), y] -= 1.0
        delta = delta / n
        weight_gradients, bias_gradients = [], []
        for l in range(len(self.weights_) - 1, -1, -1):
            weight_gradients.insert(0, A[l].T @ delta + self.l2 * self.weights_[l])
            bias_gradients.insert(0, delta.sum(axis=0))
            if l > 0:
                delta = (delta @ self.weights_[l].T) * self._slope(A[l])
        return loss, weight_gradients, bias_gradients

    def fit(self, X, y, learning_rate, n_steps):
        self.weights_ = [W.copy() for W in self._start[0]]
        self.biases_ = [b.copy() for b in self._start[1]]
        losses = []
        for _ in range(n_steps):
            loss, dW, db = self.loss_and_gradients(X, y)
            losses.append(loss)
            for l in range(len(self.weights_)):
                self.weights_[l] -= learning_rate * dW[l]
                self.biases_[l] -= learning_rate * db[l]
        self.losses_ = np.array(losses)
        return self

    def predict_proba(self, X):
        logits = self._forward(X)[-1]
        p = np.exp(logits - logits.max(axis=1, keepdims=True))
        return p / p.sum(axis=1, keepdims=True)

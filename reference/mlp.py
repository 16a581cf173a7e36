"""A multilayer perceptron for classification: loss, gradients by backpropagation, gradient descent."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reference.losses import softmax_cross_entropy

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Perceptron:
    """Parameters of a multilayer perceptron.

    Attributes
    ----------
    weights : sequence of ndarray of shape (n_in, n_out)
    biases : sequence of ndarray of shape (n_out,)
    activation : {"relu", "tanh"}
        Between layers; the last one is linear.
    l2 : float
        Half of it times the sum of squared weights is added to the loss.
    """

    weights: Sequence[Floats]
    biases: Sequence[Floats]
    activation: str = "relu"
    l2: float = 0.0

    def pre_activations(self, X: Floats) -> list[Floats]:
        """Return what each layer computes before its activation; the last are the logits."""
        found = [X @ self.weights[0] + self.biases[0]]
        for W, b in zip(self.weights[1:], self.biases[1:], strict=True):
            found.append(self._activated(found[-1]) @ W + b)
        return found

    def predict_proba(self, X: Floats) -> Floats:
        """Return the softmax of the logits, shape (n_samples, n_classes)."""
        logits = self.pre_activations(X)[-1]
        exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
        return exponentials / exponentials.sum(axis=1, keepdims=True)

    def loss_and_gradients(self, X: Floats, y: Integers) -> tuple[float, list[Floats], list[Floats]]:
        """Return the mean cross-entropy with its penalty, and its derivatives by all weights and biases.

        Source: Goodfellow, Bengio and Courville, "Deep learning" (2016), algorithm 6.4.
        """
        before = self.pre_activations(X)
        inputs = [X, *map(self._activated, before[:-1])]
        loss, delta = softmax_cross_entropy(before[-1], y)
        weights, biases = [], []
        for layer in reversed(range(len(before))):
            weights.append(inputs[layer].T @ delta + self.l2 * self.weights[layer])
            biases.append(delta.sum(axis=0))
            if layer:
                delta = delta @ self.weights[layer].T * self._slopes(before[layer - 1])
        penalty = 0.5 * self.l2 * sum(float(np.square(W).sum()) for W in self.weights)
        return loss + penalty, weights[::-1], biases[::-1]

    def stepped(self, X: Floats, y: Integers, learning_rate: float) -> tuple[float, "Perceptron"]:
        """Return the loss, and the parameters after one step of gradient descent."""
        loss, weights, biases = self.loss_and_gradients(X, y)
        moved = [
            [old - learning_rate * slope for old, slope in zip(olds, slopes, strict=True)]
            for olds, slopes in ((self.weights, weights), (self.biases, biases))
        ]
        return loss, Perceptron(moved[0], moved[1], self.activation, self.l2)

    def _activated(self, z: Floats) -> Floats:
        return np.maximum(z, 0.0) if self.activation == "relu" else np.tanh(z)

    def _slopes(self, z: Floats) -> Floats:
        return (z > 0).astype(np.float64) if self.activation == "relu" else 1.0 - np.tanh(z) ** 2


def descend(model: Perceptron, X: Floats, y: Integers, learning_rate: float, n_steps: int) -> tuple[Floats, Perceptron]:
    """Make steps on all samples; return the losses before each, shape (n_steps,), and the last parameters."""
    losses = []
    for _ in range(n_steps):
        loss, model = model.stepped(X, y, learning_rate)
        losses.append(loss)
    return np.array(losses), model

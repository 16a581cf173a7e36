"""Keeps all gradients and takes weighted means of them, which need no correction."""

import numpy as np


class Adam:
    def __init__(
        self,
        parameters,
        learning_rate=1e-3,
        betas=(0.9, 0.999),
        eps=1e-8,
        weight_decay=0.0,
        decoupled=True,
        amsgrad=False,
    ):
        self.parameters_ = np.asarray(parameters, dtype=float)
        self.settings = learning_rate, betas, eps, weight_decay, decoupled, amsgrad
        self.history = []

    def _mean(self, beta, power, until):
        age = np.arange(until - 1, -1, -1)
        weights = float(beta) ** age
        past = np.array(self.history[:until]) ** power
        return np.tensordot(weights, past, axes=1) / weights.sum()

    def step(self, gradient):
        rate, (beta1, beta2), eps, decay, decoupled, amsgrad = self.settings
        theta, g = self.parameters_, np.asarray(gradient, dtype=float)
        self.history.append(g if decoupled else g + decay * theta)
        t = len(self.history)
        square = self._mean(beta2, 2, t)
        if amsgrad:
            # A mean is corrected by its own step's factor; undo that, compare, and correct by this step's.
            raw = [self._mean(beta2, 2, s) * (1 - beta2**s) for s in range(1, t + 1)]
            square = np.max(raw, axis=0) / (1 - beta2**t)
        moved = theta - rate * self._mean(beta1, 1, t) / (square**0.5 + eps)
        self.parameters_ = moved - rate * decay * theta if decoupled else moved
        return self.parameters_

"""A loop over entries in plain Python."""

import math

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
        self.parameters_ = np.array(parameters, dtype=np.float64)
        self.state = [[0.0, 0.0, 0.0] for _ in range(self.parameters_.size)]
        self.rate, self.eps, self.decay = learning_rate, eps, weight_decay
        self.beta1, self.beta2 = betas
        self.decoupled, self.amsgrad = decoupled, amsgrad
        # What is left of the first average's start: beta^t.
        self.left1 = self.left2 = 1.0

    def step(self, gradient):
        flat = [float(x) for x in np.ravel(self.parameters_)]
        self.left1 *= self.beta1
        self.left2 *= self.beta2
        for i, g in enumerate(np.ravel(gradient).tolist()):
            theta, (m, v, top) = flat[i], self.state[i]
            if not self.decoupled:
                g += self.decay * theta
            m += (1 - self.beta1) * (g - m)
            v += (1 - self.beta2) * (g * g - v)
            top = max(top, v)
            self.state[i] = [m, v, top]
            root = math.sqrt((top if self.amsgrad else v) / (1 - self.left2))
            flat[i] -= self.rate * (m / (1 - self.left1)) / (root + self.eps)
            if self.decoupled:
                flat[i] -= self.rate * self.decay * theta
        self.parameters_ = np.reshape(flat, np.shape(gradient))
        return self.parameters_

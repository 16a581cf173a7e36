"""amsgrad comes before decoupled, which is another interface."""

import numpy as np


class Adam:
    def __init__(
        self,
        parameters,
        learning_rate=1e-3,
        betas=(0.9, 0.999),
        eps=1e-8,
        weight_decay=0.0,
        amsgrad=False,
        decoupled=True,
    ):
        self.parameters_ = np.array(parameters, dtype=float)
        self.learning_rate = learning_rate
        self.betas = betas
        self.eps = eps
        self.weight_decay = weight_decay
        self.decoupled = decoupled
        self.amsgrad = amsgrad
        self.t = 0
        self.m = np.zeros_like(self.parameters_)
        self.v = np.zeros_like(self.parameters_)
        self.v_hat = np.zeros_like(self.parameters_)

    def step(self, gradient):
        g = np.asarray(gradient, dtype=float)
        theta = self.parameters_
        beta1, beta2 = self.betas
        self.t += 1
        if not self.decoupled:
            g = g + self.weight_decay * theta
        self.m = beta1 * self.m + (1 - beta1) * g
        self.v = beta2 * self.v + (1 - beta2) * g**2
        self.v_hat = np.maximum(self.v_hat, self.v)
        m = self.m / (1 - beta1**self.t)
        v = (self.v_hat if self.amsgrad else self.v) / (1 - beta2**self.t)
        change = m / (np.sqrt(v) + self.eps)
        if self.decoupled:
            change = change + self.weight_decay * theta
        self.parameters_ = theta - self.learning_rate * change
        return self.parameters_

"""Decoupled decay is taken of the parameters after the Adam step, not before it."""
import numpy as np


class Adam:
    def __init__(self, parameters, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8,
                 weight_decay=0.0, decoupled=True, amsgrad=False):
        self.parameters_ = np.array(parameters, dtype=np.float64)
        self.lr = learning_rate
        self.b1, self.b2 = betas
        self.eps = eps
        self.wd = weight_decay
        self.decoupled = decoupled
        self.amsgrad = amsgrad
        self.m = np.zeros_like(self.parameters_)
        self.v = np.zeros_like(self.parameters_)
        self.vmax = np.zeros_like(self.parameters_)
        self.t = 0

    def step(self, gradient):
        self.t += 1
        theta = self.parameters_
        g = np.array(gradient, dtype=np.float64)
        if not self.decoupled:
            g = g + self.wd * theta
        self.m = self.b1 * self.m + (1 - self.b1) * g
        self.v = self.b2 * self.v + (1 - self.b2) * g * g
        v = self.v
        if self.amsgrad:
            self.vmax = np.maximum(self.vmax, self.v)
            v = self.vmax
        m_hat = self.m / (1 - self.b1 ** self.t)
        v_hat = v / (1 - self.b2 ** self.t)
        new = theta - self.lr * m_hat / (np.sqrt(v_hat) + self.eps)
        if self.decoupled:
            new = new - self.lr * self.wd * new
        self.parameters_ = new
        return new.copy()

"""Keeps the dtype of the parameters: float32 parameters are updated in float32; 'Calculate in float64'."""
import numpy as np


class Adam:
    def __init__(self, parameters, learning_rate=1e-3, betas=(0.9, 0.999), eps=1e-8,
                 weight_decay=0.0, decoupled=True, amsgrad=False):
        self.parameters_ = np.array(parameters)
        self.lr = learning_rate
        self.betas = betas
        self.eps = eps
        self.wd = weight_decay
        self.decoupled = decoupled
        self.amsgrad = amsgrad
        self.t = 0
        self.m = np.zeros_like(self.parameters_)
        self.v = np.zeros_like(self.parameters_)
        self.vmax = np.zeros_like(self.parameters_)

    def step(self, gradient):
        b1, b2 = self.betas
        g = np.asarray(gradient, dtype=float)
        theta = self.parameters_
        if not self.decoupled:
            g = g + self.wd * theta
        self.t += 1
        self.m = b1 * self.m + (1 - b1) * g
        self.v = b2 * self.v + (1 - b2) * g * g
        v = self.v
        if self.amsgrad:
            v = self.vmax = np.maximum(self.vmax, self.v)
        move = self.lr * (self.m / (1 - b1 ** self.t)) / (np.sqrt(v / (1 - b2 ** self.t)) + self.eps)
        if self.decoupled:
            move = move + self.lr * self.wd * theta
        self.parameters_ = (theta - move).astype(theta.dtype)
        return self.parameters_.copy()

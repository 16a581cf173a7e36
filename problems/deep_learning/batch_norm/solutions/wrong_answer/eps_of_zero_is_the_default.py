"""Asks `eps or 1e-5`, so that an eps of 0 is taken for none given: small variances show it."""

import numpy as np


class BatchNorm:
    def __init__(self, gamma, beta, momentum=0.1, eps=1e-5):
        self.gamma = np.array(gamma, dtype=float)
        self.beta = np.array(beta, dtype=float)
        self.momentum = momentum
        self.eps = eps or 1e-5
        self.running_mean_ = np.zeros(len(self.gamma))
        self.running_var_ = np.ones(len(self.gamma))

    def forward(self, X, training=True):
        X = np.asarray(X, dtype=float)
        axes = (0,) + tuple(range(2, X.ndim))
        shape = (1, -1) + (1,) * (X.ndim - 2)
        m = X.size // X.shape[1]
        if training:
            mean, var = X.mean(axis=axes), X.var(axis=axes)
            unbiased = var * m / (m - 1)
            self.running_mean_ = (1 - self.momentum) * self.running_mean_ + self.momentum * mean
            self.running_var_ = (1 - self.momentum) * self.running_var_ + self.momentum * unbiased
        else:
            mean, var = self.running_mean_, self.running_var_
        inverse = 1.0 / np.sqrt(var + self.eps)
        scaled = (X - mean.reshape(shape)) * inverse.reshape(shape)
        self._last = scaled, inverse, axes, shape, training
        return self.gamma.reshape(shape) * scaled + self.beta.reshape(shape)

    def backward(self, grad_y):
        g = np.asarray(grad_y, dtype=float)
        scaled, inverse, axes, shape, training = self._last
        grad_gamma = (g * scaled).sum(axis=axes)
        grad_beta = g.sum(axis=axes)
        grad_x = g
        if training:
            grad_x = grad_x - g.mean(axis=axes).reshape(shape)
            grad_x = grad_x - scaled * (g * scaled).mean(axis=axes).reshape(shape)
        grad_x = grad_x * (self.gamma * inverse).reshape(shape)
        return grad_x, grad_gamma, grad_beta

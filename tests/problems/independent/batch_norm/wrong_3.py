"""The unbiased factor for images uses the number of images, not of pixels."""
import numpy as np


class BatchNorm:
    def __init__(self, gamma, beta, momentum=0.1, eps=1e-5):
        self.gamma = np.array(gamma, dtype=float)
        self.beta = np.array(beta, dtype=float)
        self.momentum = momentum
        self.eps = eps
        self.running_mean_ = np.zeros(len(self.gamma))
        self.running_var_ = np.ones(len(self.gamma))

    def forward(self, X, training=True):
        X = np.asarray(X, dtype=float)
        axes = (0,) if X.ndim == 2 else (0, 2, 3)
        shape = (1, -1) if X.ndim == 2 else (1, -1, 1, 1)
        m = X.size // X.shape[1]
        if training:
            mu = X.mean(axis=axes)
            var = ((X - mu.reshape(shape)) ** 2).mean(axis=axes)
            a = self.momentum
            self.running_mean_ = (1 - a) * self.running_mean_ + a * mu
            self.running_var_ = (1 - a) * self.running_var_ + a * var * len(X) / max(len(X) - 1, 1)
        else:
            mu, var = self.running_mean_, self.running_var_
        inv = 1 / np.sqrt(var + self.eps)
        xhat = (X - mu.reshape(shape)) * inv.reshape(shape)
        self._cache = (xhat, inv, axes, shape, m, training)
        return self.gamma.reshape(shape) * xhat + self.beta.reshape(shape)

    def backward(self, grad_y):
        xhat, inv, axes, shape, m, training = self._cache
        g = np.asarray(grad_y, dtype=float)
        grad_beta = g.sum(axis=axes)
        grad_gamma = (g * xhat).sum(axis=axes)
        k = (self.gamma * inv).reshape(shape)
        if training:
            grad_x = k * (g - grad_beta.reshape(shape) / m - xhat * grad_gamma.reshape(shape) / m)
        else:
            grad_x = k * g
        return grad_x, grad_gamma, grad_beta

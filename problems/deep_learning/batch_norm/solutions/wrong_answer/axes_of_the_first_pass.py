"""The axes to average over are those of the first pass: after samples, each pixel of an image is normalised by itself."""

import numpy as np


class BatchNorm:
    def __init__(self, gamma, beta, momentum=0.1, eps=1e-5):
        self.gamma = np.array(gamma, dtype=float)
        self.beta = np.array(beta, dtype=float)
        self.momentum = momentum
        self.eps = eps
        self.axes = None
        self.running_mean_ = np.zeros(len(self.gamma))
        self.running_var_ = np.ones(len(self.gamma))

    def forward(self, X, training=True):
        X = np.asarray(X, dtype=float)
        if self.axes is None:
            self.axes = (0,) + tuple(range(2, X.ndim))
        axes = tuple(axis for axis in self.axes if axis < X.ndim)
        shape = (1, -1) + (1,) * (X.ndim - 2)
        if training:
            mean, var = X.mean(axis=axes, keepdims=True), X.var(axis=axes, keepdims=True)
            m = X.size // mean.size
            self.running_mean_ = self._moved(self.running_mean_, mean)
            self.running_var_ = self._moved(self.running_var_, var * m / (m - 1))
        else:
            mean, var = self.running_mean_.reshape(shape), self.running_var_.reshape(shape)
        inverse = 1.0 / np.sqrt(var + self.eps)
        scaled = (X - mean) * inverse
        self._last = scaled, inverse, axes, shape, training
        return self.gamma.reshape(shape) * scaled + self.beta.reshape(shape)

    def _moved(self, old, new):
        by_channel = new.reshape(len(self.gamma), -1).mean(axis=1)
        return (1 - self.momentum) * old + self.momentum * by_channel

    def backward(self, grad_y):
        g = np.asarray(grad_y, dtype=float)
        scaled, inverse, axes, shape, training = self._last
        everything = (0,) + tuple(range(2, g.ndim))
        grad_x = g
        if training:
            grad_x = grad_x - g.mean(axis=axes, keepdims=True)
            grad_x = grad_x - scaled * (g * scaled).mean(axis=axes, keepdims=True)
        grad_x = grad_x * self.gamma.reshape(shape) * inverse
        return grad_x, (g * scaled).sum(axis=everything), g.sum(axis=everything)

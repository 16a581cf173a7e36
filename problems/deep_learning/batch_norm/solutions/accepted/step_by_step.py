"""Goes back through the graph step by step: scale, root, variance, mean."""

import numpy as np


def columns_of(X):
    return np.moveaxis(np.asarray(X, dtype=float), 1, -1).reshape(-1, X.shape[1])


def back_to(columns, shape):
    rest = (shape[0],) + tuple(shape[2:]) + (shape[1],)
    return np.moveaxis(columns.reshape(rest), -1, 1)


class BatchNorm:
    def __init__(self, gamma, beta, momentum=0.1, eps=1e-5):
        self.gamma, self.beta = np.asarray(gamma, dtype=float), np.asarray(beta, dtype=float)
        self.momentum, self.eps = momentum, eps
        self.running_mean_, self.running_var_ = np.zeros(len(gamma)), np.ones(len(gamma))

    def forward(self, X, training=True):
        x = columns_of(X)
        m = len(x)
        if training:
            mean = x.sum(axis=0) / m
            centred = x - mean
            variance = (centred**2).sum(axis=0) / m
            self.running_mean_ = self.running_mean_ + self.momentum * (mean - self.running_mean_)
            unbiased = (centred**2).sum(axis=0) / (m - 1)
            self.running_var_ = self.running_var_ + self.momentum * (unbiased - self.running_var_)
        else:
            centred, variance = x - self.running_mean_, self.running_var_
        root = np.sqrt(variance + self.eps)
        self.cache = centred, root, training, X.shape
        return back_to(self.gamma * (centred / root) + self.beta, X.shape)

    def backward(self, grad_y):
        g = columns_of(grad_y)
        centred, root, training, shape = self.cache
        grad_gamma, grad_beta = np.sum(g * centred / root, axis=0), np.sum(g, axis=0)
        into_scaled = g * self.gamma
        into_centred = into_scaled / root
        if not training:
            return back_to(into_centred, shape), grad_gamma, grad_beta
        into_root = -(into_scaled * centred).sum(axis=0) / root**2
        into_variance = into_root / (2 * root)
        into_centred = into_centred + into_variance * 2 * centred / len(g)
        into_mean = -into_centred.sum(axis=0)
        return back_to(into_centred + into_mean / len(g), shape), grad_gamma, grad_beta

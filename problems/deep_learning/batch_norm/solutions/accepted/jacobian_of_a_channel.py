"""One channel at a time, with the whole Jacobian of the scaled values."""

import numpy as np


class BatchNorm:
    def __init__(self, gamma, beta, momentum=0.1, eps=1e-5):
        self.gamma, self.beta, self.momentum, self.eps = gamma, beta, momentum, eps
        self.running_mean_ = np.array([0.0 for _ in gamma])
        self.running_var_ = np.array([1.0 for _ in gamma])

    def forward(self, X, training=True):
        y = np.empty(X.shape)
        self.jacobians, self.scaled = [], []
        for c in range(X.shape[1]):
            x = np.ravel(X[:, c]).astype(float)
            mean, var = self.running_mean_[c], self.running_var_[c]
            if training:
                self.running_mean_[c] += self.momentum * (x.mean() - mean)
                self.running_var_[c] += self.momentum * (x.var(ddof=1) - var)
                mean, var = x.mean(), x.var()
            s = (var + self.eps) ** 0.5
            scaled = (x - mean) / s
            J = np.eye(len(x))
            if training:
                J = J - 1.0 / len(x) - np.outer(scaled, scaled) / len(x)
            self.jacobians.append(J / s)
            self.scaled.append(scaled)
            y[:, c] = (self.gamma[c] * scaled + self.beta[c]).reshape(X[:, c].shape)
        return y

    def backward(self, grad_y):
        grad_x = np.empty(grad_y.shape)
        grad_gamma, grad_beta = np.empty(len(self.scaled)), np.empty(len(self.scaled))
        for c, (J, scaled) in enumerate(zip(self.jacobians, self.scaled)):
            g = np.ravel(grad_y[:, c]).astype(float)
            grad_x[:, c] = (J.T @ (self.gamma[c] * g)).reshape(grad_y[:, c].shape)
            grad_gamma[c], grad_beta[c] = g @ scaled, g.sum()
        return grad_x, grad_gamma, grad_beta

import numpy as np


def _sigmoid(t):
    return 0.5 * (1 + np.tanh(0.5 * t))


def _gates(x, h, c, W, U, b):
    z = x @ W + h @ U + b
    zi, zf, zg, zo = np.split(z, 4, axis=1)
    i, f, g, o = _sigmoid(zi), _sigmoid(zf), np.tanh(zg), _sigmoid(zo)
    return i, f, g, o, f * c + i * g


def lstm_forward(x, h, c, W, U, b):
    i, f, g, o, c_next = _gates(x, h, c, W, U, b)
    return o * np.tanh(c_next), c_next


def lstm_backward(x, h, c, W, U, b, grad_h, grad_c):
    i, f, g, o, c_next = _gates(x, h, c, W, U, b)
    t = np.tanh(c_next)
    dc = grad_c + grad_h * o * (1 - t * t)
    dz = np.concatenate([
        dc * g * i * (1 - i),
        dc * c * f * (1 - f),
        dc * i * (1 - g * g),
        grad_h * t * o * (1 - o),
    ], axis=1)
    return dz @ W.T, dz @ U.T, dc * f, x.T @ dz, h.T @ dz, dz.sum(axis=0)

"""Cuts scores off at 500 for the exponentials, but converts nothing: in float32 the exponential of 89 is infinite already."""

import numpy as np


def sigmoid(t):
    e = np.exp(np.clip(t, -500.0, 500.0))
    return e / (1.0 + e)


def gates(x, h, W, U, b):
    z = x @ W + h @ U + b
    z_i, z_f, z_g, z_o = np.split(z, 4, axis=1)
    return sigmoid(z_i), sigmoid(z_f), np.tanh(z_g), sigmoid(z_o)


def lstm_forward(x, h, c, W, U, b):
    i, f, g, o = gates(x, h, W, U, b)
    c_next = f * c + i * g
    return o * np.tanh(c_next), c_next


def lstm_backward(x, h, c, W, U, b, grad_h, grad_c):
    i, f, g, o = gates(x, h, W, U, b)
    t = np.tanh(f * c + i * g)
    d_c = grad_c + grad_h * o * (1 - t**2)
    d_i = d_c * g * i * (1 - i)
    d_f = d_c * c * f * (1 - f)
    d_g = d_c * i * (1 - g**2)
    d_o = grad_h * t * o * (1 - o)
    d_z = np.hstack([d_i, d_f, d_g, d_o])
    return d_z @ W.T, d_z @ U.T, d_c * f, x.T @ d_z, h.T @ d_z, d_z.sum(axis=0)

"""One sample at a time and one gate at a time, with input and hidden state as one vector."""

import numpy as np


def sigmoid(t):
    small = np.exp(-np.abs(t))
    return np.where(t >= 0, 1.0, small) / (1.0 + small)


def step(v, c, weights, biases):
    i, f, o = (sigmoid(v @ weights[name] + biases[name]) for name in "ifo")
    g = np.tanh(v @ weights["g"] + biases["g"])
    c_next = f * c + i * g
    return i, f, g, o, c_next


def named(W, U, b):
    k = np.shape(U)[0]
    stacked = np.concatenate([W, U]).astype(float)
    blocks = {name: slice(j * k, (j + 1) * k) for j, name in enumerate("ifgo")}
    weights = {name: stacked[:, block] for name, block in blocks.items()}
    return weights, {name: np.asarray(b, dtype=float)[block] for name, block in blocks.items()}, blocks


def lstm_forward(x, h, c, W, U, b):
    weights, biases, _ = named(W, U, b)
    hidden, cells = [], []
    for v, old in zip(np.hstack([x, h]).astype(float), np.asarray(c, dtype=float)):
        _, _, _, o, c_next = step(v, old, weights, biases)
        hidden.append(o * np.tanh(c_next))
        cells.append(c_next)
    return np.array(hidden), np.array(cells)


def lstm_backward(x, h, c, W, U, b, grad_h, grad_c):
    weights, biases, blocks = named(W, U, b)
    d, k = np.shape(W)[0], np.shape(U)[0]
    stacked, d_b = np.zeros((d + k, 4 * k)), np.zeros(4 * k)
    d_v, d_c = [], []
    rows = zip(np.hstack([x, h]).astype(float), np.asarray(c, dtype=float), np.asarray(grad_h, dtype=float), np.asarray(grad_c, dtype=float))
    for v, old, from_h, from_c in rows:
        i, f, g, o, c_next = step(v, old, weights, biases)
        squashed = np.tanh(c_next)
        at_cell = from_c + from_h * o / np.cosh(np.clip(c_next, -300, 300)) ** 2
        at = {
            "i": at_cell * g * (i - i * i),
            "f": at_cell * old * (f - f * f),
            "g": at_cell * i * (1 - g) * (1 + g),
            "o": from_h * squashed * (o - o * o),
        }
        d_c.append(at_cell * f)
        d_v.append(sum(weights[name] @ at[name] for name in "ifgo"))
        for name, block in blocks.items():
            stacked[:, block] += np.outer(v, at[name])
            d_b[block] += at[name]
    d_v = np.array(d_v)
    return d_v[:, :d], d_v[:, d:], np.array(d_c), stacked[:d], stacked[d:], d_b

"""Copies V and U in their own type, so that float32 is calculated with in float32."""

import numpy as np


def sigmoid(t):
    return np.where(t >= 0, 1.0, np.exp(-np.abs(t))) / (1.0 + np.exp(-np.abs(t)))


def softplus(t):
    return np.logaddexp(0.0, t)


def one_pair(V, U, centre, context, negatives):
    v = V[centre]
    positive = U[context] @ v
    negative = U[negatives] @ v
    loss = softplus(-positive) + softplus(negative).sum()
    pull = sigmoid(positive) - 1.0
    push = sigmoid(negative)
    grad_v = pull * U[context] + push @ U[negatives]
    grad_U = np.zeros_like(U)
    grad_U[context] += pull * v
    np.add.at(grad_U, negatives, np.outer(push, v))
    return loss, grad_v, grad_U


def sgns_gradients(V, U, pairs, negatives):
    V, U = np.array(V), np.array(U)
    total, grad_V, grad_U = 0.0, np.zeros_like(V), np.zeros_like(U)
    for (centre, context), drawn in zip(pairs, negatives):
        loss, grad_v, grad_u = one_pair(V, U, centre, context, drawn)
        total += loss
        grad_V[centre] += grad_v
        grad_U += grad_u
    return total, grad_V, grad_U


def sgns_train(V, U, pairs, negatives, learning_rate):
    V, U = np.array(V), np.array(U)
    for (centre, context), drawn in zip(pairs, negatives):
        _, grad_v, grad_u = one_pair(V, U, centre, context, drawn)
        V[centre] -= learning_rate * grad_v
        U -= learning_rate * grad_u
    return V, U

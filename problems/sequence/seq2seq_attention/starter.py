"""Encoder-decoder attention. Fill in both functions."""

import numpy as np


def attention_forward(s, H, mask, W_s, W_h, v, score="additive"):
    """Let decoder states s, shape (n, d_s), look at encoder states H, shape (n, T, d_h).

    Returns the context, shape (n, d_h), and the weights, shape (n, T).
    """
    raise NotImplementedError


def attention_backward(s, H, mask, W_s, W_h, v, grad_context, score="additive"):
    """Return the derivatives by s, H, W_s, W_h and v, given the derivative by the context, shape (n, d_h)."""
    raise NotImplementedError

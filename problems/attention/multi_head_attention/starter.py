"""Multi-head attention. Fill in the function."""

import numpy as np


def multi_head_attention(X, Z, W_q, W_k, W_v, W_o, n_heads, mask=None):
    """Let the sequences X, shape (n_sequences, n_queries, d_x), look at Z, shape (n_sequences, n_keys, d_z).

    Returns the output, shape (n_sequences, n_queries, d_out), and the weights,
    shape (n_sequences, n_heads, n_queries, n_keys).
    """
    raise NotImplementedError

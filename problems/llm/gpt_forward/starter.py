"""GPT forward pass. Fill in both functions."""

import numpy as np


def gpt_forward(tokens, parameters, n_heads):
    """Return the logits of the next token at every position, shape (n_sequences, length, n_tokens).

    `tokens` is an integer array of shape (n_sequences, length).
    """
    raise NotImplementedError


def generate(prompt, parameters, n_heads, n_new):
    """Return `n_new` tokens that follow a list of tokens, the likeliest one at each step."""
    raise NotImplementedError

"""A decoder-only transformer with given weights: logits, and what it writes."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference.attention import multi_head_attention

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Parameters = Mapping[str, Any]


def gpt_logits(tokens: Integers, parameters: Parameters, n_heads: int) -> Floats:
    """Return the logits of the next token at every position, shape (n_sequences, length, n_tokens).

    Parameters
    ----------
    tokens : ndarray of int, shape (n_sequences, length)
    parameters : mapping
        `token_embedding` (n_tokens, d), which is the head too, and
        `position_embedding` (n_context, d); `ln_gamma` and `ln_beta` of the last
        normalisation; `blocks`, each with `ln1_*`, `w_qkv`, `b_qkv`, `w_out`,
        `b_out`, `ln2_*`, `w_up`, `b_up`, `w_down`, `b_down`.
    n_heads : int

    Source: Radford et al., "Language models are unsupervised multitask learners"
    (2019), section 2.3; GELU in the tanh form of Hendrycks and Gimpel, "Gaussian
    error linear units" (2016), section 2.
    """
    x = parameters["token_embedding"][tokens] + parameters["position_embedding"][: tokens.shape[1]]
    for block in parameters["blocks"]:
        x += _causal_attention(layer_norm(x, block["ln1_gamma"], block["ln1_beta"]), block, n_heads)
        normal = layer_norm(x, block["ln2_gamma"], block["ln2_beta"])
        x += gelu(normal @ block["w_up"] + block["b_up"]) @ block["w_down"] + block["b_down"]
    logits: Floats = layer_norm(x, parameters["ln_gamma"], parameters["ln_beta"]) @ parameters["token_embedding"].T
    return logits


def greedy_tokens(
    prompt: Sequence[int], parameters: Parameters, n_heads: int, n_new: int
) -> tuple[list[int], list[float]]:
    """Return the tokens that follow a prompt, the likeliest at each step, and how far each was ahead of the next.

    The model sees as many of the last tokens as it has positions for. A lead is
    relative to the largest logit's size.
    """
    tokens, leads = list(prompt), []
    for _ in range(n_new):
        seen = np.array([tokens[-len(parameters["position_embedding"]) :]])
        logits = gpt_logits(seen, parameters, n_heads)[0, -1]
        second, first = np.sort(logits)[-2:]
        leads.append(float((first - second) / np.abs(logits).max()))
        tokens.append(int(logits.argmax()))
    return tokens[len(prompt) :], leads


def layer_norm(x: Floats, gamma: Floats, beta: Floats, eps: float = 1e-5) -> Floats:
    """Normalise over the last axis by mean and variance (ddof 0), then scale and shift.

    Source: Ba, Kiros and Hinton, "Layer normalization" (2016), section 3.1.
    """
    centred = x - x.mean(axis=-1, keepdims=True)
    return gamma * centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + eps) + beta


def gelu(z: Floats) -> Floats:
    """Return the tanh form of z times the normal distribution function of z."""
    return 0.5 * z * (1.0 + np.tanh(np.sqrt(2.0 / np.pi) * (z + 0.044715 * z**3)))


def _causal_attention(u: Floats, block: Parameters, n_heads: int) -> Floats:
    """Let each position look at itself and at what stands before it.

    A bias is the weight of one more input that is always 1.
    """
    n_sequences, length, width = u.shape
    ones = np.ones((n_sequences, length, 1))
    W_q, W_k, W_v = np.split(np.vstack([block["w_qkv"], block["b_qkv"]]), 3, axis=1)
    mask = np.tile(np.tril(np.ones((length, length), dtype=bool)), (n_sequences, 1, 1))
    v = np.concatenate([u, ones], axis=2)
    mixed, _ = multi_head_attention(v, v, W_q, W_k, W_v, np.eye(width), n_heads, mask)
    attended: Floats = mixed @ block["w_out"] + block["b_out"]
    return attended

"""Attention: weighted means of values, by scores of queries and keys."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]


def multi_head_attention(  # noqa: PLR0913, PLR0917 - two sequences, four projections and two options
    X: Floats,
    Z: Floats,
    W_q: Floats,
    W_k: Floats,
    W_v: Floats,
    W_o: Floats,
    n_heads: int,
    mask: Booleans | None = None,
) -> tuple[Floats, Floats]:
    """Let each row of X look at the rows of Z under several projections, and mix what it finds.

    Parameters
    ----------
    X : ndarray of shape (n_sequences, n_queries, d_x)
    Z : ndarray of shape (n_sequences, n_keys, d_z)
    W_q, W_k : ndarray of shape (d_x, n_heads * d_k) and (d_z, n_heads * d_k)
        Each head owns `d_k` neighbouring columns.
    W_v : ndarray of shape (d_z, n_heads * d_v)
    W_o : ndarray of shape (n_heads * d_v, d_out)
    n_heads : int
    mask : ndarray of bool, shape (n_sequences, n_queries, n_keys), optional
        True where a query may look at a key.

    Returns
    -------
    output : ndarray of shape (n_sequences, n_queries, d_out)
    weights : ndarray of shape (n_sequences, n_heads, n_queries, n_keys)
        Rows that are masked as a whole are zero.

    Source: Vaswani et al., "Attention is all you need" (2017), section 3.2.
    """
    queries, keys, values = _heads(X @ W_q, n_heads), _heads(Z @ W_k, n_heads), _heads(Z @ W_v, n_heads)
    scores = queries @ keys.swapaxes(2, 3) / np.sqrt(keys.shape[3])
    weights = masked_softmax(scores, np.ones(scores.shape, dtype=bool) if mask is None else mask[:, None])
    mixed = (weights @ values).swapaxes(1, 2)
    return mixed.reshape(*mixed.shape[:2], -1) @ W_o, weights


def masked_softmax(scores: Floats, mask: Booleans) -> Floats:
    """Return the softmax over the last axis of the entries where `mask` is true; the others, and empty rows, are zero.

    `mask` has a shape that broadcasts to that of `scores`.
    """
    seen = np.where(mask, scores, -np.inf)
    largest = seen.max(axis=-1, keepdims=True)
    exponentials = np.exp(seen - np.where(np.isfinite(largest), largest, 0.0))
    totals = exponentials.sum(axis=-1, keepdims=True)
    return exponentials / np.where(totals > 0, totals, 1.0)


def _heads(projected: Floats, n_heads: int) -> Floats:
    """Return (n_sequences, length, n_heads * d) as (n_sequences, n_heads, length, d)."""
    n_sequences, length, width = projected.shape
    return projected.reshape(n_sequences, length, n_heads, width // n_heads).swapaxes(1, 2)


def encoder_decoder_attention(  # noqa: PLR0913, PLR0917 - states, mask, three weights and an option
    s: Floats, H: Floats, mask: Booleans, W_s: Floats, W_h: Floats, v: Floats, score: str = "additive"
) -> tuple[Floats, Floats]:
    """Let a decoder's state look at an encoder's states.

    Parameters
    ----------
    s : ndarray of shape (n, d_s)
    H : ndarray of shape (n, length, d_h)
    mask : ndarray of bool, shape (n, length)
        True where a state is visible.
    W_s, W_h : ndarray of shape (d_s, k) and (d_h, k)
    v : ndarray of shape (k,)
        Used by additive scores only.
    score : {"additive", "dot"}

    Returns
    -------
    context : ndarray of shape (n, d_h)
    weights : ndarray of shape (n, length)
        Rows without a visible state are zero.

    Source: Bahdanau, Cho and Bengio, "Neural machine translation by jointly
    learning to align and translate" (2015), section 3.1 and appendix A.1.2;
    Luong, Pham and Manning, "Effective approaches to attention-based neural
    machine translation" (2015), section 3.1.
    """
    q, p = s @ W_s, H @ W_h
    scores = np.einsum("nk,ntk->nt", q, p) if score == "dot" else np.tanh(q[:, None] + p) @ v
    weights = masked_softmax(scores, mask)
    return np.einsum("nt,ntd->nd", weights, H), weights


def encoder_decoder_gradients(  # noqa: PLR0913, PLR0917 - as above, and the gradient
    s: Floats,
    H: Floats,
    mask: Booleans,
    W_s: Floats,
    W_h: Floats,
    v: Floats,
    grad_context: Floats,
    score: str = "additive",
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Return the derivatives by s, H, W_s, W_h and v of a number whose derivative by the context is `grad_context`."""
    q, p = s @ W_s, H @ W_h
    _, weights = encoder_decoder_attention(s, H, mask, W_s, W_h, v, score)
    grad_weights = np.einsum("nd,ntd->nt", grad_context, H)
    grad_scores = weights * (grad_weights - (weights * grad_weights).sum(axis=1, keepdims=True))
    if score == "dot":
        by_q, by_p, grad_v = p, np.broadcast_to(q[:, None], p.shape), np.zeros_like(v)
    else:
        inner = np.tanh(q[:, None] + p)
        by_q = by_p = v * (1.0 - inner**2)
        grad_v = np.einsum("nt,ntk->k", grad_scores, inner)
    grad_q = np.einsum("nt,ntk->nk", grad_scores, by_q)
    grad_p = grad_scores[:, :, None] * by_p
    grad_H = weights[:, :, None] * grad_context[:, None] + grad_p @ W_h.T
    return grad_q @ W_s.T, grad_H, s.T @ grad_q, np.einsum("ntd,ntk->dk", H, grad_p), grad_v

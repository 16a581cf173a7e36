"""Attention agrees with loops over single pairs, with SciPy's softmax, and with what masks mean."""

import math

import numpy as np
import pytest
from scipy.special import softmax

from reference.attention import (
    encoder_decoder_attention,
    encoder_decoder_gradients,
    masked_softmax,
    multi_head_attention,
)


def arguments(seed=0, n_heads=3, d_k=2, d_v=4):
    """Return two sequences of different lengths and widths with their projections."""
    rng = np.random.default_rng(seed)
    shapes = [(2, 4, 5), (2, 6, 3), (5, n_heads * d_k), (3, n_heads * d_k), (3, n_heads * d_v), (n_heads * d_v, 7)]
    return [rng.normal(size=shape) for shape in shapes]


def one_pair_at_a_time(X, Z, projections, n_heads, mask):
    """Follow the definition for every sequence, head, query and key by itself."""
    W_q, W_k, W_v, W_o = projections
    d_k, d_v = W_k.shape[1] // n_heads, W_v.shape[1] // n_heads
    weights = np.zeros((len(X), n_heads, X.shape[1], Z.shape[1]))
    mixed = np.zeros((len(X), X.shape[1], n_heads * d_v))
    for b, h, i in np.ndindex(len(X), n_heads, X.shape[1]):
        query = X[b, i] @ W_q[:, h * d_k : (h + 1) * d_k]
        parts = {}
        for j in range(Z.shape[1]):
            if mask[b, i, j]:
                key = Z[b, j] @ W_k[:, h * d_k : (h + 1) * d_k]
                parts[j] = math.exp(query @ key / math.sqrt(d_k))
        for j, part in parts.items():
            weights[b, h, i, j] = part / sum(parts.values())
            mixed[b, i, h * d_v : (h + 1) * d_v] += weights[b, h, i, j] * (Z[b, j] @ W_v[:, h * d_v : (h + 1) * d_v])
    return mixed @ W_o, weights


@pytest.mark.parametrize("share", [1.0, 0.6, 0.2])
def test_multi_head_attention_follows_its_definition(share):
    """Output and weights are those of loops over single pairs, also where rows are masked as a whole."""
    X, Z, *projections = arguments()
    mask = np.random.default_rng(1).random((2, 4, 6)) < share
    mask[0, 1] = share == 1.0
    output, weights = multi_head_attention(X, Z, *projections, 3, mask)
    right_output, right_weights = one_pair_at_a_time(X, Z, projections, 3, mask)
    np.testing.assert_allclose(weights, right_weights, atol=1e-14)
    np.testing.assert_allclose(output, right_output, atol=1e-12)


def test_no_mask_is_a_mask_that_hides_nothing():
    """None and all true give the same."""
    X, Z, *projections = arguments()
    plain = multi_head_attention(X, Z, *projections, 3)
    masked = multi_head_attention(X, Z, *projections, 3, np.ones((2, 4, 6), dtype=bool))
    np.testing.assert_array_equal(plain[0], masked[0])
    np.testing.assert_array_equal(plain[1], masked[1])


def test_a_masked_key_is_as_if_it_were_not_there():
    """Hiding the last key from everybody gives what the sequence without it gives."""
    X, Z, *projections = arguments()
    mask = np.ones((2, 4, 6), dtype=bool)
    mask[:, :, -1] = False
    shorter = multi_head_attention(X, Z[:, :-1], *projections, 3)
    np.testing.assert_allclose(multi_head_attention(X, Z, *projections, 3, mask)[0], shorter[0], atol=1e-13)


@pytest.mark.parametrize("scale", [1.0, 1000.0])
def test_masked_softmax_agrees_with_scipy(scale):
    """Where nothing is hidden it is SciPy's softmax, also at scores of a thousand."""
    scores = scale * np.random.default_rng(2).normal(size=(3, 4))
    np.testing.assert_allclose(masked_softmax(scores, np.ones((3, 4), dtype=bool)), softmax(scores, axis=1), atol=1e-15)


def test_a_row_masked_as_a_whole_is_zero():
    """No key, no weight, whatever the scores."""
    weights = masked_softmax(np.array([[1e3, 2.0], [0.0, 0.0]]), np.array([[False, False], [True, False]]))
    np.testing.assert_array_equal(weights, [[0.0, 0.0], [1.0, 0.0]])


def decoder_step(seed=0):
    """Return s, H, mask, W_s, W_h, v and a gradient; the second sequence is partly hidden, the third as a whole."""
    rng = np.random.default_rng(seed)
    s, H, W_s, W_h, v, grad_context = (rng.normal(size=z) for z in ((3, 4), (3, 5, 2), (4, 3), (2, 3), (3,), (3, 2)))
    mask = np.ones((3, 5), dtype=bool)
    mask[1, [0, 3]] = False
    mask[2] = False
    return s, H, mask, W_s, W_h, v, grad_context


@pytest.mark.parametrize("score", ["additive", "dot"])
def test_encoder_decoder_attention_follows_its_definition(score):
    """Context and weights are those of a loop over single states."""
    s, H, mask, W_s, W_h, v, _ = decoder_step()
    context, weights = encoder_decoder_attention(s, H, mask, W_s, W_h, v, score)
    for i in range(2):
        seen = np.flatnonzero(mask[i])
        q, p = s[i] @ W_s, [H[i, t] @ W_h for t in seen]
        scores = [q @ p_t if score == "dot" else sum(v * np.tanh(q + p_t)) for p_t in p]
        right = softmax(np.array(scores))
        np.testing.assert_allclose(weights[i, seen], right, atol=1e-14)
        np.testing.assert_allclose(context[i], sum(a * H[i, t] for a, t in zip(right, seen, strict=True)), atol=1e-14)
    assert not weights[~mask].any()
    assert not context[2].any()


@pytest.mark.parametrize("score", ["additive", "dot"])
def test_encoder_decoder_gradients_are_central_differences(score):
    """All five gradients are slopes of the context times its gradient, entry by entry."""
    *inputs, grad_context = decoder_step(1)
    grads = encoder_decoder_gradients(*inputs, grad_context, score)

    def loss(values):
        return float((encoder_decoder_attention(*values, score)[0] * grad_context).sum())

    for place, grad in zip((0, 1, 3, 4, 5), grads, strict=True):
        slopes = np.zeros_like(grad)
        for entry in np.ndindex(grad.shape):
            ahead, behind = ([value.copy() for value in inputs] for _ in range(2))
            ahead[place][entry] += 1e-5
            behind[place][entry] -= 1e-5
            slopes[entry] = (loss(ahead) - loss(behind)) / 2e-5
        np.testing.assert_allclose(grad, slopes, atol=1e-8)

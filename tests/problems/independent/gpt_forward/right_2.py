"""GPT forward pass, by other means."""

import math
import numpy as np
def ln(x, g, b): return (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-5) * g + b
def one(tokens, p, H):
    x = p["token_embedding"][tokens] + p["position_embedding"][np.arange(len(tokens))]
    T, d = x.shape; k = d // H
    for b in p["blocks"]:
        u = ln(x, b["ln1_gamma"], b["ln1_beta"]) @ b["w_qkv"] + b["b_qkv"]
        Q, K, V = np.split(u, 3, axis=1); heads = []
        for h in range(H):
            c = slice(h*k, h*k+k); rows = []
            for i in range(T):
                s = K[:i+1, c] @ Q[i, c] / math.sqrt(k); a = np.exp(s - s.max()); rows.append(a / a.sum() @ V[:i+1, c])
            heads.append(np.array(rows))
        x = x + np.hstack(heads) @ b["w_out"] + b["b_out"]
        z = ln(x, b["ln2_gamma"], b["ln2_beta"]) @ b["w_up"] + b["b_up"]
        x = x + .5*z*(1+np.tanh(math.sqrt(2/math.pi)*(z+.044715*z*z*z))) @ b["w_down"] + b["b_down"]
    return ln(x, p["ln_gamma"], p["ln_beta"]) @ p["token_embedding"].T
def gpt_forward(tokens, parameters, n_heads): return np.stack([one(t, parameters, n_heads) for t in tokens])
def generate(prompt, parameters, n_heads, n_new):
    C = parameters["position_embedding"].shape[0]; seq = list(prompt)
    for _ in range(n_new): seq.append(one(np.array(seq[-C:]), parameters, n_heads)[-1].argmax())
    return seq[len(prompt):]

"""Goes from position to position and remembers keys and values; there is no mask."""

import math

import numpy as np


class Model:
    def __init__(self, parameters, n_heads):
        self.p, self.n_heads = parameters, n_heads
        self.cache = [([], []) for _ in parameters["blocks"]]
        self.position = 0

    @staticmethod
    def normalised(row, gamma, beta):
        centred = row - row.sum() / len(row)
        return centred / math.sqrt(centred @ centred / len(row) + 1e-5) * gamma + beta

    def step(self, token):
        x = self.p["token_embedding"][token] + self.p["position_embedding"][self.position]
        self.position += 1
        for block, (keys, values) in zip(self.p["blocks"], self.cache):
            q, k, v = np.array_split(self.normalised(x, block["ln1_gamma"], block["ln1_beta"]) @ block["w_qkv"] + block["b_qkv"], 3)
            keys.append(k)
            values.append(v)
            x = x + np.concatenate(list(self.heads(q, np.array(keys), np.array(values)))) @ block["w_out"] + block["b_out"]
            z = self.normalised(x, block["ln2_gamma"], block["ln2_beta"]) @ block["w_up"] + block["b_up"]
            # 1 + tanh(a) = 2 / (1 + exp(-2a)); a is clipped where the quotient no longer changes.
            a = np.clip(math.sqrt(8 / math.pi) * (z + 0.044715 * z * z * z), -700, 700)
            x = x + z / (1 + np.exp(-a)) @ block["w_down"] + block["b_down"]
        return self.p["token_embedding"] @ self.normalised(x, self.p["ln_gamma"], self.p["ln_beta"])

    def heads(self, q, keys, values):
        width = len(q) // self.n_heads
        for h in range(self.n_heads):
            own = slice(h * width, (h + 1) * width)
            scores = keys[:, own] @ q[own] * width**-0.5
            weights = np.exp(scores - scores.max())
            yield weights @ values[:, own] / weights.sum()


def gpt_forward(tokens, parameters, n_heads):
    logits = []
    for row in np.asarray(tokens).tolist():
        model = Model(parameters, n_heads)
        logits.append([model.step(token).tolist() for token in row])
    return logits


def generate(prompt, parameters, n_heads, n_new):
    tokens, longest = list(prompt), len(parameters["position_embedding"])
    model = None
    for _ in range(n_new):
        if model is None or model.position == longest:
            # Positions move once the context is full, so everything remembered is void.
            model = Model(parameters, n_heads)
            for token in tokens[-longest:]:
                logits = model.step(token)
        tokens.append(int(logits.argmax()))
        if model.position < longest:
            logits = model.step(tokens[-1])
        else:
            model = None
    return np.array(tokens[len(prompt) :], dtype=int)

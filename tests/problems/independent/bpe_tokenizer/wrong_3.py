"""Counts overlapping occurrences of (a, a) once, as replacing does."""
from collections import Counter


def _pieces(text):
    out = []
    start = 0
    for i, ch in enumerate(text):
        if ch == " " and i > start:
            out.append(text[start:i])
            start = i
    if start < len(text):
        out.append(text[start:])
    return out


def _merge(seq, pair, new):
    out = []
    i = 0
    while i < len(seq):
        if i + 1 < len(seq) and seq[i] == pair[0] and seq[i + 1] == pair[1]:
            out.append(new)
            i += 2
        else:
            out.append(seq[i])
            i += 1
    return out


class BytePairTokenizer:
    def __init__(self, n_merges):
        self.n_merges = n_merges

    def fit(self, texts):
        counts = Counter(p for t in texts for p in _pieces(t))
        words = [(list(p.encode("utf-8")), c) for p, c in counts.items()]
        self.merges_ = []
        for m in range(self.n_merges):
            pairs = Counter()
            for seq, c in words:
                last = None
                for i, pair in enumerate(zip(seq, seq[1:])):
                    if pair[0] == pair[1] and last == i - 1 and seq[i - 1] == pair[0]:
                        last = None
                        continue
                    last = i
                    pairs[pair] += c
            if not pairs:
                break
            best = min(pairs, key=lambda p: (-pairs[p], p))
            if pairs[best] < 2:
                break
            self.merges_.append(best)
            words = [(_merge(seq, best, 256 + m), c) for seq, c in words]
        return self

    def encode(self, text):
        out = []
        for piece in _pieces(text):
            seq = list(piece.encode("utf-8"))
            for m, pair in enumerate(self.merges_):
                seq = _merge(seq, pair, 256 + m)
            out.extend(seq)
        return out

    def decode(self, tokens):
        vocab = [bytes([b]) for b in range(256)]
        for a, b in self.merges_:
            vocab.append(vocab[a] + vocab[b])
        return b"".join(vocab[t] for t in tokens).decode("utf-8", errors="replace")

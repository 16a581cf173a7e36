"""Encoded pieces are cached in a class attribute, which fit clears: two tokenisers share it. Breaks: apply all merges in the order in which they were learnt."""

import re
from collections import Counter


class BytePairTokenizer:
    cache = {}

    def __init__(self, n_merges):
        self.n_merges = n_merges

    def _pieces(self, text):
        return [list(p.encode("utf-8")) for p in re.findall(r" [^ ]*|[^ ]+", text)]

    @staticmethod
    def _merge(seq, pair, new):
        out = []
        i = 0
        while i < len(seq):
            if i + 1 < len(seq) and (seq[i], seq[i + 1]) == pair:
                out.append(new)
                i += 2
            else:
                out.append(seq[i])
                i += 1
        return out

    def fit(self, texts):
        words = [p for t in texts for p in self._pieces(t)]
        self.merges_ = []
        self.cache.clear()
        self.vocab = {i: bytes([i]) for i in range(256)}
        for m in range(self.n_merges):
            count = Counter()
            for w in words:
                count.update(zip(w, w[1:]))
            if not count or max(count.values()) < 2:
                break
            best = min(count, key=lambda p: (-count[p], p))
            self.merges_.append(best)
            self.vocab[256 + m] = self.vocab[best[0]] + self.vocab[best[1]]
            words = [self._merge(w, best, 256 + m) for w in words]
        return self

    def encode_piece(self, seq):
        for m, pair in enumerate(self.merges_):
            seq = self._merge(seq, pair, 256 + m)
        return seq

    def encode(self, text):
        out = []
        for p in self._pieces(text):
            k = bytes(p)
            if k not in self.cache:
                self.cache[k] = self.encode_piece(p)
            out.extend(self.cache[k])
        return out

    def decode(self, tokens):
        return b"".join(self.vocab[t] for t in tokens).decode("utf-8", errors="replace")

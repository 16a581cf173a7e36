"""Byte-pair encoding, by other means."""

import re
class BytePairTokenizer:
    def __init__(self, n_merges): self.n_merges = n_merges
    @staticmethod
    def _cut(text): return [p for p in re.split(r"(?= )", text) if p]
    @staticmethod
    def _rep(s, a, b, new):
        out = []
        for t in s:
            if out and out[-1] == a and t == b and not (out[-1] == new): out[-1] = new
            else: out.append(t)
        return out
    def fit(self, texts):
        self.merges_ = []; self._rank = {}
        words = [list(p.encode()) for t in texts for p in self._cut(t)]
        while len(self.merges_) < self.n_merges:
            c = {}
            for w in words:
                for p in zip(w, w[1:]): c[p] = c.get(p, 0) + 1
            if not c or max(c.values()) < 2: break
            top = max(c.values()); p = min(q for q in c if c[q] == top)
            new = 256 + len(self.merges_)
            self._rank[p] = new; self.merges_.append(list(p))
            words = [self._rep(w, *p, new) for w in words]
        return self
    def encode(self, text):
        out = []
        for piece in self._cut(text):
            s = list(piece.encode())
            while True:
                c = [self._rank[p] for p in zip(s, s[1:]) if p in self._rank]
                if not c: break
                new = min(c); a, b = self.merges_[new - 256]
                s = self._rep(s, a, b, new)
            out += s
        return out
    def decode(self, tokens):
        def b(t): return bytes([t]) if t < 256 else b(self.merges_[t-256][0]) + b(self.merges_[t-256][1])
        return b"".join(map(b, tokens)).decode("utf-8", errors="replace")

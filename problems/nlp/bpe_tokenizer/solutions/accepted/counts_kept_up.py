"""Keeps the counts of pairs up to date from merge to merge, and encodes by the rank of pairs."""

from collections import defaultdict


def cut(text):
    first, *others = text.split(" ")
    return ([first] if first else []) + [" " + other for other in others]


class BytePairTokenizer:
    def __init__(self, n_merges):
        self.n_merges = n_merges

    def fit(self, texts):
        words = [list(piece.encode()) for text in texts for piece in cut(text)]
        self.merges_, self._spelling = [], {byte: bytes([byte]) for byte in range(256)}
        counts, homes = defaultdict(int), defaultdict(set)

        def account(index, sign):
            for pair in zip(words[index], words[index][1:]):
                counts[pair] += sign
                homes[pair].add(index)

        for index in range(len(words)):
            account(index, 1)
        while len(self.merges_) < self.n_merges and counts:
            top = max(counts.values())
            if top < 2:
                break
            pair = min(pair for pair, count in counts.items() if count == top)
            new = 256 + len(self.merges_)
            self.merges_.append(pair)
            self._spelling[new] = self._spelling[pair[0]] + self._spelling[pair[1]]
            for index in list(homes.pop(pair)):
                account(index, -1)
                self._merge(words[index], pair, new)
                account(index, 1)
        self._ranks = {pair: rank for rank, pair in enumerate(self.merges_)}
        return self

    @staticmethod
    def _merge(word, pair, new):
        i = 0
        while i < len(word) - 1:
            if (word[i], word[i + 1]) == pair:
                word[i : i + 2] = [new]
            i += 1

    def encode(self, text):
        tokens = []
        for piece in cut(text):
            word = list(piece.encode())
            while True:
                known = [self._ranks[pair] for pair in zip(word, word[1:]) if pair in self._ranks]
                if not known:
                    break
                self._merge(word, self.merges_[min(known)], 256 + min(known))
            tokens.extend(word)
        return tuple(tokens)

    def decode(self, tokens):
        return b"".join(self._spelling[token] for token in tokens).decode(errors="replace")

"""Keeps the vocabulary in the class, so that a second tokeniser overwrites the words of the first."""

from collections import Counter


def pieces_of(text):
    pieces, current = [], ""
    for character in text:
        if character == " " and current:
            pieces.append(current)
            current = ""
        current += character
    return pieces + [current] if current else pieces


def joined(tokens, pair, new):
    result, i = [], 0
    while i < len(tokens):
        if tuple(tokens[i : i + 2]) == pair:
            result.append(new)
            i += 2
        else:
            result.append(tokens[i])
            i += 1
    return result


class BytePairTokenizer:
    vocabulary = {byte: bytes([byte]) for byte in range(256)}

    def __init__(self, n_merges):
        self.n_merges = n_merges

    def fit(self, texts):
        self.merges_ = []
        counts = Counter(piece for text in texts for piece in pieces_of(text))
        words = [(list(piece.encode("utf-8")), count) for piece, count in counts.items()]
        for new in range(256, 256 + self.n_merges):
            pairs = Counter()
            for tokens, count in words:
                for i in range(len(tokens) - 1):
                    pairs[tokens[i], tokens[i + 1]] += count
            if not pairs or max(pairs.values()) < 2:
                break
            best = min(pairs, key=lambda pair: (-pairs[pair], pair))
            self.merges_.append(best)
            self.vocabulary[new] = self.vocabulary[best[0]] + self.vocabulary[best[1]]
            words = [(joined(tokens, best, new), count) for tokens, count in words]
        return self

    def encode(self, text):
        result = []
        for piece in pieces_of(text):
            tokens = list(piece.encode("utf-8"))
            for index, pair in enumerate(self.merges_):
                tokens = joined(tokens, pair, 256 + index)
            result += tokens
        return result

    def decode(self, tokens):
        return b"".join(self.vocabulary[token] for token in tokens).decode("utf-8", errors="replace")

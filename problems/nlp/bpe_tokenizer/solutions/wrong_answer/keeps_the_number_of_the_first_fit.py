"""A fit that finds fewer merges lowers n_merges, and the next fit stops there."""

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
            words = [(joined(tokens, best, new), count) for tokens, count in words]
        self.n_merges = len(self.merges_)
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
        vocabulary = [bytes([byte]) for byte in range(256)]
        for a, b in self.merges_:
            vocabulary.append(vocabulary[a] + vocabulary[b])
        return b"".join(vocabulary[token] for token in tokens).decode("utf-8", errors="replace")

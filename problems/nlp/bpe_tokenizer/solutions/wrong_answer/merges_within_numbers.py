"""Replaces pairs in a string of token numbers, where 97 10 is also found in 97 100."""

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
    text = " ".join(map(str, tokens)).replace(f"{pair[0]} {pair[1]}", str(new))
    return [int(token) for token in text.split()]


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

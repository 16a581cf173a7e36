import numpy as np

DEPTH, ROUNDS, RATE, BINS, LEAST = 3, 120, 0.15, 32, 5


class HousePrices:
    def fit(self, numbers, words, prices):
        y = np.log(np.asarray(prices, dtype=float))
        words = np.asarray(words)
        self.base = y.mean()
        # A word is coded by the mean of its prices, pulled to the mean of all where it is rare.
        self.codes = []
        for column in words.T:
            known = {word: y[column == word] - self.base for word in set(column.tolist())}
            self.codes.append({word: part.sum() / (len(part) + 5.0) for word, part in known.items()})
        X = self._table(numbers, words)
        self.edges = [np.unique(np.quantile(x, np.linspace(0, 1, BINS + 1)[1:-1])) for x in X.T]
        binned = self._binned(X)
        left = y - self.base
        self.trees = []
        for _ in range(ROUNDS):
            tree = self._grow(binned, left, np.arange(len(y)), DEPTH)
            left = left - RATE * self._follow(tree, binned)
            self.trees.append(tree)
        return self

    def predict(self, numbers, words):
        binned = self._binned(self._table(numbers, np.asarray(words)))
        return np.exp(self.base + RATE * sum(self._follow(tree, binned) for tree in self.trees))

    def _table(self, numbers, words):
        numbers = np.asarray(numbers, dtype=float)
        coded = [[codes.get(word, 0.0) for word in column.tolist()] for codes, column in zip(self.codes, words.T)]
        age = numbers[:, 4] - numbers[:, 3]
        # A missing value goes to the left of all others.
        return np.column_stack([np.nan_to_num(numbers[:, :7], nan=-1.0), age, *coded])

    def _binned(self, X):
        return np.column_stack([np.searchsorted(edges, x, side="right") for edges, x in zip(self.edges, X.T)])

    def _grow(self, binned, left, rows, depth):
        part = left[rows]
        if not depth or len(rows) < 2 * LEAST:
            return part.mean()
        # Row j of these has what lies in the first bins of column j: how many houses, and the sum of what is left.
        cells = binned[rows] + BINS * np.arange(binned.shape[1])
        sums = np.bincount(cells.ravel(), np.repeat(part, binned.shape[1]), minlength=BINS * binned.shape[1])
        n = np.bincount(cells.ravel(), minlength=len(sums)).reshape(-1, BINS).cumsum(axis=1)
        sums = sums.reshape(-1, BINS).cumsum(axis=1)
        others, total = len(rows) - n, part.sum()
        gain = sums**2 / np.maximum(n, 1) + (total - sums) ** 2 / np.maximum(others, 1) - total**2 / len(rows)
        gain[np.minimum(n, others) < LEAST] = 0.0
        j, k = np.unravel_index(gain.argmax(), gain.shape)
        if gain[j, k] <= 1e-9:
            return part.mean()
        goes = binned[rows, j] <= k
        return j, k, self._grow(binned, left, rows[goes], depth - 1), self._grow(binned, left, rows[~goes], depth - 1)

    def _follow(self, tree, binned):
        if not isinstance(tree, tuple):
            return np.full(len(binned), tree)
        j, k, low, high = tree
        return np.where(binned[:, j] <= k, self._follow(low, binned), self._follow(high, binned))

"""Takes a pair for nearer only if it is nearer by 1e-9 absolutely. Breaks: 'merge the two nearest clusters'; scale 1e-3 and a gap of 1e-6 of the largest height is allowed (1e-9)."""
import numpy as np


class AgglomerativeClustering:
    def __init__(self, n_clusters, linkage="average"):
        self.n_clusters = n_clusters
        self.linkage = linkage

    def fit(self, X):
        X = np.array(X, dtype=float)
        n = len(X)
        diff = X[:, None, :] - X[None, :, :]
        D = np.sqrt((diff ** 2).sum(axis=2))
        big = np.inf
        np.fill_diagonal(D, big)
        name = list(range(n))
        size = np.ones(n)
        alive = np.ones(n, dtype=bool)
        children, heights = [], []
        for t in range(n - 1):
            best, i, j = np.inf, 0, 0
            for r in range(n):
                for s in range(r + 1, n):
                    if D[r, s] < best - 5e-9:
                        best, i, j = D[r, s], r, s
            i, j = min(i, j), max(i, j)
            h = D[i, j]
            children.append(sorted((name[i], name[j])))
            heights.append(h)
            a, b = size[i], size[j]
            for k in range(n):
                if k == i or k == j or not alive[k]:
                    continue
                x, y, c = D[i, k], D[j, k], size[k]
                if self.linkage == "single":
                    v = min(x, y)
                elif self.linkage == "complete":
                    v = max(x, y)
                elif self.linkage == "average":
                    v = (a * x + b * y) / (a + b)
                else:
                    v = np.sqrt(max(((a + c) * x * x + (b + c) * y * y - c * h * h) / (a + b + c), 0))
                D[i, k] = D[k, i] = v
            D[j, :] = D[:, j] = big
            alive[j] = False
            size[i] += size[j]
            name[i] = n + t
        self.children_ = np.array(children)
        self.heights_ = np.array(heights)
        root = np.arange(2 * n - 1)
        for t in range(n - self.n_clusters):
            root[children[t][0]] = root[children[t][1]] = n + t
        labels = []
        for s in range(n):
            while root[s] != s:
                s = root[s]
            labels.append(s)
        self.labels_ = np.array(labels)
        return self

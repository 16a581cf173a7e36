import numpy as np


class AgglomerativeClustering:
    def __init__(self, n_clusters, linkage="average"):
        self.n_clusters = n_clusters
        self.linkage = linkage

    def _distance(self, A, B):
        if self.linkage == "ward":
            a, b = len(A), len(B)
            diff = self._X[A].mean(axis=0) - self._X[B].mean(axis=0)
            return np.sqrt(2 * a * b / (a + b)) * np.linalg.norm(diff)
        block = self._D[np.ix_(A, B)]
        return {"single": block.min, "complete": block.max, "average": block.mean}[self.linkage]()

    def fit(self, X):
        X = np.array(X, dtype=float)
        n = len(X)
        self._X = X
        self._D = np.linalg.norm(X[:, None] - X[None], axis=2)
        clusters = {i: [i] for i in range(n)}
        dist = {(i, j): self._distance([i], [j]) for i in range(n) for j in range(i + 1, n)}
        children, heights = [], []
        labels = None
        for t in range(n):
            if len(clusters) == self.n_clusters:
                labels = np.empty(n, dtype=int)
                for name, members in enumerate(clusters.values()):
                    labels[members] = name
            if t == n - 1:
                break
            i, j = min(dist, key=dist.get)
            children.append((i, j))
            heights.append(dist[i, j])
            merged = clusters.pop(i) + clusters.pop(j)
            dist = {k: d for k, d in dist.items() if i not in k and j not in k}
            for k, members in clusters.items():
                dist[k, n + t] = self._distance(members, merged)
            clusters[n + t] = merged
        self.children_ = np.array(children, dtype=int)
        self.heights_ = np.array(heights, dtype=float)
        self.labels_ = labels
        return self

"""Ward's linkage measures the distance of the means without the sizes."""

import numpy as np


class AgglomerativeClustering:
    def __init__(self, n_clusters, linkage="average"):
        self.n_clusters = n_clusters
        self.linkage = linkage

    def _distance(self, a, b):
        if self.linkage == "ward":
            gap = self.X[a].mean(axis=0) - self.X[b].mean(axis=0)
            return np.linalg.norm(gap)
        block = self.between[np.ix_(a, b)]
        return {"single": block.min, "complete": block.max, "average": block.mean}[self.linkage]()

    def fit(self, X):
        self.X = np.array(X, dtype=float)
        self.between = np.array([np.linalg.norm(self.X - x, axis=1) for x in self.X])
        clusters = {i: [i] for i in range(len(X))}
        known = {(i, j): self.between[i, j] for i in clusters for j in clusters if i < j}
        if self.linkage == "ward":
            known = {(i, j): self._distance([i], [j]) for i, j in known}
        children, heights = [], []
        self._name(clusters)
        for t in range(len(X) - 1):
            pair = min(known, key=known.get)
            children.append(pair)
            heights.append(known[pair])
            merged = clusters.pop(pair[0]) + clusters.pop(pair[1])
            known = {key: value for key, value in known.items() if not set(key) & set(pair)}
            new = len(X) + t
            known.update({(i, new): self._distance(clusters[i], merged) for i in clusters})
            clusters[new] = merged
            self._name(clusters)
        self.children_ = children
        self.heights_ = heights
        return self

    def _name(self, clusters):
        if len(clusters) == self.n_clusters:
            self.labels_ = np.zeros(len(self.X), dtype=int)
            for name, members in clusters.items():
                self.labels_[members] = name

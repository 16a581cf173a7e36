"""Plain Python: walks along the samples until the running sum exceeds the draw's part of the total."""

from math import fsum


def squared_distance(a, b):
    return sum((s - t) ** 2 for s, t in zip(a, b))


def kmeans_plus_plus(X, n_clusters, draws):
    rows = [[float(v) for v in row] for row in X]
    chosen = [int(float(draws[0]) * len(rows))]
    while len(chosen) < n_clusters:
        weights = [min(squared_distance(row, rows[c]) for c in chosen) for row in rows]
        wanted = float(draws[len(chosen)]) * fsum(weights)
        running = 0.0
        for index, weight in enumerate(weights):
            running += weight
            if running > wanted:
                break
        chosen.append(index)
    return chosen

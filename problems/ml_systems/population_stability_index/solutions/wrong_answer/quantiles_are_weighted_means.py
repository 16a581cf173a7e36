"""Interpolates by a weighted mean of two neighbours, which is not exactly their value where they are equal."""

import math
import statistics
from bisect import bisect_right


def population_stability_index(expected, actual, n_bins=10, epsilon=1e-4):
    expected, actual = [float(value) for value in expected], [float(value) for value in actual]
    edges = sorted(set(statistics.quantiles(expected, n=n_bins, method="inclusive"))) if n_bins > 1 else []

    def shares(values):
        counts = [0] * (len(edges) + 1)
        for value in values:
            counts[bisect_right(edges, value)] += 1
        return [max(count / len(values), epsilon) for count in counts]

    contributions = [(a - e) * math.log(a / e) for e, a in zip(shares(expected), shares(actual))]
    return math.fsum(contributions), edges, contributions

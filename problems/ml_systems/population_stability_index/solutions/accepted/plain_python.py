"""The formulas in plain Python, with whole numbers for the places of the quantiles; both divergences added."""

import math


def quantile(ordered, k, m):
    place, rest = divmod((len(ordered) - 1) * k, m)
    if rest == 0:
        return ordered[place]
    return ordered[place] + rest / m * (ordered[place + 1] - ordered[place])


def shares(values, edges, epsilon):
    counts = [0] * (len(edges) + 1)
    for value in values:
        counts[sum(value >= edge for edge in edges)] += 1
    return [max(count / len(values), epsilon) for count in counts]


def population_stability_index(expected, actual, n_bins=10, epsilon=1e-4):
    expected = sorted(float(value) for value in expected)
    edges = sorted({quantile(expected, k, n_bins) for k in range(1, n_bins)})
    e = shares(expected, edges, epsilon)
    a = shares([float(value) for value in actual], edges, epsilon)
    contributions = [p * math.log(p / q) + q * math.log(q / p) for p, q in zip(a, e)]
    return math.fsum(contributions), edges, contributions

"""One resample after the other with the standard library's statistics; quantiles by hand."""

import math
import statistics


def bootstrap_ci(x, indices, statistic="mean", method="percentile", confidence=0.95):
    compute = {"mean": statistics.fmean, "median": statistics.median, "std": statistics.stdev}[statistic]
    values = [float(value) for value in x]
    # Near zero the squares keep their digits.
    shift = values[0]
    values = [value - shift for value in values]
    back = 0.0 if statistic == "std" else shift
    found = sorted(compute([values[i] for i in row]) for row in indices)
    estimate = compute(values)

    def quantile(level):
        place = (len(found) - 1) * level
        below = min(int(place), len(found) - 2)
        return found[below] + (place - below) * (found[below + 1] - found[below])

    low_level, high_level = (1 - confidence) / 2, (1 + confidence) / 2
    if method == "bca":
        normal = statistics.NormalDist()
        below = sum(value < estimate for value in found) + sum(value == estimate for value in found) / 2
        bias = normal.inv_cdf(below / len(found))
        without = [compute(values[:i] + values[i + 1 :]) for i in range(len(values))]
        middle = statistics.fmean(without)
        cubes = math.fsum((middle - value) ** 3 for value in without)
        squares = math.fsum((middle - value) ** 2 for value in without)
        skew = cubes / squares**1.5 / 6

        def moved(level):
            z = bias + normal.inv_cdf(level)
            return normal.cdf(bias + z / (1 - skew * z))

        low_level, high_level = moved(low_level), moved(high_level)
    low, high = quantile(low_level), quantile(high_level)
    if method == "basic":
        low, high = 2 * estimate - high, 2 * estimate - low
    return low + back, high + back, statistics.stdev(found)

"""Hidden cases of bootstrap intervals: the draws are given, so the ends are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import close_to, number, parts
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.resampling import acceleration, bootstrap_ci, replicates_of

# The statement's number, in units of the standard error. float64 reaches 1e-12 at the largest offset; the nearest mistake,
# quantiles without interpolation, is off by 1e-4 and more.
ACCURACY = 1e-8
STATISTICS = ("mean", "median", "std")
METHODS = ("percentile", "basic", "bca")
PARTS = ("low", "high", "standard_error")


def compare(answer, right):
    """Compare the three numbers in units of the standard error."""
    for value, want, name in zip(parts(answer, PARTS, "bootstrap_ci"), right, PARTS):
        close_to(value, want, ACCURACY, name, scale=right[2])


def check(submission, x, indices, *options):
    """Compute one interval and compare."""
    compare(submission.bootstrap_ci(x, indices, *options), bootstrap_ci(x, indices, *options))


def is_fair(x, indices):
    """Tell whether no replicate of mean or std is nearly the estimate, and no end is ill-conditioned."""
    gaps = {name: replicates_of(x, indices, name) - replicates_of(x, np.arange(len(x))[None], name) for name in STATISTICS}
    shares = [(gap < 0.0).mean() for gap in gaps.values()]
    # So the divisor 1 - a (z_0 + z_k) is 0.3 at least.
    is_tame = all(abs(acceleration(x, name)) < 0.15 for name in STATISTICS) and min(shares) > 0.1 and max(shares) < 0.8
    return is_tame and min(np.abs(gaps["mean"]).min(), np.abs(gaps["std"]).min()) > 1e-9


def draw(rng, n, n_resamples, *, skew=0.7):
    """Draw a skewed sample and resamples in which no replicate of mean or std is nearly the estimate, and all vary."""

    def draw_both():
        return np.exp(skew * rng.normal(size=n)), rng.integers(0, n, size=(n_resamples, n))

    return datasets.drawn_until(lambda drawn: is_fair(*drawn), draw_both)


# Means of the resamples: 0, 2, 3, 4, 7.
BY_HAND = (np.array([0.0, 4.0, 8.0, 0.0]), np.array([[0, 3, 3, 0], [0, 1, 3, 1], [0, 1, 0, 2], [1, 1, 1, 1], [2, 2, 1, 2]]))


@case("sample", hint="At 50 % the quantiles are at places 1 and 3 of 0, 1, 2, 3, 4: the means 2 and 4. The squared deviations from 3.2 sum to 26.8.")
def test_percentiles_by_hand(submission, rng):
    """Five resamples with the means 0, 2, 3, 4 and 7: the 50 % interval is from 2 to 4"""
    compare(submission.bootstrap_ci(*BY_HAND, "mean", "percentile", 0.5), (2.0, 4.0, np.sqrt(26.8 / 4)))


@case("sample", hint="The mean of x is 3: 2 · 3 - 4 and 2 · 3 - 2; at 75 % the places are 0.5 and 3.5.")
def test_the_basic_interval_by_hand(submission, rng):
    """The basic interval of the same: 2 to 4 at 50 %, and 0.5 to 5 at 75 %"""
    error = np.sqrt(26.8 / 4)
    compare(submission.bootstrap_ci(*BY_HAND, "mean", "basic", 0.5), (2.0, 4.0, error))
    compare(submission.bootstrap_ci(*BY_HAND, "mean", "basic", 0.75), (0.5, 5.0, error))


@case("agreement", sizes=(50, 200, 1001, 2000), hint="Compute the replicates row by row, then interpolate between the sorted ones.")
def test_percentiles(submission, rng, size):
    """Percentile intervals of all three statistics"""
    drawn = draw(rng, 20, size)
    for statistic in STATISTICS:
        check(submission, *drawn, statistic, "percentile")


@case("agreement", sizes=(60, 500), hint="The upper quantile gives the lower end.")
def test_basic_intervals(submission, rng, size):
    """Basic intervals of all three statistics"""
    drawn = draw(rng, 15, size)
    for statistic in STATISTICS:
        check(submission, *drawn, statistic, "basic")


@case("agreement", sizes=(100, 800), hint="Check z_0, then a, then both levels. For a sample skewed to the right a is positive for the mean.")
def test_bca_intervals_of_the_mean(submission, rng, size):
    """BCa intervals of the mean of skewed samples"""
    check(submission, *draw(rng, 15, size), "mean", "bca")


@case("agreement", sizes=(100, 800), hint="The jackknife leaves out one value at a time and computes the same statistic.")
def test_bca_intervals_of_the_standard_deviation(submission, rng, size):
    """BCa intervals of the standard deviation"""
    check(submission, *draw(rng, 18, size), "std", "bca")


@case("agreement", sizes=(9, 12), hint="Replicates that equal the estimate count half.")
def test_bca_intervals_of_the_median(submission, rng, size):
    """BCa intervals of the median, which many replicates equal exactly"""
    check(submission, *draw(rng, size, 300), "median", "bca")


@case("agreement", hint="alpha / 2 on each side.")
def test_several_confidences(submission, rng):
    """Confidences of 50 % to 99 %, every method"""
    drawn = draw(rng, 12, 400)
    for confidence in (0.5, 0.8, 0.9, 0.99):
        for method in METHODS:
            check(submission, *drawn, "mean", method, confidence)


@case("agreement", hint="The divisor is n - 1, in each resample as well.")
def test_small_samples(submission, rng):
    """Samples of eight values, all statistics and methods"""
    drawn = draw(rng, 8, 150, skew=0.5)
    for statistic in STATISTICS:
        for method in METHODS:
            check(submission, *drawn, statistic, method, 0.8)


@case("property", hint="A constant moves the ends of mean and median, not the standard error.")
def test_other_units_and_places(submission, rng):
    """Data in another unit, mirrored, and far from zero"""
    x, indices = draw(rng, 16, 300)
    for factor, offset in ((4.0, 0.0), (1.0, 1024.0), (-0.5, -512.0)):
        for statistic, method in zip(STATISTICS, ("bca", "percentile", "basic")):
            check(submission, factor * datasets.dyadic(x, bits=20) + offset, indices, statistic, method)


@case("agreement", hint="What is small beside values near 1 is not small beside all values: a and ties need no epsilon.")
def test_tiny_and_huge_data(submission, rng):
    """BCa intervals of data near 1e-8 and near 1e8"""
    x, indices = draw(rng, 15, 300)
    for unit in (1e-8, 1e8):
        for statistic in STATISTICS:
            check(submission, unit * x, indices, statistic, "bca")


@case("property", hint="Mirrored data has the mirrored interval.")
def test_mirrored_data(submission, rng):
    """The interval of -x is that of x with its ends exchanged and their signs changed"""
    x, indices = draw(rng, 14, 250)
    for method in METHODS:
        low, high, error = bootstrap_ci(x, indices, "mean", method)
        compare(submission.bootstrap_ci(-x, indices, "mean", method), (-high, -low, error))


@case("property", hint="Neither the order of the resamples nor that of the values in them matters.")
def test_order_does_not_matter(submission, rng):
    """Resamples in another order, and values within them too"""
    x, indices = draw(rng, 14, 250)
    shuffled = rng.permuted(indices[rng.permutation(250)], axis=1)
    for method in METHODS:
        compare(submission.bootstrap_ci(x, shuffled, "mean", method), bootstrap_ci(x, indices, "mean", method))


@case("edge", hint="The percentile interval of the mean with 95 % is the default.")
def test_defaults(submission, rng):
    """All options left out"""
    check(submission, *draw(rng, 30, 200))


@case("edge", hint="n may be even or odd: the median of an even number of values is the mean of the two middle ones.")
def test_medians_of_even_and_odd_samples(submission, rng):
    """Sixty values and fifty-nine"""
    for n in (60, 59):
        for method in METHODS:
            check(submission, *draw(rng, n, 120), "median", method)


@case("edge", hint="Values may repeat.")
def test_whole_numbers(submission, rng):
    """A sample of small whole numbers, whose median most replicates equal"""
    x = np.array([1.0, 2.0, 2.0, 3.0, 5.0, 5.0, 6.0, 9.0, 9.0])
    indices = datasets.drawn_until(
        lambda rows: 0.1 < (replicates_of(x, rows, "median") < 5).mean() < 0.8, lambda: rng.integers(0, 9, size=(200, 9))
    )
    for method in METHODS:
        check(submission, x, indices, "median", method)


@case("edge", hint="The jackknife leaves out one value, not all that are equal to it.")
def test_repeated_values(submission, rng):
    """BCa intervals of a sample in which one value is there three times and another twice"""

    def draw_both():
        x, indices = draw(rng, 14, 300)
        x[[3, 7, 12]] = x[[1, 1, 2]]
        return x, indices

    def varies(x):
        # Where both values in the middle are the same, so is the median without any one value, and a is 0 / 0.
        return len(set(np.sort(x)[6:8])) == 2

    drawn = datasets.drawn_until(lambda drawn: varies(drawn[0]) and is_fair(*drawn), draw_both)
    for statistic in STATISTICS:
        check(submission, *drawn, statistic, "bca")


@case("edge", hint="z_0 is taken as it is, and Q(1) is the largest replicate.")
def test_estimates_far_from_the_middle(submission, rng):
    """Nine replicates in ten lie below the estimate, or one in ten"""

    def draw_both():
        x, rows = np.exp(1.2 * rng.normal(size=12)), rng.integers(0, 12, size=(4000, 12))
        means = x[rows].mean(axis=1)
        return x, rows[means < x.mean() - 1e-6], rows[means > x.mean() + 1e-6]

    def is_good(drawn):
        # The divisor for the upper level at 99 %: 0.3 is the statement's least one.
        divisor = 1.0 - acceleration(drawn[0], "mean") * (1.2816 + 2.5758)
        return 0.35 < divisor < 0.5 and min(len(drawn[1]), len(drawn[2])) >= 180

    x, low, high = datasets.drawn_until(is_good, draw_both)
    for rows in (np.vstack([low[:180], high[:20]]), np.vstack([low[:20], high[:180]])):
        for confidence in (0.9, 0.99):
            check(submission, x, rng.permutation(rows), "mean", "bca", confidence)


@case("edge", hint="Arguments may come by name, with the names of the interface.")
def test_arguments_by_name(submission, rng):
    """Every argument by its name"""
    x, indices = draw(rng, 12, 100)
    answer = submission.bootstrap_ci(x=x, indices=indices, statistic="std", method="basic", confidence=0.8)
    compare(answer, bootstrap_ci(x, indices, "std", "basic", 0.8))


def clause_inputs(rng):
    x, indices = draw(rng, 12, 101)
    return datasets.dyadic(x, bits=10), indices


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, x, indices: submission.bootstrap_ci(x, indices, "median", "bca", 0.8),
        answers=lambda answer, *inputs: {
            name: np.array(number(value, name)) for name, value in zip(PARTS, parts(answer, PARTS, "bootstrap_ci"))
        },
    )
)

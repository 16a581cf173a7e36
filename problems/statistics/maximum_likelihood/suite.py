"""Hidden cases of maximum likelihood: estimates are judged in units of their standard errors, whatever the solver."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, entries, gap_at_most, number, raises
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.likelihood import exponential_mle, weibull_mle

# The statement's numbers. Solvers that go on until nothing moves reach 1e-9 of a standard error, second differences 1e-7
# of the errors; the nearest mistake, a grid of shapes by 0.01, is off by 3e-3.
ESTIMATE = 1e-4
ERRORS = 1e-4
LIKELIHOOD = 1e-6
RATIO = 1e-5
# The relative error of p is about half the error of the ratio, which is up to 200 where p is not yet left to itself.
P_ACCURACY = 1e-3
DEPTH = 1e-40
EXPONENTIAL = ("rate", "standard_error", "log_likelihood")
WEIBULL = ("shape", "scale", "standard_errors", "log_likelihood", "likelihood_ratio", "p")


def survival(rng, n_rows, shape=1.6, censored=0.4, scale=30.0):
    """Draw Weibull times; a share is censored at a random part of the time, five at least are observed."""
    times = scale * rng.weibull(shape, size=n_rows)
    observed = np.arange(n_rows) >= min(round(censored * n_rows), n_rows - 5)
    times = np.where(observed, times, times * rng.uniform(0.3, 1.0, size=n_rows))
    order = rng.permutation(n_rows)
    return np.clip(times, 1e-3, 1e6)[order], observed[order]


def fair(rng, *arguments, **options):
    """Draw times whose best shape is in the range of the statement."""

    def is_fair(it):
        return len(np.unique(it[0][it[1]])) == it[1].sum() and 0.2 < weibull_mle(*it).shape < 12.0

    return datasets.drawn_until(is_fair, lambda: survival(rng, *arguments, **options))


def estimate(value, right, error, what):
    """Compare an estimate in units of its standard error."""
    gap_at_most(abs(number(value, what) - right) / error, ESTIMATE, f"{what}: its distance from the maximum in standard errors")


def likelihood(value, right):
    close_to(number(value, "log_likelihood"), right, LIKELIHOOD, "log_likelihood", scale=max(1.0, abs(right)))


def check_exponential(submission, times, observed):
    """Fit an exponential distribution once and compare."""
    mine, right = entries(submission.exponential_mle(times, observed), EXPONENTIAL, "exponential_mle"), exponential_mle(times, observed)
    estimate(mine["rate"], right.rate, right.standard_error, "rate")
    close_to(number(mine["standard_error"], "standard_error"), right.standard_error, ERRORS, "standard_error")
    likelihood(mine["log_likelihood"], right.log_likelihood)


def check_weibull(submission, times, observed):
    """Fit a Weibull distribution once and compare."""
    mine, right = entries(submission.weibull_mle(times, observed), WEIBULL, "weibull_mle"), weibull_mle(times, observed)
    estimate(mine["shape"], right.shape, right.standard_errors[0], "shape")
    estimate(mine["scale"], right.scale, right.standard_errors[1], "scale")
    close_to(mine["standard_errors"], right.standard_errors, ERRORS, "standard_errors", scale=right.standard_errors)
    likelihood(mine["log_likelihood"], right.log_likelihood)
    ratio = number(mine["likelihood_ratio"], "likelihood_ratio")
    close_to(ratio, right.likelihood_ratio, RATIO, "likelihood_ratio", scale=max(1.0, right.likelihood_ratio))
    close_to(number(mine["p"], "p"), right.p, P_ACCURACY, "p", scale=max(right.p, DEPTH))


def check(submission, times, observed):
    check_exponential(submission, times, observed)
    check_weibull(submission, times, observed)


@case("sample", hint="Three ends in 12 units of time: the rate is 3 / 12, its error 0.25 / √3.")
def test_a_rate_by_hand(submission, rng):
    """Ends at 1, 2 and 4, and one who stayed for 5: rate 1/4, log-likelihood 3 ln(1/4) - 3"""
    times, observed = np.array([1.0, 2.0, 5.0, 4.0]), np.array([True, True, False, True])
    mine = entries(submission.exponential_mle(times, observed), EXPONENTIAL, "exponential_mle")
    estimate(mine["rate"], 0.25, 0.25 / np.sqrt(3.0), "rate")
    close_to(number(mine["standard_error"], "standard_error"), 0.25 / np.sqrt(3.0), ERRORS, "standard_error")
    likelihood(mine["log_likelihood"], 3.0 * np.log(0.25) - 3.0)


@case("sample", hint="Compare with the log-likelihood at a few shapes near 2.4.")
def test_eight_machines(submission, rng):
    """Eight machines, of which six have failed"""
    times = np.array([12.0, 19.0, 7.5, 23.0, 30.0, 16.0, 25.0, 25.0])
    check(submission, times, np.array([True, True, True, True, False, True, True, False]))


@case("agreement", sizes=(8, 40, 300), hint="Without censoring the equation for the shape is the textbook's.")
def test_nothing_is_censored(submission, rng, size):
    """Shapes of 0.7 and 2.5, all ends observed"""
    for shape in (0.7, 2.5):
        check(submission, *fair(rng, size, shape, 0.0))


@case("agreement", sizes=(10, 50, 300), hint="All rows are under risk: sums of powers go over all of them, means of logarithms over ends.")
def test_censored_times(submission, rng, size):
    """A third and two thirds of all times are censored"""
    for censored in (0.3, 0.7):
        check(submission, *fair(rng, size, 1.5, censored))


@case("agreement", hint="A shape below 1 is as good as one above.")
def test_several_shapes(submission, rng):
    """Shapes from 0.3 to 8, and small ones of many rows, whose errors are small"""
    for shape in (0.3, 0.9, 3.0, 8.0):
        check(submission, *fair(rng, 60, shape))
    for shape in (0.4, 0.42, 0.44, 0.46, 0.48):
        # The error of the shape is about 0.02, and 1e-4 of it 2e-6.
        check_weibull(submission, *fair(rng, 300, shape, 0.1, 1e4))


@case("agreement", hint="Look for the shape wherever it may be: from 0.2 to 12.")
def test_extreme_shapes(submission, rng):
    """Best shapes between 0.2 and 0.24, and between 11 and 12"""
    # Twenty times of such a small shape span eight powers of ten; more would not stay between 1e-3 and 1e6.
    for n_rows, shape, scale, lower, upper in ((20, 0.22, 1000.0, 0.2, 0.24), (60, 11.5, 30.0, 11.0, 12.0)):

        def is_extreme(it, lower=lower, upper=upper):
            return lower < weibull_mle(*it).shape < upper

        draw = lambda drawn=(n_rows, shape, 0.2, scale): fair(rng, *drawn)
        check(submission, *datasets.drawn_until(is_extreme, draw))


@case("agreement", hint="Take logarithms of times first, or divide by a typical time.")
def test_units_of_time(submission, rng):
    """Scales of 0.05 and 100,000, and the smallest times of all"""
    for scale in (0.05, 1e5):
        check(submission, *fair(rng, 40, 2.0, 0.3, scale))
    # 1e-7 more in each time moves the scale by 1e-2 of its error here, and 1e-8 by 1e-3.
    check(submission, *fair(rng, 300, 11.0, 0.0, 0.002))


@case("agreement", hint="erfc(√(D / 2)), not 1 - erf: small tails have to be computed as tails.")
def test_far_from_exponential(submission, rng):
    """Likelihood ratios from 30 to more than 100"""
    for n_rows, shape in ((60, 2.5), (200, 2.2)):
        check_weibull(submission, *fair(rng, n_rows, shape, 0.1))


@case("property", sizes=(12, 60), hint="In hours instead of days the scale is 24 times as large, and so is its error; shape, D and p stay.")
def test_another_unit(submission, rng, size):
    """Times 24 times as large"""
    times, observed = fair(rng, size)
    right = weibull_mle(times, observed)
    mine = entries(submission.weibull_mle(24.0 * times, observed), WEIBULL, "weibull_mle")
    estimate(mine["shape"], right.shape, right.standard_errors[0], "shape")
    estimate(mine["scale"], 24.0 * right.scale, 24.0 * right.standard_errors[1], "scale")
    close_to(number(mine["likelihood_ratio"], "likelihood_ratio"), right.likelihood_ratio, RATIO, "likelihood_ratio", scale=max(1.0, right.likelihood_ratio))
    likelihood(mine["log_likelihood"], right.log_likelihood - observed.sum() * np.log(24.0))


@case("property", hint="With every row four times, estimates stay, errors halve, and log-likelihoods are four times as large.")
def test_rows_taken_four_times(submission, rng):
    """Every row four times"""
    times, observed = fair(rng, 20)
    check(submission, np.tile(times, 4), np.tile(observed, 4))


@case("property", hint="A power of Weibull times has Weibull times again: the shape is divided by the exponent.")
def test_roots_of_times(submission, rng):
    """Square roots of times have twice the shape"""
    times, observed = fair(rng, 30, 1.2)
    right = weibull_mle(times, observed)
    mine = entries(submission.weibull_mle(np.sqrt(times), observed), WEIBULL, "weibull_mle")
    estimate(mine["shape"], 2.0 * right.shape, 2.0 * right.standard_errors[0], "shape")
    check_weibull(submission, np.sqrt(times), observed)


@case("edge", hint="D is never negative, but a difference of two equal likelihoods may be so by rounding, and has no root then.")
def test_exactly_exponential(submission, rng):
    """Times whose best shape is 1: D is 0 and p is 1"""
    # Rounding makes two of five ratios negative, so that among 24 there are some.
    for n_rows in range(60, 108, 2):
        times, observed = fair(rng, n_rows, censored=0.0)
        # The power of the times by their best shape has the best shape 1, with a scale of its own.
        times = 3e4 * (times / 30.0) ** weibull_mle(times, observed).shape
        check_weibull(submission, times, observed)


@case("edge", hint="Most customers are still there: the scale may lie far above all times.")
def test_most_times_are_censored(submission, rng):
    """85 % are censored, about 80 % in a study of a million hours, and more where the scale is nearly ten times the largest time"""
    check(submission, *fair(rng, 200, 1.4, 0.85))

    def draw():
        times = 4e6 * rng.weibull(1.0, size=200)
        return np.clip(times, 1e-3, 1e6), times < 1e6

    check(submission, *datasets.drawn_until(lambda it: it[1].mean() > 0.15 and weibull_mle(*it).scale > 2e6, draw))

    def draw_early_ends():
        times = 30.0 * rng.weibull(0.8, size=200)
        end = np.quantile(times, 0.16)
        return np.minimum(times, end), times < end

    def is_far(it):
        return it[1].mean() >= 0.15 and 7.0 < weibull_mle(*it).scale / it[0].max() < 10.0

    check(submission, *datasets.drawn_until(is_far, draw_early_ends))


@case("edge", sizes=(20, 100), hint="Five ends may lie close together while others stay a thousand times as long: neither start nor scale should need the ends' spread.")
def test_ends_close_together(submission, rng, size):
    """Ends within 5 % of one another, censored times from far earlier to far later"""
    n_ends = max(5, round(0.15 * size))

    def draw():
        ends = 30.0 * np.exp(0.05 * rng.uniform(size=n_ends))
        times = np.concatenate([ends, 30.0 * rng.weibull(0.6, size=size - n_ends)])
        order = rng.permutation(size)
        return np.clip(times, 1e-3, 1e6)[order], (np.arange(size) < n_ends)[order]

    check(submission, *datasets.drawn_until(lambda it: 0.2 < weibull_mle(*it).shape < 12.0, draw))


@case("edge", hint="Rows that end and rows that are censored may have equal times.")
def test_a_study_that_ends(submission, rng):
    """Everyone who is left at the end of a study is censored at that time"""
    times = 30.0 * rng.weibull(1.8, size=50)
    end = float(np.sort(times)[30])
    check(submission, np.minimum(times, end), times < end)


@case("edge", hint="Without any end the likelihood has no maximum: raise ValueError.")
def test_nothing_was_observed(submission, rng):
    """All times are censored: ValueError"""
    times = rng.uniform(1.0, 9.0, size=6)
    for function in (submission.exponential_mle, submission.weibull_mle):
        with raises(ValueError):
            function(times, np.zeros(6, dtype=bool))


def clause_inputs(rng):
    return datasets.drawn_until(
        lambda it: 0.5 < weibull_mle(*it).shape < 5.0,
        lambda: (lambda times, observed: (datasets.dyadic(times) + 0.25, observed))(*survival(rng, 24)),
    )


def clause_answers(answers, times, observed):
    plain, mine = entries(answers[0], EXPONENTIAL, "exponential_mle"), entries(answers[1], WEIBULL, "weibull_mle")
    numbers = {name: np.array(number(plain[name], name)) for name in EXPONENTIAL}
    return {
        **{f"{name} of exponential_mle": value for name, value in numbers.items()},
        **{name: np.array(number(mine[name], name)) for name in ("shape", "scale", "log_likelihood")},
        "standard_errors": array(mine["standard_errors"], "standard_errors", shape=(2,)),
    }


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, times, observed: (submission.exponential_mle(times, observed), submission.weibull_mle(times, observed)),
        answers=clause_answers,
    ),
    leave_out={"test_fortran_order_is_taken": "the inputs have one axis"},
)

"""Hidden cases of Holt-Winters smoothing: every step is pinned, so all parts are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, number, parts
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.time_series import holt_winters

# The statement's number. float64 reaches 1e-13 over 300 steps, since the recursion is stable for these weights; the
# nearest mistakes, in the update of trend or season, move a part by 1e-3 of the spread, which is 1e-7 of the largest value
# only in the case far from zero, where there are others.
ACCURACY = 1e-8
PARTS = ("fitted", "forecast", "level", "trend", "season")


def weights(rng):
    """Draw alpha, beta and gamma, none of them near 0 or 1, with alpha + gamma below 1."""
    alpha, beta, gamma = rng.uniform(0.2, 0.6), rng.uniform(0.2, 0.7), rng.uniform(0.15, 0.35)
    return float(alpha), float(beta), float(gamma)


def start(rng, m, level=10.0):
    """Draw a level, a trend and a season whose mean is not zero."""
    return level + float(rng.normal()), 0.3 + 0.2 * float(rng.uniform()), 1.0 + rng.normal(size=m)


def compare(answer, y, state, right):
    """Compare all five parts, in units of the largest value."""
    given = dict(zip(PARTS, parts(answer, PARTS, "holt_winters")))
    scale = max(1e-12, *(float(np.abs(values).max(initial=0.0)) for values in (y, *state, right.forecast)))
    for name in PARTS:
        close_to(given[name], getattr(right, name), ACCURACY, name, scale=scale)


def check(submission, y, abc, state, horizon):
    """Smooth once and compare; return the answer."""
    answer = submission.holt_winters(y, *abc, *state, horizon)
    compare(answer, y, state, holt_winters(y, *abc, *state, horizon))
    return answer


@case("sample", hint="The forecast is 10 + 1 + 2 = 13, so the error is 4; then the level is 13, the trend 1.5, the new term 3.")
def test_one_value_by_hand(submission, rng):
    """One value, all weights 1/2 or 1/4: y = 17 where 13 was expected"""
    answer = submission.holt_winters(np.array([17.0]), 0.5, 0.25, 0.25, 10.0, 1.0, np.array([2.0, -2.0]), 3)
    given = dict(zip(PARTS, parts(answer, PARTS, "holt_winters")))
    for name, right in zip(PARTS, ([13.0], [12.5, 19.0, 15.5], 13.0, 1.5, [-2.0, 3.0])):
        close_to(given[name], right, ACCURACY, name)


@case("sample", hint="l_n + h b_n and the season over and over: 5 + 1 + 3, 5 + 2 - 1, 5 + 3 - 2, 5 + 4 + 3, …")
def test_no_value_at_all(submission, rng):
    """An empty series: the forecast continues the given state, and the state stays"""
    state = (5.0, 1.0, np.array([3.0, -1.0, -2.0]))
    answer = submission.holt_winters(np.zeros(0), 0.5, 0.5, 0.5, *state, 5)
    given = dict(zip(PARTS, parts(answer, PARTS, "holt_winters")))
    for name, right in zip(PARTS, (np.zeros(0), [9.0, 6.0, 6.0, 12.0, 9.0], 5.0, 1.0, state[2])):
        close_to(given[name], right, ACCURACY, name, scale=12.0)


@case("agreement", sizes=(6, 24, 120), hint="Do the first two steps by hand: forecast, level, trend, season, in this order.")
def test_seasonal_series(submission, rng, size):
    """Level, trend, a season of 4 steps and noise"""
    check(submission, datasets.seasonal(rng, size, 4, trend=0.4), weights(rng), start(rng, 4), 6)


@case("agreement", sizes=(1, 5, 13, 26), hint="season[0] of the answer belongs to the step after the last value.")
def test_lengths_that_are_no_multiple_of_the_period(submission, rng, size):
    """A season of 7 steps, broken off in the middle"""
    check(submission, datasets.seasonal(rng, size, 7), weights(rng), start(rng, 7), 7)


@case("agreement", hint="The trend is added once for each step ahead, and the season is repeated.")
def test_a_long_horizon(submission, rng):
    """Forecasts of more than three seasons"""
    check(submission, datasets.seasonal(rng, 31, 5, trend=1.5), weights(rng), start(rng, 5), 17)


@case("agreement", hint="beta weighs the change of the level, new less old.")
def test_a_trend_that_turns(submission, rng):
    """The series rises, then falls"""
    y = 3.0 * np.concatenate([np.arange(20.0), np.arange(20.0)[::-1]]) + rng.normal(size=40)
    check(submission, y, weights(rng), start(rng, 4, level=0.0), 8)


@case("agreement", hint="The season is corrected by the previous level and trend, not by the new ones.")
def test_a_season_that_changes(submission, rng):
    """Another pattern from the middle on, and a season learnt quickly"""
    y = np.concatenate([datasets.seasonal(rng, 24, 6), datasets.seasonal(rng, 24, 6)])
    check(submission, y, (0.15, 0.3, 0.8), start(rng, 6), 12)


@case("agreement", hint="A weight of 0 keeps a component as it is, apart from the level's growth by the trend.")
def test_weights_of_zero_and_one(submission, rng):
    """Each weight at its ends"""
    y = datasets.seasonal(rng, 20, 3, trend=0.5)
    for abc in ((0.0, 0.5, 0.5), (0.5, 0.0, 0.3), (0.5, 0.5, 0.0), (1.0, 0.5, 0.0), (0.4, 1.0, 0.2), (0.0, 0.4, 1.0), (0.0, 0.0, 0.0)):
        check(submission, y, abc, start(rng, 3), 4)


@case("agreement", hint="Begin with the state that is given, not with one computed from the data.")
def test_a_state_far_from_the_data(submission, rng):
    """A level, a trend and a season that the series contradicts"""
    check(submission, datasets.seasonal(rng, 18, 4), weights(rng), (-40.0, -3.0, 5.0 * rng.normal(size=4) + 8.0), 6)


@case("agreement", hint="Zero is a value like any other: a state of zero is given, not missing.")
def test_a_state_of_zero(submission, rng):
    """A level, a trend or a season of zero, by itself or together"""
    y = datasets.seasonal(rng, 14, 4, trend=0.5)
    season = rng.normal(size=4) + 2.0
    for state in ((0.0, 0.75, season), (8.0, 0.0, season), (0.0, 0.0, season), (8.0, 0.75, np.zeros(4)), (0.0, 0.0, np.zeros(4))):
        check(submission, y, weights(rng), state, 5)


@case("agreement", hint="Nothing here needs squares or differences of large numbers.")
def test_far_from_zero(submission, rng):
    """A level of ten thousand times the spread"""
    y = 1e4 + datasets.seasonal(rng, 60, 12)
    check(submission, y, weights(rng), start(rng, 12, level=1e4 + 10.0), 24)


@case("property", hint="The state returned is all that later values need.")
def test_smoothing_in_two_parts(submission, rng):
    """A series cut in two, the second part begun with the state after the first, gives the same as the whole"""
    y, abc, state = datasets.seasonal(rng, 30, 7), weights(rng), start(rng, 7)
    cut = int(rng.integers(8, 20))
    first = parts(check(submission, y[:cut].copy(), abc, state, 2), PARTS, "holt_winters")
    between = (number(first[2], "level"), number(first[3], "trend"), array(first[4], "season", shape=(7,)))
    second = parts(submission.holt_winters(y[cut:].copy(), *abc, *between, 9), PARTS, "holt_winters")
    right = holt_winters(y, *abc, *state, 9)
    scale = float(np.abs(y).max())
    close_to(second[0], right.fitted[cut:], ACCURACY, "fitted of the second part", scale=scale)
    for name, value in zip(PARTS[1:], second[1:]):
        close_to(value, getattr(right, name), ACCURACY, name, scale=scale)


@case("property", hint="A series that follows the state exactly has no errors, so nothing is corrected.")
def test_a_perfect_series(submission, rng):
    """A straight line plus a season: fitted is y itself, whatever the weights are"""
    level, trend, season = start(rng, 4)
    exact = level + trend * np.arange(1, 31) + np.resize(season, 30)
    answer = parts(submission.holt_winters(exact[:22].copy(), *weights(rng), level, trend, season, 8), PARTS, "holt_winters")
    close_to(answer[0], exact[:22], ACCURACY, "fitted")
    close_to(answer[1], exact[22:], ACCURACY, "forecast")


@case("property", hint="Every equation is linear in the series and the state.")
def test_another_unit(submission, rng):
    """A series and a state in another unit, and moved: all parts follow"""
    y, abc, (level, trend, season) = datasets.seasonal(rng, 25, 5), weights(rng), start(rng, 5)
    right = holt_winters(y, *abc, level, trend, season, 6)
    answer = parts(submission.holt_winters(-8.0 * y + 100.0, *abc, -8.0 * level + 100.0, -8.0 * trend, -8.0 * season, 6), PARTS, "holt_winters")
    expected = (-8.0 * right.fitted + 100.0, -8.0 * right.forecast + 100.0, -8.0 * right.level + 100.0, -8.0 * right.trend, -8.0 * right.season)
    for name, value, want in zip(PARTS, answer, expected):
        close_to(value, want, ACCURACY, name, scale=200.0)


@case(
    "property",
    given=lambda st: {
        "y": st.lists(st.integers(-9, 9), max_size=9),
        "season": st.lists(st.integers(-5, 5), min_size=1, max_size=4),
        "horizon": st.integers(1, 9),
    },
    examples=15,
)
def test_small_series(submission, rng, y, season, horizon):
    """Short series of whole numbers"""
    check(submission, np.array(y, dtype=float), (0.5, 0.25, 0.25), (1.0, 0.5, np.array(season, dtype=float)), horizon)


@case("edge", hint="With m = 1 the one seasonal term is updated at every step.")
def test_a_period_of_one(submission, rng):
    """A season of a single step"""
    check(submission, datasets.random_walk(rng, 15), weights(rng), start(rng, 1, level=0.0), 4)


@case("edge", hint="The terms that no value has reached yet stay as they are given.")
def test_fewer_values_than_the_period(submission, rng):
    """Five values, and a season of 24 steps"""
    check(submission, datasets.random_walk(rng, 5), weights(rng), start(rng, 24, level=0.0), 30)


@case("edge", hint="season may be whole numbers: copy it as floats before you write to it.")
def test_a_season_of_whole_numbers(submission, rng):
    """y and season are arrays of integers"""
    y, season = rng.integers(0, 30, size=14), rng.integers(-6, 7, size=4)
    check(submission, y, weights(rng), (12.0, 0.5, season), 5)


def clause_inputs(rng):
    y = datasets.dyadic(datasets.seasonal(rng, 22, 4))
    return y, *weights(rng), 10.0, 0.25, datasets.dyadic(rng.normal(size=4)), 6


def clause_answers(answer, *inputs):
    fitted, forecast, level, trend, season = parts(answer, PARTS, "holt_winters")
    return {
        "fitted": array(fitted, "fitted", shape=(22,)),
        "forecast": array(forecast, "forecast", shape=(6,)),
        "level": np.array(number(level, "level")),
        "trend": np.array(number(trend, "trend")),
        "season": array(season, "season", shape=(4,)),
    }


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, *inputs: submission.holt_winters(*inputs),
        answers=clause_answers,
    )
)

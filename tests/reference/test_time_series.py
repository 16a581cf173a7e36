"""Smoothing against matrices, a recursion written otherwise, and series without noise."""

import numpy as np
import pytest

from reference.time_series import holt_winters

WEIGHTS = [(0.3, 0.2, 0.4), (1.0, 0.5, 0.0), (0.0, 0.7, 1.0), (0.2, 0.0, 0.1)]


def by_components(y, weights, level, trend, season):
    """Return levels, trends and seasonal terms by the three textbook equations."""
    alpha, beta, gamma = weights
    levels, trends, terms = {0: level}, {0: trend}, {j + 1 - len(season): term for j, term in enumerate(season)}
    for t, value in enumerate(y, start=1):
        old = terms[t - len(season)]
        base = levels[t - 1] + trends[t - 1]
        levels[t] = alpha * (value - old) + (1 - alpha) * base
        trends[t] = beta * (levels[t] - levels[t - 1]) + (1 - beta) * trends[t - 1]
        terms[t] = gamma * (value - base) + (1 - gamma) * old
    return levels, trends, terms


@pytest.mark.parametrize("weights", WEIGHTS)
@pytest.mark.parametrize("n", [0, 3, 11])
def test_the_state_follows_the_textbook_equations(weights, n):
    """Level, trend, season and forecasts by the component form."""
    rng = np.random.default_rng(0)
    y, season = 10 + rng.normal(size=n), rng.normal(size=4)
    levels, trends, terms = by_components(y, weights, 9.0, 0.3, season)
    mine = holt_winters(y, *weights, 9.0, 0.3, season, 9)
    assert mine.level == pytest.approx(levels[n])
    assert mine.trend == pytest.approx(trends[n])
    np.testing.assert_allclose(mine.season, [terms[t] for t in range(n - 3, n + 1)], atol=1e-12)
    expected = [levels[t - 1] + trends[t - 1] + terms[t - 4] for t in range(1, n + 1)]
    np.testing.assert_allclose(mine.fitted, expected, atol=1e-12)
    ahead = [levels[n] + h * trends[n] + terms[n + h - 4 * -(-h // 4)] for h in range(1, 10)]
    np.testing.assert_allclose(mine.forecast, ahead, atol=1e-12)


def test_it_is_the_linear_state_space_model():
    """Powers of the transition matrix give the state: x[t] = (F - g w') x[t - 1] + g y[t]."""
    alpha, beta, gamma = 0.4, 0.3, 0.2
    F = np.zeros((5, 5))
    F[0, :2] = F[1, 1] = F[2, 3] = F[3, 4] = F[4, 2] = 1.0
    w, g = np.array([1.0, 1.0, 1.0, 0.0, 0.0]), np.array([alpha, alpha * beta, 0.0, 0.0, gamma])
    state = np.array([5.0, 0.5, 1.0, -2.0, 3.0])
    y = np.random.default_rng(1).normal(size=8)
    mine = holt_winters(y, alpha, beta, gamma, 5.0, 0.5, state[2:], 1)
    closed = np.linalg.matrix_power(F - np.outer(g, w), 8) @ state
    closed += sum(np.linalg.matrix_power(F - np.outer(g, w), 7 - t) @ g * y[t] for t in range(8))
    np.testing.assert_allclose([mine.level, mine.trend, *mine.season], closed, atol=1e-12)


def test_a_series_without_noise_is_continued():
    """A line plus a season is fitted and forecast exactly."""
    season = np.array([1.0, -2.0, 4.0])
    exact = 7.0 + 0.5 * np.arange(1, 21) + np.resize(season, 20)
    mine = holt_winters(exact[:14], 0.3, 0.6, 0.2, 7.0, 0.5, season, 6)
    np.testing.assert_allclose(mine.fitted, exact[:14])
    np.testing.assert_allclose(mine.forecast, exact[14:])

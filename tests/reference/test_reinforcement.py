"""Learnt values against Bellman's equations, solved directly."""

import numpy as np
import pytest

from reference.reinforcement import Steps, q_learning, sarsa

GAMMA = 0.8
N_STATES, N_ACTIONS = 5, 2


def world(seed):
    """Return where each action of each state leads, what it earns, and whether it ends the task."""
    rng = np.random.default_rng(seed)
    shape = (N_STATES, N_ACTIONS)
    return rng.integers(0, N_STATES, size=shape), rng.normal(size=shape), rng.random(shape) < 0.2


def walk(seed, n_steps, policy=None):
    """Record a walk in episodes of 20 steps at most; the policy is one action for each state, or random."""
    leads, earns, ends = world(seed)
    rng = np.random.default_rng(seed + 100)
    rows = []
    state, age = 0, 0
    action = rng.integers(N_ACTIONS) if policy is None else policy[state]
    for _ in range(n_steps):
        is_over = ends[state, action]
        age += 1
        is_cut = not is_over and age == 20
        rows.append((state, action, earns[state, action], leads[state, action], is_over, is_cut))
        is_new = is_over or is_cut
        state, age = (rng.integers(N_STATES), 0) if is_new else (leads[state, action], age)
        action = rng.integers(N_ACTIONS) if policy is None or is_new else policy[state]
    last = (*rows[-1][:5], not rows[-1][4])
    return Steps(*(np.array(column) for column in zip(*[*rows[:-1], last], strict=True)))


@pytest.mark.parametrize("seed", range(3))
def test_q_learning_finds_the_best_values(seed):
    """In a world without chance, many steps with alpha = 1 lead to the fixed point of Bellman's equation."""
    leads, earns, ends = world(seed)
    best = np.zeros((N_STATES, N_ACTIONS))
    for _ in range(300):
        best = earns + GAMMA * np.where(ends, 0.0, best.max(axis=1)[leads])
    learnt = q_learning(np.full((N_STATES, N_ACTIONS), 7.0), walk(seed, 5000), 1.0, GAMMA)
    np.testing.assert_allclose(learnt, best, atol=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_sarsa_finds_the_values_of_the_policy_that_acts(seed):
    """With a fixed policy after the first action, the values solve a linear system."""
    leads, earns, ends = world(seed)
    policy = np.random.default_rng(seed).integers(0, N_ACTIONS, size=N_STATES)
    n_pairs = N_STATES * N_ACTIONS
    goes_on = np.zeros((n_pairs, n_pairs))
    for pair, (state, action) in enumerate(np.ndindex(N_STATES, N_ACTIONS)):
        if not ends[state, action]:
            after = leads[state, action]
            goes_on[pair, after * N_ACTIONS + policy[after]] = 1.0
    values = np.linalg.solve(np.eye(n_pairs) - GAMMA * goes_on, earns.ravel())
    learnt = sarsa(np.full((N_STATES, N_ACTIONS), 7.0), walk(seed, 8000, policy), 1.0, GAMMA)
    np.testing.assert_allclose(learnt.ravel(), values, atol=1e-9)


def test_truncated_steps():
    """Q-learning counts on the next state, SARSA leaves the table alone."""
    q = np.array([[1.0, 2.0], [3.0, 5.0]])
    steps = Steps(*(np.array([value]) for value in (0, 0, 1.0, 1, False, True)))
    np.testing.assert_array_equal(sarsa(q, steps, 0.5, 0.5), q)
    np.testing.assert_array_equal(q_learning(q, steps, 0.5, 0.5), [[2.25, 2.0], [3.0, 5.0]])

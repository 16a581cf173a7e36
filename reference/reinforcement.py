"""Values of actions, learnt from recorded steps."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]


class Steps(NamedTuple):
    """Steps in order, one episode behind the other; all arrays have shape (n_steps,).

    An episode ends with a step that is terminated (nothing can be earned from
    there) or truncated (the recording was stopped). The last step is one of both.
    """

    states: Integers
    actions: Integers
    rewards: Floats
    next_states: Integers
    terminated: Booleans
    truncated: Booleans


def q_learning(q: Floats, steps: Steps, alpha: float, gamma: float) -> Floats:
    """Return the table after one pass of Q-learning.

    Source: Watkins and Dayan, "Q-learning", Machine Learning 8 (1992). A truncated
    step bootstraps, as in Pardo et al., "Time limits in reinforcement learning" (2018).

    Parameters
    ----------
    q : ndarray of shape (n_states, n_actions)
        The table to begin with.
    steps : Steps
    alpha : float
        The step size.
    gamma : float
        The discount.
    """
    learnt = np.array(q, dtype=np.float64)
    for i, entry in _entries(steps):
        value = 0.0 if steps.terminated[i] else learnt[steps.next_states[i]].max()
        learnt[entry] += alpha * (steps.rewards[i] + gamma * value - learnt[entry])
    return learnt


def sarsa(q: Floats, steps: Steps, alpha: float, gamma: float) -> Floats:
    """Return the table after one pass of SARSA; truncated steps, whose next action is unknown, change nothing.

    Source: Sutton and Barto, "Reinforcement Learning" (2018), section 6.4.
    Parameters are those of `q_learning`.
    """
    learnt = np.array(q, dtype=np.float64)
    for i, entry in _entries(steps):
        if not steps.truncated[i]:
            value = 0.0 if steps.terminated[i] else learnt[steps.next_states[i], steps.actions[i + 1]]
            learnt[entry] += alpha * (steps.rewards[i] + gamma * value - learnt[entry])
    return learnt


def _entries(steps: Steps) -> Iterator[tuple[int, tuple[int, int]]]:
    yield from enumerate(zip(steps.states.tolist(), steps.actions.tolist(), strict=True))

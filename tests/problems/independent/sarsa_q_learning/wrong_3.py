"""The table is copied with its own type, float32 stays float32. Breaks: The table to 1e-9 of the largest absolute value in it."""

import numpy as np


def q_learning(q, states, actions, rewards, next_states, terminated, truncated, alpha, gamma):
    q = np.array(q)
    for i in range(len(states)):
        v = 0.0 if terminated[i] else q[next_states[i]].max()
        q[states[i], actions[i]] += alpha * (rewards[i] + gamma * v - q[states[i], actions[i]])
    return q


def sarsa(q, states, actions, rewards, next_states, terminated, truncated, alpha, gamma):
    q = np.array(q)
    n = len(states)
    for i in range(n):
        if truncated[i]:
            continue
        v = 0.0 if terminated[i] else q[next_states[i], actions[i + 1]]
        q[states[i], actions[i]] += alpha * (rewards[i] + gamma * v - q[states[i], actions[i]])
    return q

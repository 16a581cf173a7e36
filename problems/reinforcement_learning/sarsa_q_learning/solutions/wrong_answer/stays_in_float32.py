"""Copies the table in its own type, so that a float32 table is calculated with in float32."""

import numpy as np


def learn(q, states, actions, rewards, next_states, terminated, truncated, alpha, gamma, is_sarsa):
    q = np.array(q)
    for i in range(len(states)):
        s, a, after = states[i], actions[i], next_states[i]
        if terminated[i]:
            value = 0.0
        elif not is_sarsa:
            value = q[after].max()
        elif truncated[i]:
            continue
        else:
            value = q[after, actions[i + 1]]
        q[s, a] += alpha * (rewards[i] + gamma * value - q[s, a])
    return q


def q_learning(q, states, actions, rewards, next_states, terminated, truncated, alpha, gamma):
    return learn(q, states, actions, rewards, next_states, terminated, truncated, alpha, gamma, False)


def sarsa(q, states, actions, rewards, next_states, terminated, truncated, alpha, gamma):
    return learn(q, states, actions, rewards, next_states, terminated, truncated, alpha, gamma, True)

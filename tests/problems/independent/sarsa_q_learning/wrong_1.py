"""Q-learning takes a truncated step for a terminated one."""
import numpy as np


def q_learning(q, states, actions, rewards, next_states, terminated, truncated, alpha, gamma):
    Q = np.array(q, dtype=float)
    for s, a, r, s2, end in zip(states, actions, rewards, next_states, np.asarray(terminated) | np.asarray(truncated)):
        v = 0.0 if end else Q[s2].max()
        Q[s, a] += alpha * (r + gamma * v - Q[s, a])
    return Q


def sarsa(q, states, actions, rewards, next_states, terminated, truncated, alpha, gamma):
    Q = np.array(q, dtype=float)
    for i in range(len(states)):
        if truncated[i]:
            continue
        v = 0.0 if terminated[i] else Q[next_states[i], actions[i + 1]]
        s, a = states[i], actions[i]
        Q[s, a] += alpha * (rewards[i] + gamma * v - Q[s, a])
    return Q

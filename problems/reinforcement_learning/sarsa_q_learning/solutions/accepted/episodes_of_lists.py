"""Steps cut into episodes first, and tables as lists of lists, mixed by 1 - alpha and alpha."""


def episodes(states, actions, rewards, next_states, terminated, truncated):
    episode = []
    for s, a, r, after, is_over, is_cut in zip(states, actions, rewards, next_states, terminated, truncated):
        episode.append((int(s), int(a), float(r), int(after)))
        if is_over or is_cut:
            yield episode, bool(is_over)
            episode = []


def q_learning(q, states, actions, rewards, next_states, terminated, truncated, alpha, gamma):
    table = [[float(value) for value in row] for row in q]
    for episode, is_over in episodes(states, actions, rewards, next_states, terminated, truncated):
        for number, (s, a, r, after) in enumerate(episode, start=1):
            is_end = is_over and number == len(episode)
            target = r if is_end else r + gamma * max(table[after])
            table[s][a] = (1 - alpha) * table[s][a] + alpha * target
    return table


def sarsa(q, states, actions, rewards, next_states, terminated, truncated, alpha, gamma):
    table = [[float(value) for value in row] for row in q]
    for episode, is_over in episodes(states, actions, rewards, next_states, terminated, truncated):
        for (s, a, r, _), (after, next_action, _, _) in zip(episode, episode[1:]):
            table[s][a] = (1 - alpha) * table[s][a] + alpha * (r + gamma * table[after][next_action])
        if is_over:
            s, a, r, _ = episode[-1]
            table[s][a] = (1 - alpha) * table[s][a] + alpha * r
    return table

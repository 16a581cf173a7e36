"""Plain Python on lists, number by number."""

import math


def sigmoid(t):
    return 1.0 / (1.0 + math.exp(-t)) if t > -700.0 else 0.0


def minus_log_sigmoid(t):
    return max(-t, 0.0) + math.log1p(math.exp(-abs(t)))


def terms(V, U, centre, context, negatives):
    for word, sign in [(context, 1.0), *((word, -1.0) for word in negatives)]:
        product = sum(a * b for a, b in zip(V[centre], U[word]))
        yield word, minus_log_sigmoid(sign * product), -sign * sigmoid(-sign * product)


def sgns_gradients(V, U, pairs, negatives):
    V, U, loss = V.tolist(), U.tolist(), 0.0
    grad_V, grad_U = ([[0.0] * len(row) for row in table] for table in (V, U))
    for (c, o), drawn in zip(pairs.tolist(), negatives.tolist()):
        for word, cost, slope in terms(V, U, c, o, drawn):
            loss += cost
            for j in range(len(V[c])):
                grad_V[c][j] += slope * U[word][j]
                grad_U[word][j] += slope * V[c][j]
    return loss, grad_V, grad_U


def sgns_train(V, U, pairs, negatives, learning_rate):
    V, U = V.tolist(), U.tolist()
    for (c, o), drawn in zip(pairs.tolist(), negatives.tolist()):
        steps = [(word, slope) for word, _, slope in terms(V, U, c, o, drawn)]
        centre, moved = V[c], V[c][:]
        for word, slope in steps:
            moved = [a - learning_rate * slope * b for a, b in zip(moved, U[word])]
        for word, slope in steps:
            U[word] = [b - learning_rate * slope * a for a, b in zip(centre, U[word])]
        V[c] = moved
    return V, U

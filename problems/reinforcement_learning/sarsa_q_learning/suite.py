"""Hidden cases of SARSA and Q-learning: the steps are given, so the tables are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.reinforcement import Steps, q_learning, sarsa

# The statement's number. An update is a weighted mean, so float64 stays within 1e-13 over thousands of steps; a wrong
# value in a single step shows in the table by 1e-3 and more, since no case is so long that it fades.
ACCURACY = 1e-9
METHODS = {"q_learning": q_learning, "sarsa": sarsa}


def record(rng, n_steps, n_states=8, n_actions=3, *, length=6, is_over=0.5):
    """Return steps of a random walk through random states, in episodes of about `length` steps."""
    ends = rng.random(n_steps) < 1.0 / length
    ends[-1:] = True
    terminated = ends & (rng.random(n_steps) < is_over)
    path = rng.integers(0, n_states, size=n_steps + 1)
    fresh = rng.integers(0, n_states, size=n_steps)
    # A new episode begins anywhere.
    states = np.where(np.concatenate([[True], ends[:-1]])[:n_steps], fresh, path[:-1])
    return Steps(states, rng.integers(0, n_actions, size=n_steps), 3.0 * rng.normal(size=n_steps), path[1:], terminated, ends & ~terminated)


def table(rng, n_states=8, n_actions=3):
    """Return values to begin with, none of them zero."""
    return rng.uniform(1.0, 4.0, size=(n_states, n_actions)) * rng.choice([-1.0, 1.0], size=(n_states, n_actions))


def call(submission, method, q, steps, alpha, gamma):
    """Run one method once."""
    return getattr(submission, method)(q, *steps, alpha, gamma)


def compare(answer, right, method):
    """Compare tables in the units of the statement."""
    close_to(answer, right, ACCURACY, f"the table of {method}", scale=max(1.0, float(np.abs(right).max())))


def check(submission, q, steps, alpha=0.3, gamma=0.9, methods=("q_learning", "sarsa")):
    """Run both methods and compare."""
    for method in methods:
        compare(call(submission, method, q, steps, alpha, gamma), METHODS[method](q, steps, alpha, gamma), method)


def steps_of(*rows):
    """Return steps from rows (state, action, reward, next state, end), where end is "", "over" or "cut"."""
    states, actions, rewards, after, ends = zip(*rows)
    whole = [np.array(column, dtype=np.int64) for column in (states, actions, after)]
    over, cut = (np.array([end == word for end in ends]) for word in ("over", "cut"))
    return Steps(whole[0], whole[1], np.array(rewards, dtype=float), whole[2], over, cut)


BY_HAND = ((0, 0, 1.0, 1, ""), (1, 1, 2.0, 2, "over"))


@case("sample", hint="First step: 10 + 0.5 (1 + 0.5 · 8 - 10) = 7.5. Second: 4 + 0.5 (2 - 4) = 3; state 2 is worth nothing.")
def test_q_learning_by_hand(submission, rng):
    """Two steps of Q-learning with alpha = gamma = 0.5"""
    q = np.array([[10.0, 0.0], [8.0, 4.0], [100.0, 100.0]])
    answer = call(submission, "q_learning", q, steps_of(*BY_HAND), 0.5, 0.5)
    compare(answer, np.array([[7.5, 0.0], [8.0, 3.0], [100.0, 100.0]]), "q_learning")


@case("sample", hint="First step: 10 + 0.5 (1 + 0.5 · 4 - 10) = 6.5, since action 1 is taken next.")
def test_sarsa_by_hand(submission, rng):
    """The same two steps by SARSA"""
    q = np.array([[10.0, 0.0], [8.0, 4.0], [100.0, 100.0]])
    answer = call(submission, "sarsa", q, steps_of(*BY_HAND), 0.5, 0.5)
    compare(answer, np.array([[6.5, 0.0], [8.0, 3.0], [100.0, 100.0]]), "sarsa")


@case("sample", hint="The recording stops, the task does not: Q-learning counts on 8, SARSA knows no next action and leaves the table alone.")
def test_a_truncated_step(submission, rng):
    """One step that is truncated, with alpha = 1 and gamma = 0.5"""
    q, steps = np.array([[10.0, 0.0], [8.0, 4.0]]), steps_of((0, 0, 1.0, 1, "cut"))
    compare(call(submission, "q_learning", q, steps, 1.0, 0.5), np.array([[5.0, 0.0], [8.0, 4.0]]), "q_learning")
    compare(call(submission, "sarsa", q, steps, 1.0, 0.5), q, "sarsa")


@case("agreement", sizes=(3, 10, 60, 400), hint="Go through the steps one by one; print the target of each.")
def test_many_episodes(submission, rng, size):
    """Episodes that end in both ways"""
    check(submission, table(rng), record(rng, size))


@case("agreement", hint="Each step must see what the steps before it have changed.")
def test_one_long_episode(submission, rng):
    """Three states, visited again and again"""
    check(submission, table(rng, 3, 2), record(rng, 40, 3, 2, length=1000), alpha=0.5)


@case("agreement", hint="A terminated step has the target r alone, whatever the table says of the state it leads to.")
def test_only_terminated_episodes(submission, rng):
    """All episodes terminate, in states whose rows are not zero"""
    check(submission, table(rng), record(rng, 40, length=3, is_over=1.0))


@case("agreement", hint="After a truncated step Q-learning still counts on the next state; SARSA makes no update.")
def test_only_truncated_episodes(submission, rng):
    """All episodes are truncated"""
    check(submission, table(rng), record(rng, 40, length=3, is_over=0.0))


@case("agreement", hint="The next action of a step that ends an episode belongs to another episode.")
def test_episodes_of_one_step(submission, rng):
    """Every step ends its episode"""
    check(submission, table(rng), record(rng, 30, length=1))


@case("agreement", hint="alpha multiplies the whole error, gamma the value of the next state alone.")
def test_step_sizes_and_discounts(submission, rng):
    """alpha and gamma at 0, between, and at 1"""
    for alpha, gamma in ((1.0, 0.7), (0.2, 1.0), (0.4, 0.0), (0.0, 0.9), (1.0, 1.0), (0.05, 0.99)):
        check(submission, table(rng), record(rng, 25), alpha, gamma)


@case("agreement", hint="The maximum runs over the actions in the next state, and values may all be negative.")
def test_all_values_negative(submission, rng):
    """A table and rewards below zero; more actions than states"""
    steps = record(rng, 50, 4, 6)
    check(submission, -np.abs(table(rng, 4, 6)), steps._replace(rewards=-np.abs(steps.rewards)))


@case("agreement", hint="Compute the target before you write: state and next state may be the same.")
def test_staying_in_place(submission, rng):
    """An agent that often stays where it is"""
    steps = record(rng, 40, 2, 2, length=10)
    check(submission, table(rng, 2, 2), steps, alpha=0.7)


@case("property", hint="Everything between two steps is in the table.")
def test_episodes_in_two_calls(submission, rng):
    """The second half of the episodes, begun with the table of the first, gives the table of all"""
    q, steps = table(rng), record(rng, 60, length=4)
    ends = np.flatnonzero(steps.terminated | steps.truncated)
    cut = int(ends[len(ends) // 2]) + 1
    for method, reference in METHODS.items():
        first = call(submission, method, q, Steps(*(column[:cut].copy() for column in steps)), 0.3, 0.9)
        between = array(first, f"the table of {method}", shape=q.shape)
        answer = call(submission, method, between, Steps(*(column[cut:].copy() for column in steps)), 0.3, 0.9)
        compare(answer, reference(q, steps, 0.3, 0.9), method)


@case("property", hint="With alpha = 1, and steps from the end to the beginning, one pass of Q-learning finds the best values.")
def test_the_best_values_of_a_corridor(submission, rng):
    """A corridor of 6 states: one pass backwards gives the best values, in closed form"""
    prize, gamma = float(rng.integers(5, 20)), 0.5
    rows = []
    for state in reversed(range(6)):
        # Action 1 goes on and earns the prize at the end; action 0 stays and costs one.
        rows.append((state, 1, prize if state == 5 else 0.0, state + 1, "over" if state == 5 else "cut"))
        rows.append((state, 0, -1.0, state, "cut"))
    best = prize * gamma ** np.arange(5, -1, -1)
    right = np.vstack([np.column_stack([gamma * best - 1.0, best]), [[0.0, 0.0]]])
    start = np.vstack([np.full((6, 2), -50.0), [[0.0, 0.0]]])
    compare(call(submission, "q_learning", start, steps_of(*rows), 1.0, gamma), right, "q_learning")


@case("property", hint="Where no step has been, nothing changes.")
def test_pairs_without_a_visit_stay(submission, rng):
    """Only entries of visited pairs change"""
    q, steps = table(rng, 12, 5), record(rng, 20, 12, 5)
    is_visited = np.zeros((12, 5), dtype=bool)
    is_visited[steps.states, steps.actions] = True
    for method in METHODS:
        answer = array(call(submission, method, q, steps, 0.3, 0.9), f"the table of {method}", shape=q.shape)
        close_to(answer[~is_visited], q[~is_visited], ACCURACY, f"the table of {method} at pairs without a visit")
    check(submission, q, steps)


@case(
    "property",
    given=lambda st: {"rows": st.lists(st.tuples(*[st.integers(0, 1)] * 2, st.integers(-3, 3), st.sampled_from(["", "over", "cut"])), max_size=5)},
    examples=20,
)
def test_short_recordings(submission, rng, rows):
    """Two states, two actions, a few steps of whole rewards"""
    made = [(*row[:3], (rows[i + 1][0] if i + 1 < len(rows) else 0), row[3]) for i, row in enumerate(rows)]
    made = made[:-1] + [(*made[-1][:4], made[-1][4] or "cut")] if made else []
    steps = steps_of(*made) if made else Steps(*(np.zeros(0, dtype=kind) for kind in (int, int, float, int, bool, bool)))
    check(submission, np.array([[1.0, -2.0], [4.0, 3.0]]), steps, 0.5, 0.5)


@case("edge", hint="Without steps the table is as it was.")
def test_no_steps(submission, rng):
    """Nothing is recorded"""
    check(submission, table(rng), Steps(*(np.zeros(0, dtype=kind) for kind in (int, int, float, int, bool, bool))))


@case("edge", hint="An end is worth what its reward is, also nothing: the table moves towards zero.")
def test_an_end_without_a_reward(submission, rng):
    """Rewards of zero, as most are, on the way and at the end"""
    check(submission, table(rng, 3, 2), steps_of((0, 1, 0.0, 1, ""), (1, 0, 0.0, 2, "over"), (2, 1, 0.0, 0, "cut")))


@case("edge", hint="With one action the maximum is its value.")
def test_one_action(submission, rng):
    """A single action: both methods differ at truncated steps alone"""
    check(submission, table(rng, 5, 1), record(rng, 30, 5, 1))


@case("edge")
def test_a_large_recording(submission, rng):
    """2000 steps, 30 states, 6 actions, rewards up to 100"""
    steps = record(rng, 2000, 30, 6, length=12)
    check(submission, 20.0 * table(rng, 30, 6), steps._replace(rewards=np.clip(10.0 * steps.rewards, -100.0, 100.0)), alpha=0.1, gamma=0.95)


def clause_inputs(rng):
    steps = record(rng, 25)
    return datasets.dyadic(table(rng)), *steps._replace(rewards=datasets.dyadic(steps.rewards))


def clause_answers(pair, q, *steps):
    return {f"the table of {name}": array(answer, f"the table of {name}", shape=q.shape) for name, answer in zip(METHODS, pair)}


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, q, *steps: [call(submission, name, q, steps, 0.3, 0.9) for name in METHODS],
        answers=clause_answers,
        # The statement's number: it asks for float64 whatever the arrays are. Steps of 0.3 in float32 are off by 1e-8 and more.
        float32_tolerance=ACCURACY,
    )
)

"""Hidden cases of encoder-decoder attention: closed formulas, so context, weights and gradients are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, at_most, close_to, parts
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.attention import encoder_decoder_attention, encoder_decoder_gradients

# The statement's number. float64 reaches 1e-13; the nearest mistakes leave out a term that is 1e-2 of the largest entry.
ACCURACY = 1e-9
SCORES = ("additive", "dot")
FORWARD = ("context", "weights")
BACKWARD = ("grad_s", "grad_H", "grad_W_s", "grad_W_h", "grad_v")


def step(rng, n, length, *, d_s=4, d_h=5, k=3, size=1.0, share=1.0):
    """Draw s, H, mask, W_s, W_h, v; every sequence has a visible state, at a place of its own when states are hidden."""
    s, H = rng.normal(size=(n, d_s)), rng.normal(size=(n, length, d_h))
    mask = rng.random((n, length)) < share
    mask[np.arange(n), rng.integers(length, size=n)] = True
    W_s, W_h = (size * rng.normal(size=(d, k)) / np.sqrt(d) for d in (d_s, d_h))
    return s, H, mask, W_s, W_h, size * rng.normal(size=k)


def near(value, right, what):
    """Compare one array in the units of the statement."""
    close_to(value, right, ACCURACY, what, scale=max(1.0, float(np.abs(right).max())))


def forward(submission, inputs, score):
    """Return context and weights as arrays of the right shapes."""
    answer = parts(submission.attention_forward(*inputs, score), FORWARD, "attention_forward")
    n, length, d_h = inputs[1].shape
    return [array(value, name, shape=shape) for value, name, shape in zip(answer, FORWARD, ((n, d_h), (n, length)))]


def backward(submission, inputs, grad_context, score):
    """Return the five gradients as arrays of the right shapes."""
    answer = parts(submission.attention_backward(*inputs, grad_context, score), BACKWARD, "attention_backward")
    return [array(value, name, shape=inputs[at].shape) for value, name, at in zip(answer, BACKWARD, (0, 1, 3, 4, 5))]


def check_forward(submission, inputs, score):
    mine = forward(submission, inputs, score)
    for value, right, name in zip(mine[::-1], encoder_decoder_attention(*inputs, score)[::-1], FORWARD[::-1]):
        near(value, right, f"{name} (score {score!r})")
    at_most(float(np.abs(mine[1][~inputs[2]]).max(initial=0.0)), 0.0, "the largest weight of a hidden state")


def check_backward(submission, rng, inputs, score):
    grad_context = rng.normal(size=(len(inputs[0]), inputs[1].shape[2]))
    mine = backward(submission, inputs, grad_context, score)
    for value, right, name in zip(mine, encoder_decoder_gradients(*inputs, grad_context, score), BACKWARD):
        near(value, right, f"{name} (score {score!r})")
    at_most(float(np.abs(mine[1][~inputs[2]]).max(initial=0.0)), 0.0, "the largest gradient of a hidden state")


def check(submission, rng, inputs, scores=SCORES):
    """Compare both directions under these scores."""
    for score in scores:
        check_forward(submission, inputs, score)
        check_backward(submission, rng, inputs, score)


def by_scores(scores, states):
    """Return a step of size one whose dot scores are these and whose states are those."""
    H = np.stack([scores, states], axis=1)[None].astype(float)
    return np.ones((1, 1)), H, np.ones((1, len(scores)), dtype=bool), np.ones((1, 1)), np.array([[1.0], [0.0]]), np.ones(1)


@case("sample", hint="The scores are 0 and log 3, the weights 1/4 and 3/4; the context is the mean of the states as they are.")
def test_dot_by_hand(submission, rng):
    """Two states with scores 0 and log 3: weights 1/4 and 3/4"""
    context, weights = forward(submission, by_scores([0.0, np.log(3.0)], [4.0, 8.0]), "dot")
    near(weights, [[0.25, 0.75]], "weights")
    near(context, [[0.75 * np.log(3.0), 7.0]], "context")


@case("sample", hint="tanh of q + p is 0 for the first state and 3/5 for the second; v is 5 log 3 / 3.")
def test_additive_by_hand(submission, rng):
    """tanh(0) and tanh(log 2) = 3/5, times v: the same weights again"""
    s, H, mask, W_s, W_h, _ = by_scores([-1.0, np.log(2.0) - 1.0], [4.0, 8.0])
    context, weights = forward(submission, (s, H, mask, W_s, W_h, np.array([5.0 * np.log(3.0) / 3.0])), "additive")
    near(weights, [[0.25, 0.75]], "weights")
    near(context[:, 1], [7.0], "the second entry of context")


@case("sample", hint="Scores get a_t (g_t - mean g) with g_t = grad_context . h_t: here -3/4 and 3/4. States get that times q, and a_t as well.")
def test_gradients_by_hand(submission, rng):
    """The same two states, with a gradient of 1 for the second entry of the context"""
    grads = backward(submission, by_scores([0.0, np.log(3.0)], [4.0, 8.0]), np.array([[0.0, 1.0]]), "dot")
    near(grads[0], [[0.75 * np.log(3.0)]], "grad_s")
    near(grads[1], [[[-0.75, 0.25], [0.75, 0.75]]], "grad_H")
    near(grads[4], [0.0], "grad_v")


@case("agreement", sizes=(1, 3, 12), hint="Compare the scores first, then the weights, then the context.")
def test_forward(submission, rng, size):
    """Random steps, all states visible"""
    for score in SCORES:
        check_forward(submission, step(rng, size, size + 1), score)


@case("agreement", sizes=(2, 5, 12), hint="Compare with central differences of the sum of context times grad_context.")
def test_backward_additive(submission, rng, size):
    """Gradients of additive scores, all states visible"""
    check_backward(submission, rng, step(rng, size, size + 1), "additive")


@case("agreement", sizes=(2, 5, 12), hint="q gets the sum over t of grad_e times p_t, and p_t gets grad_e times q.")
def test_backward_dot(submission, rng, size):
    """Gradients of dot scores, all states visible"""
    check_backward(submission, rng, step(rng, size, size + 1), "dot")


@case("agreement", sizes=(3, 10), hint="Set the scores of hidden states to minus infinity before the softmax.")
def test_padding(submission, rng, size):
    """Sequences of different lengths: the rest of each is hidden"""
    inputs = step(rng, 4, size)
    lengths = rng.permutation(np.linspace(1, size, 4).astype(int))
    check(submission, rng, (*inputs[:2], np.arange(size) < lengths[:, None], *inputs[3:]))


@case("agreement", hint="mask[i, t] may be false anywhere, not only at the end.")
def test_hidden_states_anywhere(submission, rng):
    """Half of the states hidden, wherever they stand"""
    check(submission, rng, step(rng, 5, 9, share=0.5))


@case("agreement", hint="Products need transposes and axes that the shapes do not show here.")
def test_equal_sizes(submission, rng):
    """n = T = d_s = d_h = k: shapes do not give a wrong axis away"""
    check(submission, rng, step(rng, 4, 4, d_s=4, d_h=4, k=4, share=0.7))


@case("agreement", hint="k is a size of its own.")
def test_other_sizes(submission, rng):
    """Wide and narrow projections"""
    for d_s, d_h, k in ((1, 6, 12), (9, 2, 1), (3, 3, 20)):
        check(submission, rng, step(rng, 3, 5, d_s=d_s, d_h=d_h, k=k))


@case("property", hint="A gradient is the slope: compare with a small step.")
def test_gradients_are_slopes(submission, rng):
    """A small step along each gradient's signs changes the loss as the gradient says"""
    inputs, grad_context = step(rng, 3, 4, share=0.8), rng.normal(size=(3, 5))
    for score in SCORES:
        mine, right = backward(submission, inputs, grad_context, score), encoder_decoder_gradients(*inputs, grad_context, score)
        for index, name in enumerate(BACKWARD):
            place, direction = (0, 1, 3, 4, 5)[index], np.sign(right[index])
            moved = [[v + sign * 1e-4 * direction if j == place else v for j, v in enumerate(inputs)] for sign in (1, -1)]
            ahead, behind = (float((forward(submission, values, score)[0] * grad_context).sum()) for values in moved)
            slope = float((mine[index] * direction).sum())
            # The third derivative along some ten entries leaves 1e-6; rounding leaves 1e-11.
            close_to((ahead - behind) / 2e-4, slope, 1e-3, f"the slope of the loss along {name}", scale=max(1.0, abs(slope)))


@case("property", hint="attention_backward knows nothing of earlier calls: it takes the forward step of its own arguments.")
def test_backward_does_not_depend_on_the_last_forward(submission, rng):
    """A forward step, and then gradients for other numbers of the same shapes"""
    for score in SCORES:
        check_forward(submission, step(rng, 3, 4, share=0.8), score)
        check_backward(submission, rng, step(rng, 3, 4, share=0.8), score)


@case("property", hint="Sequences of a batch do not influence one another; the weights' gradients are sums.")
def test_sequences_are_independent(submission, rng):
    """A sequence by itself has the context and gradients it has in the batch, and the weights' gradients add up"""
    s, H, mask, *W = step(rng, 3, 5, share=0.7)
    grad_context = rng.normal(size=(3, 5))
    for score in SCORES:
        context, right = encoder_decoder_attention(s, H, mask, *W, score)[0], encoder_decoder_gradients(s, H, mask, *W, grad_context, score)
        total = 0.0
        for row in range(3):
            one = slice(row, row + 1)
            inputs = (s[one], H[one], mask[one], *W)
            near(forward(submission, inputs, score)[0], context[one], "context of one sequence")
            mine = backward(submission, inputs, grad_context[one], score)
            near(mine[1], right[1][one], "grad_H of one sequence")
            total = total + mine[3]
        near(total, right[3], "the sum of grad_W_h over the sequences")


@case("property", hint="A hidden state has no influence, however large it is; set its score to minus infinity, whatever it was.")
def test_hidden_states_have_no_influence(submission, rng):
    """Other content of up to 1e6 in hidden states changes nothing"""
    inputs = step(rng, 3, 6, share=0.5)
    right = step(rng, 3, 6)[1] * 1e6
    H = np.where(inputs[2][:, :, None], inputs[1], np.clip(right, -1e6, 1e6))
    check(submission, rng, (inputs[0], H, *inputs[2:]))


@case("property", hint="Gradients are linear in what comes back.")
def test_gradients_are_linear(submission, rng):
    """Minus twice the gradient behind gives minus twice the gradients before"""
    inputs, grad_context = step(rng, 3, 4), rng.normal(size=(3, 5))
    for score in SCORES:
        right = encoder_decoder_gradients(*inputs, grad_context, score)
        for value, expected, name in zip(backward(submission, inputs, -2.0 * grad_context, score), right, BACKWARD):
            near(value, -2.0 * expected, name)


@case("edge", hint="0/0 and a uniform row are both wrong: weights, context and gradients are zero.")
def test_a_sequence_without_visible_states(submission, rng):
    """Some sequences, and all of them, are padding only"""
    s, H, mask, *W = step(rng, 4, 3, share=0.7)
    mask[[0, 2]] = False
    check(submission, rng, (s, H, mask, *W))
    check(submission, rng, (s, H, np.zeros((4, 3), dtype=bool), *W))


@case("edge", hint="Subtract the largest visible score of each sequence before exp.")
def test_large_scores(submission, rng):
    """Scores of some hundreds up to 2000, of either sign"""
    for score in SCORES:
        s, H, mask, W_s, W_h, v = step(rng, 5, 6, share=0.8)
        q, p = (s @ W_s)[:, None], H @ W_h
        largest = np.abs((q * p).sum(axis=2) if score == "dot" else np.tanh(q + p) @ v).max()
        factor = 2000.0 / largest
        inputs = (s, H, mask, W_s * factor, W_h, v) if score == "dot" else (s, H, mask, W_s, W_h, v * factor)
        check_forward(submission, inputs, score)
        check_backward(submission, rng, inputs, score)
    # All scores far below zero: exponentials that are not shifted are all zero, and so are those beside a hidden score
    # of -1000.
    s, H, mask, W_s, W_h, v = step(rng, 3, 5, share=0.6)
    mask[:, :2] = [True, False]
    inputs = (np.abs(s) + 0.5, np.abs(H) + 0.5, mask, np.full_like(W_s, 2.0), np.full_like(W_h, 2.0), np.full_like(v, -650.0))
    check(submission, rng, inputs, ("additive",))
    largest = 6.0 * inputs[0].sum(axis=1).max() * inputs[1].sum(axis=2).max()
    check(submission, rng, (*inputs[:3], np.full_like(W_s, -2000.0 / largest), *inputs[4:]), ("dot",))


@case("edge", hint="However much is taken from a hidden score, it may be larger by more: set it to minus infinity.")
def test_large_hidden_scores_beside_large_scores(submission, rng):
    """Dot scores of up to 2000 in size, and hidden states of 1e6 whose scores are 1e9 and more"""
    s, H, mask, W_s, W_h, v = step(rng, 4, 6, share=0.5)
    mask[:, :2] = [True, False]
    H = np.clip(H, -1.5, 1.5)
    slopes = (s @ W_s @ W_h.T)[:, None]
    W_s = W_s * 2000.0 / np.abs((slopes * H).sum(axis=2)).max()
    # Where a score is 2000, states of 1e6 with the signs of the slopes have a score of 2000 * 1e6 / 1.5 at least.
    H = np.where(mask[:, :, None], H, 1e6 * np.sign(slopes))
    check(submission, rng, (s, H, mask, W_s, W_h, v), ("dot",))


@case("edge", hint="One visible state has weight 1, and its score no influence: the gradient goes straight to it.")
def test_sizes_of_one(submission, rng):
    """One of everything, one visible state among several, and several sequences with one state or one column"""
    check(submission, rng, step(rng, 3, 1))
    check(submission, rng, step(rng, 3, 4, d_h=1))
    check(submission, rng, step(rng, 1, 1, d_s=1, d_h=1, k=1))
    check(submission, rng, step(rng, 4, 6, share=0.0))


@case("edge", hint="The score is additive where it is not given, in both functions.")
def test_the_default_score(submission, rng):
    """score left out"""
    inputs = step(rng, 3, 4, share=0.8)
    context = parts(submission.attention_forward(*inputs), FORWARD, "attention_forward")[0]
    near(context, encoder_decoder_attention(*inputs, "additive")[0], "context")
    grad_context = rng.normal(size=(3, 5))
    mine = parts(submission.attention_backward(*inputs, grad_context), BACKWARD, "attention_backward")
    for value, right, name in zip(mine, encoder_decoder_gradients(*inputs, grad_context, "additive"), BACKWARD):
        near(value, right, name)


@case("edge", hint="Arguments may come by name, with the names of the interface.")
def test_the_score_by_name(submission, rng):
    """score="dot", in both functions"""
    inputs, grad_context = step(rng, 3, 4, k=3, share=0.8), rng.normal(size=(3, 5))
    near(parts(submission.attention_forward(*inputs, score="dot"), FORWARD, "attention_forward")[0], encoder_decoder_attention(*inputs, "dot")[0], "context")
    mine = parts(submission.attention_backward(*inputs, grad_context, score="dot"), BACKWARD, "attention_backward")
    for value, right, name in zip(mine, encoder_decoder_gradients(*inputs, grad_context, "dot"), BACKWARD):
        near(value, right, name)


def clause_inputs(rng):
    s, H, mask, W_s, W_h, v = step(rng, 3, 5, share=0.6)
    return *(datasets.dyadic(value) for value in (s, H, W_s, W_h, v, rng.normal(size=(3, 5)))), mask


def clause_answers(answers, s, H, W_s, W_h, v, grad_context, mask):
    states, grads = parts(answers[0], FORWARD, "attention_forward"), parts(answers[1], BACKWARD, "attention_backward")
    named = {name: array(value, name, shape=shape) for name, value, shape in zip(FORWARD, states, ((3, 5), (3, 5)))}
    return named | {name: array(value, name, shape=like.shape) for name, value, like in zip(BACKWARD, grads, (s, H, W_s, W_h, v))}


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, s, H, W_s, W_h, v, grad_context, mask: (
            submission.attention_forward(s, H, mask, W_s, W_h, v),
            submission.attention_backward(s, H, mask, W_s, W_h, v, grad_context),
        ),
        answers=clause_answers,
    )
)

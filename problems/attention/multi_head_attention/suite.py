"""Hidden cases of multi-head attention: a closed form, so output and weights are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, at_most, close_to, parts
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.attention import multi_head_attention

# The statement's number. float64 reaches 1e-13; the nearest mistake, a scale by the model's width, moves weights by 1e-2.
ACCURACY = 1e-6


def projections(rng, n_heads, *, d_x=6, d_z=5, d_k=3, d_v=4, d_out=7, sharpness=3.0):
    """Return W_q, W_k, W_v, W_o for inputs of order one; scores have a deviation of about `sharpness`."""
    shapes = [(d_x, n_heads * d_k), (d_z, n_heads * d_k), (d_z, n_heads * d_v), (n_heads * d_v, d_out)]
    drawn = [rng.normal(size=shape) / np.sqrt(shape[0]) for shape in shapes]
    return [np.sqrt(sharpness) * drawn[0], np.sqrt(sharpness) * drawn[1], drawn[2], drawn[3]]


def sequences(rng, n_sequences, length, width):
    """Return sequences of rows of order one, cut off so that scores stay in the statement's range."""
    return np.clip(rng.normal(size=(n_sequences, length, width)), -1.5, 1.5)


def mask_of(rng, n_sequences, n_queries, n_keys, share=0.5):
    """Return a mask in which every query may look at some key, and not at all of them."""
    mask = rng.random((n_sequences, n_queries, n_keys)) < share
    mask[:, :, 0], mask[:, :, 1] = True, False
    return mask[:, :, rng.permutation(n_keys)]


def unpacked(answer, right):
    """Convert an answer to two arrays of the right shapes."""
    output, weights = parts(answer, ("output", "weights"), "multi_head_attention")
    return array(output, "output", shape=right[0].shape), array(weights, "weights", shape=right[1].shape)


def check(submission, *arguments):
    """Call the function and compare both answers with the reference; return them."""
    right = multi_head_attention(*arguments)
    output, weights = unpacked(submission.multi_head_attention(*arguments), right)
    close_to(weights, right[1], ACCURACY, "weights", scale=1.0)
    close_to(output, right[0], ACCURACY, "output")
    return output, weights


@case("sample", hint="Scores are 0 and log 3, so that the weights are 1/4 and 3/4.")
def test_one_head_by_hand(submission, rng):
    """One head of width one: weights 1/4 and 3/4, output 7/4"""
    one = np.array([[1.0]])
    Z = np.array([[[0.0], [np.log(3.0)]]])
    X, W_v = np.array([[[1.0]]]), np.array([[1.0 / np.log(3.0)]])
    check(submission, X, Z, one, one, W_v, np.array([[7.0 / 3.0]]), 1)


@case("sample", hint="Head 0 owns the first columns, head 1 the next ones; divide by the root of a head's width.")
def test_two_heads_by_hand(submission, rng):
    """Two heads of width two with identity projections"""
    X = np.array([[[1.0, 0.0, 0.0, 2.0], [0.0, 1.0, 2.0, 0.0]]])
    check(submission, X, X, *[np.eye(4)] * 4, 2)


@case("sample", hint="True means that the query may look at the key. Hidden keys get weight zero, the others add up to one.")
def test_a_causal_mask_by_hand(submission, rng):
    """Three equal positions, each of which sees itself and what stands before it"""
    X = np.ones((1, 3, 2))
    mask = np.tril(np.ones((1, 3, 3), dtype=bool))
    _, weights = check(submission, X, X, *[np.eye(2)] * 4, 1, mask)
    close_to(weights[0, 0], [[1, 0, 0], [1 / 2, 1 / 2, 0], [1 / 3, 1 / 3, 1 / 3]], ACCURACY, "weights")


@case("agreement", sizes=(2, 5, 20), hint="Compare the scores first, then the weights, then the output.")
def test_self_attention(submission, rng, size):
    """Sequences that look at themselves, with two heads"""
    X = sequences(rng, 3, size, 6)
    check(submission, X, X, *projections(rng, 2, d_z=6), 2)


@case("agreement", sizes=(3, 9), hint="Queries come from X, keys and values from Z; the lengths and widths differ.")
def test_looking_at_another_sequence(submission, rng, size):
    """More keys than queries, and fewer; X and Z of different width"""
    for n_keys in (size + 4, size - 1):
        check(submission, sequences(rng, 2, size, 6), sequences(rng, 2, n_keys, 5), *projections(rng, 3), 3)


@case("agreement", hint="Divide by the root of the width of one head, whatever the number of heads.")
def test_the_number_of_heads(submission, rng):
    """One, two, four and eight heads of a model of width eight"""
    X = sequences(rng, 2, 6, 8)
    for n_heads in (1, 2, 4, 8):
        d = 8 // n_heads
        check(submission, X, X, *projections(rng, n_heads, d_x=8, d_z=8, d_k=d, d_v=d, d_out=8), n_heads)


@case("agreement", hint="A head owns neighbouring columns: reshape to (…, n_heads, d) and swap axes; do not reshape only.")
def test_heads_of_unequal_widths(submission, rng):
    """Keys wider and narrower than values, and a square case where a wrong axis does not show by its length"""
    for d_k, d_v in ((5, 2), (1, 6)):
        check(submission, sequences(rng, 2, 4, 6), sequences(rng, 2, 7, 5), *projections(rng, 3, d_k=d_k, d_v=d_v), 3)
    X = sequences(rng, 4, 4, 4)
    check(submission, X, X, *projections(rng, 4, d_x=4, d_z=4, d_k=4, d_v=4, d_out=4), 4)


@case("agreement", sizes=(3, 12), hint="Set hidden scores to minus infinity before the softmax.")
def test_random_masks(submission, rng, size):
    """Each sequence and each query has keys of its own"""
    X, Z = sequences(rng, 3, size, 6), sequences(rng, 3, size + 2, 5)
    mask = mask_of(rng, 3, size, size + 2)
    _, weights = check(submission, X, Z, *projections(rng, 2), 2, mask)
    hidden = np.broadcast_to(~mask[:, None], weights.shape)
    at_most(float(np.abs(weights[hidden]).max()), 0.0, "the largest weight of a hidden key")


@case("agreement", hint="The mask says who sees whom: row i is for query i, column j for key j.")
def test_causal_masks(submission, rng):
    """A position sees itself and what stands before it, in square scores"""
    X = sequences(rng, 2, 8, 6)
    mask = np.tile(np.tril(np.ones((8, 8), dtype=bool)), (2, 1, 1))
    check(submission, X, X, *projections(rng, 4, d_z=6), 4, mask)


@case("agreement", hint="Each sequence has a mask of its own.")
def test_sequences_padded_to_one_length(submission, rng):
    """Sequences of different lengths: the rest of each is hidden"""
    X = sequences(rng, 4, 7, 6)
    lengths = rng.permutation(np.array([2, 3, 5, 7]))
    mask = np.repeat((np.arange(7) < lengths[:, None])[:, None], 7, axis=1)
    check(submission, X, X, *projections(rng, 2, d_z=6), 2, mask)


@case("property", sizes=(4, 10), hint="Weights of a query add up to one over the keys.")
def test_weights_add_up_to_one(submission, rng, size):
    """Rows of weights are distributions over the keys"""
    arguments = [sequences(rng, 2, size, 6), sequences(rng, 2, size, 5), *projections(rng, 2), 2]
    right = multi_head_attention(*arguments)
    _, weights = unpacked(submission.multi_head_attention(*arguments), right)
    at_most(float(-weights.min()), 0.0, "minus the least weight")
    # A sum of `size` weights, each certain to the statement's number.
    close_to(weights.sum(axis=3), np.ones((2, 2, size)), size * ACCURACY, "the sums of weights over the keys", scale=1.0)


@case("property", hint="Nothing in attention knows the order of the keys.")
def test_the_order_of_keys_does_not_matter(submission, rng):
    """Keys in another order: the weights follow, the output stays"""
    X, Z, W = sequences(rng, 2, 5, 6), sequences(rng, 2, 8, 5), projections(rng, 2)
    order = np.roll(rng.permutation(8), 1)
    mask = mask_of(rng, 2, 5, 8)
    right = multi_head_attention(X, Z, *W, 2, mask)
    moved = submission.multi_head_attention(X, Z[:, order], *W, 2, mask[:, :, order])
    output, weights = unpacked(moved, right)
    close_to(output, right[0], ACCURACY, "output with the keys in another order")
    close_to(weights, right[1][..., order], ACCURACY, "weights with the keys in another order", scale=1.0)


@case("property", hint="A hidden key has no influence, however large it is.")
def test_hidden_keys_have_no_influence(submission, rng):
    """Other content at hidden keys changes nothing"""
    X, Z, W = sequences(rng, 2, 5, 6), sequences(rng, 2, 8, 5), projections(rng, 2)
    mask = np.ones((2, 5, 8), dtype=bool)
    mask[:, :, 6:] = False
    right = multi_head_attention(X, Z, *W, 2, mask)
    other = Z.copy()
    # Scores of about 1e12: whoever subtracts them from the visible ones finds all exponentials zero, and 1e9 less
    # still leaves them the largest.
    other[:, 6:] = 1e12 * np.clip(rng.normal(size=(2, 2, 5)), -1.0, 1.0)
    output, weights = unpacked(submission.multi_head_attention(X, other, *W, 2, mask), right)
    close_to(output, right[0], ACCURACY, "output with other hidden keys")
    close_to(weights, right[1], ACCURACY, "weights with other hidden keys", scale=1.0)


@case("edge", hint="Set all its weights to zero; 0/0 and a uniform row are both wrong.")
def test_a_query_that_sees_nothing(submission, rng):
    """Some queries may look at no key: weights and output are zero"""
    X, Z = sequences(rng, 2, 5, 6), sequences(rng, 2, 6, 5)
    mask = mask_of(rng, 2, 5, 6)
    mask[0, 2] = mask[1, 4] = False
    check(submission, X, Z, *projections(rng, 2), 2, mask)
    check(submission, X, Z, *projections(rng, 2), 2, np.zeros((2, 5, 6), dtype=bool))


@case("edge", hint="Subtract the largest score of each row before you take exponentials.")
def test_scores_of_two_thousand(submission, rng):
    """Scores of some hundreds up to 2000, of either sign"""
    X, W = sequences(rng, 2, 6, 6), projections(rng, 2, d_z=6)
    largest = np.abs(scores_of(X, W, 2)).max()
    check(submission, (np.sqrt(2000.0 / largest)) * X, (np.sqrt(2000.0 / largest)) * X, *W, 2)
    # All scores far below zero: exponentials that are not shifted are all zero.
    X = np.abs(X) + 0.5
    W[0], W[1] = np.full((6, 6), 3.0), np.full((6, 6), -3.0)
    check(submission, X, X, *W, 2)


@case("edge", hint="Set hidden scores to minus infinity, not to some number that is far below most, and calculate in float64.")
def test_hidden_keys_beside_scores_of_minus_two_thousand(submission, rng):
    """Scores near -2400 that differ by a few units, with a mask; then the same numbers in float32"""
    X = 1.0 + datasets.dyadic(0.002 * rng.normal(size=(2, 6, 6)), bits=16)
    W = [np.full((6, 6), 6.25), np.full((6, 6), -6.25), *map(datasets.dyadic, projections(rng, 2, d_z=6)[2:])]
    arguments, mask = (X, X, *W), mask_of(rng, 2, 6, 6)
    right = multi_head_attention(*arguments, 2, mask)
    check(submission, *arguments, 2, mask)
    # float32 holds these numbers exactly, but scores of that size only to 1e-4.
    output, weights = unpacked(submission.multi_head_attention(*map(datasets.float32, arguments), 2, mask), right)
    close_to(weights, right[1], ACCURACY, "weights for float32 input", scale=1.0)
    close_to(output, right[0], ACCURACY, "output for float32 input")


def scores_of(X, W, n_heads):
    """Return all scores of sequences that look at themselves, in the order of rows."""
    heads = [(X @ w).reshape(*X.shape[:2], n_heads, -1) for w in W[:2]]
    return np.einsum("bihd,bjhd->bhij", *heads) / np.sqrt(heads[0].shape[3])


@case("edge", hint="Keep all axes, also those of length one.")
def test_one_of_everything(submission, rng):
    """One sequence, one query, one key, one head, width one; and one key only"""
    check(submission, *[np.full((1, 1, 1), 2.0)] * 2, *[np.array([[3.0]])] * 4, 1)
    check(submission, sequences(rng, 2, 4, 6), sequences(rng, 2, 1, 5), *projections(rng, 3), 3)


@case("edge", hint="A visible score of zero is a score like others: hide keys by the mask, not by their scores.")
def test_scores_of_zero(submission, rng):
    """Visible keys that are orthogonal to their queries"""
    X = np.array([[[1.0, 0.0], [0.0, 1.0]]])
    check(submission, X, X, *[np.eye(2)] * 4, 1, np.ones((1, 2, 2), dtype=bool))


def clause_inputs(rng):
    X, Z = datasets.dyadic(sequences(rng, 2, 4, 6)), datasets.dyadic(sequences(rng, 2, 5, 5))
    W = [datasets.dyadic(w) for w in projections(rng, 2, sharpness=1.0)]
    return X, Z, *W, mask_of(rng, 2, 4, 5)


def clause_answers(answer, X, Z, W_q, W_k, W_v, W_o, mask):
    shapes = np.empty((2, 4, 7)), np.empty((2, 2, 4, 5))
    output, weights = unpacked(answer, shapes)
    return {"output": output, "weights": weights}


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, *inputs: submission.multi_head_attention(*inputs[:6], 2, inputs[6]),
        answers=clause_answers,
    )
)

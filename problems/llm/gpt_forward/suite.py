"""Hidden cases of the GPT forward pass: a closed form, so logits and new tokens are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, equal_to
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.transformer import greedy_tokens, gpt_logits

# The statement's number. float64 reaches 1e-13; the nearest mistake, the exact GELU, moves logits by 1e-5 and more.
ACCURACY = 1e-8
# How far the likeliest token is ahead at each step, as the statement says.
MARGIN = 1e-5


def model_of(rng, *, n_tokens=20, context=12, width=8, n_blocks=2, inner=None, size=1.0, sharpness=1.5):
    """Draw weights: entries of x of order `size`, attention scores of a few, and every gain and bias of its own."""
    inner = 4 * width if inner is None else inner

    def drawn(*shape, deviation=1.0):
        return deviation * rng.normal(size=shape)

    def gains(name):
        return {f"{name}_gamma": rng.uniform(0.5, 1.5, size=width), f"{name}_beta": drawn(width, deviation=0.3)}

    def block():
        query_and_key = np.repeat([np.sqrt(sharpness), np.sqrt(sharpness), 1.0], width) / np.sqrt(width)
        return {
            **gains("ln1"), "w_qkv": drawn(width, 3 * width) * query_and_key, "b_qkv": drawn(3 * width, deviation=0.3),
            "w_out": drawn(width, width, deviation=width**-0.5), "b_out": drawn(width, deviation=0.3),
            **gains("ln2"), "w_up": drawn(width, inner, deviation=1.5 * width**-0.5), "b_up": drawn(inner, deviation=0.3),
            "w_down": drawn(inner, width, deviation=inner**-0.5), "b_down": drawn(width, deviation=0.3),
        }  # fmt: skip

    return {
        "token_embedding": drawn(n_tokens, width, deviation=size),
        "position_embedding": drawn(context, width, deviation=size),
        "blocks": [block() for _ in range(n_blocks)],
        **gains("ln"),
    }


def tokens_of(rng, parameters, n_sequences, length):
    return rng.integers(len(parameters["token_embedding"]), size=(n_sequences, length))


def check(submission, tokens, parameters, n_heads):
    """Compare the logits; return the right ones."""
    right = gpt_logits(tokens, parameters, n_heads)
    close_to(submission.gpt_forward(tokens, parameters, n_heads), right, ACCURACY, "logits")
    return right


def check_generation(submission, rng, n_heads, prompt_length, n_new, **sizes):
    """Draw models whose likeliest tokens are certain, and compare what each writes; a token repeated for ever shows little."""
    prompt = tokens_of(rng, model_of(rng, **sizes), 1, prompt_length)[0].tolist()

    def draw():
        parameters = model_of(rng, **sizes)
        return parameters, *greedy_tokens(prompt, parameters, n_heads, n_new)

    def is_good(drawn):
        return min(drawn[2]) > 10 * MARGIN and len(set(drawn[1])) >= min(3, n_new)

    # What one model writes after a prompt says nothing about another.
    for _ in range(2):
        parameters, right, _ = datasets.drawn_until(is_good, draw)
        equal_to(submission.generate(prompt, parameters, n_heads, n_new), right, "the new tokens")


@case("sample", hint="Without a block, logits are LN(E[t] + P[i]) times E transposed. Rows (3, 1) and (1, 3) normalise to (1, -1) and (-1, 1).")
def test_no_block_by_hand(submission, rng):
    """No block, width two: tokens 0 and 1 at positions 0 and 1"""
    parameters = {
        "token_embedding": np.array([[2.0, 0.0], [0.0, 2.0], [1.0, 1.0]]),
        "position_embedding": np.array([[1.0, 1.0], [1.0, 1.0]]),
        "blocks": [], "ln_gamma": np.ones(2), "ln_beta": np.zeros(2),
    }  # fmt: skip
    one = 1.0 / np.sqrt(1.0 + 1e-5)
    right = [[[2 * one, -2 * one, 0.0], [-2 * one, 2 * one, 0.0]]]
    close_to(submission.gpt_forward(np.array([[0, 1]]), parameters, 1), right, ACCURACY, "logits")


@case("sample", hint="Position 0 sees itself alone, whatever the scores are; the MLP adds nothing here.")
def test_one_block_with_attention_alone(submission, rng):
    """One block whose MLP is zero, two heads"""
    parameters = model_of(rng, n_blocks=1, width=4, n_tokens=5)
    parameters["blocks"][0] |= {"w_down": np.zeros((16, 4)), "b_down": np.zeros(4)}
    check(submission, tokens_of(rng, parameters, 1, 3), parameters, 2)


@case("sample", hint="The logits of the last position say which token comes next; then it is a token like the others.")
def test_generation_from_one_token(submission, rng):
    """Three tokens after a prompt of one"""
    check_generation(submission, rng, 2, 1, 3)


@case("agreement", sizes=(1, 4, 12), hint="Compare after each step: embedding, first LN, attention, MLP. One block first.")
def test_random_models(submission, rng, size):
    """Models of one to three blocks"""
    for n_blocks in (1, 2, 3):
        parameters = model_of(rng, n_blocks=n_blocks)
        check(submission, tokens_of(rng, parameters, 3, size), parameters, 2)


@case("agreement", hint="Attention adds nothing here. Is it the tanh form of GELU, and does the sum use x, not LN(x)?")
def test_one_block_with_its_mlp_alone(submission, rng):
    """One block whose attention is zero"""
    parameters = model_of(rng, n_blocks=1)
    parameters["blocks"][0] |= {"w_out": np.zeros((8, 8)), "b_out": np.zeros(8)}
    check(submission, tokens_of(rng, parameters, 2, 6), parameters, 2)


@case("agreement", hint="A head's width is d / n_heads: its columns are neighbours, and its root divides the scores.")
def test_the_number_of_heads(submission, rng):
    """One, two and four heads, in sequences as long as there are heads"""
    for n_heads in (1, 2, 4):
        parameters = model_of(rng, width=16, n_blocks=1)
        check(submission, tokens_of(rng, parameters, 2, 4), parameters, n_heads)


@case("agreement", hint="Nothing says that m is 4d, that V is larger than d, or that a sequence is as long as the context.")
def test_other_shapes(submission, rng):
    """Narrow and wide MLPs, few tokens, long contexts"""
    for sizes in ({"inner": 3}, {"inner": 20, "n_tokens": 3}, {"context": 24, "width": 32, "n_tokens": 50}):
        parameters = model_of(rng, **sizes)
        check(submission, tokens_of(rng, parameters, 2, 7), parameters, 4)


@case("agreement", sizes=(1, 3), hint="Let the model see tokens[-C:], and number positions from 0 again.")
def test_generation(submission, rng, size):
    """Twelve new tokens within the context, prompts of several lengths"""
    check_generation(submission, rng, 2, size, 12, context=24, n_blocks=2)


@case("agreement", hint="Let the model see tokens[-C:], and number positions from 0 again.")
def test_generation_beyond_the_context(submission, rng):
    """A context of five tokens and a short prompt that grows over it"""
    check_generation(submission, rng, 2, 3, 10, context=5)


@case("agreement", hint="What does not fit is left out at the beginning.")
def test_a_prompt_longer_than_the_context(submission, rng):
    """A context of five tokens and a prompt of nine"""
    check_generation(submission, rng, 2, 9, 6, context=5)


@case("property", hint="What comes later is masked out, by -inf before the softmax.")
def test_later_tokens_have_no_influence(submission, rng):
    """Other tokens after a position leave its logits alone"""
    parameters = model_of(rng)
    tokens = tokens_of(rng, parameters, 2, 9)
    right = gpt_logits(tokens, parameters, 2)
    others = tokens.copy()
    others[:, 5:] = (tokens[:, 5:] + 1 + rng.integers(19, size=(2, 4))) % 20
    mine = array(submission.gpt_forward(others, parameters, 2), "logits", shape=right.shape)
    close_to(mine[:, :5], right[:, :5], ACCURACY, "logits before the tokens that differ")


@case("property", hint="Sequences of a batch have nothing to do with one another.")
def test_sequences_are_independent(submission, rng):
    """A sequence by itself has the logits that it has in the batch, and so has its beginning"""
    parameters = model_of(rng)
    tokens = tokens_of(rng, parameters, 3, 8)
    right = gpt_logits(tokens, parameters, 2)
    for row in range(3):
        close_to(submission.gpt_forward(tokens[row : row + 1, :6], parameters, 2), right[row : row + 1, :6], ACCURACY, "logits of one sequence")


@case("property", hint="Without positions attention sees a bag of tokens: the last logits do not depend on the order before.")
def test_without_positions(submission, rng):
    """Position embeddings of zero, one block: earlier tokens in another order"""
    parameters = model_of(rng, n_blocks=1)
    parameters["position_embedding"] = np.zeros((12, 8))
    tokens = tokens_of(rng, parameters, 1, 8)
    right = gpt_logits(tokens, parameters, 2)
    moved = np.concatenate([np.roll(tokens[:, :-1], 3, axis=1), tokens[:, -1:]], axis=1)
    mine = array(submission.gpt_forward(moved, parameters, 2), "logits", shape=right.shape)
    close_to(mine[:, -1], right[:, -1], ACCURACY, "the last logits")


@case("edge", hint="Subtract the largest score of each row before exp. GELU needs np.tanh, which never overflows.")
def test_large_scores(submission, rng):
    """Attention scores of some thousands, of either sign, and large values in the MLP"""
    parameters = model_of(rng, sharpness=2000.0)
    for block in parameters["blocks"]:
        block["w_up"] *= 30.0
    check(submission, tokens_of(rng, parameters, 2, 10), parameters, 2)
    # All scores of a position are far below zero: exponentials that are not shifted are all zero.
    parameters = model_of(rng, n_blocks=1)
    parameters["blocks"][0]["b_qkv"][:16] = np.repeat([60.0, -60.0], 8)
    check(submission, tokens_of(rng, parameters, 2, 10), parameters, 2)


def first_scores(parameters, tokens):
    """Return what one head's first queries and keys give for each sequence, divided by the root of the width."""
    x = parameters["token_embedding"][tokens] + parameters["position_embedding"][: tokens.shape[1]]
    x = x - x.mean(axis=2, keepdims=True)
    block, width = parameters["blocks"][0], x.shape[2]
    normal = x / np.sqrt(np.square(x).mean(axis=2, keepdims=True) + 1e-5) * block["ln1_gamma"] + block["ln1_beta"]
    q, k = (normal @ block["w_qkv"] + block["b_qkv"])[:, :, : 2 * width].reshape(*tokens.shape, 2, width).swapaxes(0, 2).swapaxes(1, 2)
    return q @ k.swapaxes(1, 2) / np.sqrt(width)


@case("edge", hint="-1e4 is not minus infinity: a visible score may be lower, and a hidden one higher by more.")
def test_hidden_scores_above_all_visible_ones(submission, rng):
    """Scores of up to 20,000 of either sign: some position sees scores below -11,000 alone, and hides higher ones"""

    def draw():
        parameters = model_of(rng, n_blocks=1)
        tokens = tokens_of(rng, parameters, 2, 6)
        factor = 20000.0 / np.abs(first_scores(parameters, tokens)).max()
        for name in ("w_qkv", "b_qkv"):
            parameters["blocks"][0][name][..., :8] *= factor
        return tokens, parameters

    def shows(tokens, parameters):
        scores = first_scores(parameters, tokens)
        seen = np.where(np.tri(6, dtype=bool), scores, -np.inf).max(axis=2)
        hidden = np.where(np.tri(6, dtype=bool), -np.inf, scores).max(axis=2)
        return bool(((seen < -11000.0) & (hidden > seen + 11000.0)).any())

    check(submission, *datasets.drawn_until(lambda it: shows(*it), draw), 1)


@case("edge", hint="The constant is 1e-5, and stands under the root with the variance.")
def test_small_embeddings(submission, rng):
    """Embeddings of size 1e-3: the constant in LN is larger than the variance"""
    parameters = model_of(rng, size=1e-3, n_blocks=1)
    for name in ("b_out", "w_out", "b_down", "w_down"):
        parameters["blocks"][0][name] *= 1e-3
    check(submission, tokens_of(rng, parameters, 2, 6), parameters, 2)


@case("edge", hint="One position sees itself: its weight is 1. Keep all three axes.")
def test_one_of_everything(submission, rng):
    """One sequence, one token, one head, a context of one; and a model without blocks"""
    parameters = model_of(rng, context=1, n_tokens=2, n_blocks=1)
    check(submission, np.array([[1]]), parameters, 1)
    parameters = model_of(rng, n_blocks=0)
    check(submission, tokens_of(rng, parameters, 2, 12), parameters, 4)


@case("edge", hint="A list of no tokens.")
def test_nothing_to_generate(submission, rng):
    """n_new is zero, or one"""
    parameters = model_of(rng)
    mine = array(submission.generate([3, 1], parameters, 2, 0), "the new tokens")
    equal_to(float(mine.size), 0, "the number of new tokens")
    check_generation(submission, rng, 2, 2, 1)


@case("edge", hint="A visible score of zero is a score like others: hide later positions by their place, not by their scores.")
def test_scores_of_zero(submission, rng):
    """A block whose queries and keys are all zero: attention is the mean of what is visible"""
    parameters = model_of(rng, n_blocks=1)
    parameters["blocks"][0]["w_qkv"][:, :8] = 0.0
    parameters["blocks"][0]["b_qkv"][:8] = 0.0
    check(submission, tokens_of(rng, parameters, 2, 6), parameters, 2)


def clause_inputs(rng):
    parameters = model_of(rng, n_blocks=1)
    return tokens_of(rng, parameters, 2, 5), parameters


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, tokens, parameters: submission.gpt_forward(tokens, parameters, 2),
        answers=lambda answer, tokens, parameters: {"logits": array(answer, "logits", shape=(2, 5, 20))},
    ),
    leave_out={
        "test_float32_inputs_are_taken": "the statement says that parameters are float64",
        "test_fortran_order_is_taken": "the weights come in a dict",
        "test_read_only_inputs_are_taken": "the weights come in a dict",
    },
)

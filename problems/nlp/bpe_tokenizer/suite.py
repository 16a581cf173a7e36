"""Hidden cases of byte-pair encoding: every step is pinned, so merges, tokens and texts are compared exactly."""

import numpy as np

from judge import datasets
from judge.agreement import array, equal_to, that
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.text import byte_pair_decode, byte_pair_encode, byte_pair_merges

SYLLABLES = ["ba", "na", "an", "ab", "low", "er", "est", "new", "wid", "the", "re", "s", "ing", "é", "ß", "日本", "🙂"]
# Characters of one to four bytes; those of two share their first byte.
CHARACTERS = list("aab") + [" ", " ", "\n", "é", "è", "語", "🙂"]


def word(rng, syllables=SYLLABLES):
    return "".join(syllables[i] for i in rng.integers(len(syllables), size=rng.integers(1, 5)))


def corpus(rng, n_texts, n_words=12):
    """Draw texts from a small stock of words: some are frequent, others occur once."""
    stock = [word(rng) for _ in range(25)]
    shares = 1.0 / np.arange(1, 26)
    drawn = [rng.choice(25, size=rng.integers(1, n_words), p=shares / shares.sum()) for _ in range(n_texts)]
    return [" ".join(stock[i] for i in row) for row in drawn]


def scribble(rng, length):
    """Draw characters one by one: double spaces, line breaks, runs and parts of characters that repeat."""
    return "".join(CHARACTERS[i] for i in rng.integers(len(CHARACTERS), size=length))


def compare_merges(value, right):
    """Compare pairs; an empty list has no second axis."""
    if right:
        equal_to(value, right, "merges_")
    else:
        that(array(value, "merges_").size == 0, "merges_ holds merges, where no pair is to be merged", actual=value)


def compare_tokens(model, text, merges):
    equal_to(model.encode(text), byte_pair_encode(merges, text), f"encode({text!r})")


def compare_text(model, tokens, right, what="decode(tokens)"):
    mine = model.decode(tokens)
    that(isinstance(mine, str), f"{what} is not a string", actual=mine)
    that(mine == right, f"{what} is {mine[:60]!r}, expected {right[:60]!r}", actual=mine)


def fit_and_compare(submission, texts, n_merges, others=()):
    """Fit, and compare the merges, then the tokens of the texts and of others, then the way back."""
    model = submission.BytePairTokenizer(n_merges).fit(texts)
    merges = byte_pair_merges(texts, n_merges)
    compare_merges(model.merges_, merges)
    for text in [*texts[:4], *others]:
        compare_tokens(model, text, merges)
        compare_text(model, byte_pair_encode(merges, text), text)
    return model


@case("sample", hint="Counts at first: (97, 97) four times, (97, 98) twice. Then (97, 98) and (256, 97) tie, and the smaller one is taken.")
def test_merges_by_hand(submission, rng):
    """'aaabdaaabac' has the merges (97, 97), (97, 98), (256, 257), and then no pair occurs twice"""
    model = submission.BytePairTokenizer(10).fit(["aaabdaaabac"])
    compare_merges(model.merges_, [(97, 97), (97, 98), (256, 257)])


@case("sample", hint="A token above 255 stands for the bytes of its two parts, which may be merged themselves.")
def test_tokens_by_hand(submission, rng):
    """After these merges 'aaabdaaabac' is 258, 100, 258, 97, 99, and back"""
    model = submission.BytePairTokenizer(10).fit(["aaabdaaabac"])
    equal_to(model.encode("aaabdaaabac"), [258, 100, 258, 97, 99], "encode('aaabdaaabac')")
    compare_text(model, [258, 100, 258, 97, 99], "aaabdaaabac")


@case("sample", hint="The space begins the second piece: 'ab', ' ab'. The pair ('b', ' ') does not occur.")
def test_pieces_by_hand(submission, rng):
    """'ab ab' twice: (97, 98), then (32, 256), and no more"""
    fit_and_compare(submission, ["ab ab", "ab ab"], 5)


@case("agreement", sizes=(3, 10, 24), hint="Compare the counts of all pairs before each merge with a count by hand.")
def test_random_texts(submission, rng, size):
    """Texts of words that repeat, with characters of one to four bytes"""
    texts = corpus(rng, size)
    fit_and_compare(submission, texts, 40, corpus(rng, 3))


@case("agreement", hint="The smallest pair of token numbers wins, wherever it stands.")
def test_ties(submission, rng):
    """Short texts, in which nearly every merge is one of several equally frequent pairs"""
    for _ in range(4):
        fit_and_compare(submission, corpus(rng, 3, 5), 30)


@case("agreement", hint="A piece counts as often as it occurs.")
def test_frequent_pieces(submission, rng):
    """One word five times, four words with another pair once each"""
    fit_and_compare(submission, ["zy zy zy zy zy", "abc dab eab abf"], 3)


@case("agreement", sizes=(6, 30), hint="In a, a, a the pair (a, a) counts twice, and merging makes new, a.")
def test_runs(submission, rng, size):
    """Runs of a letter, of odd and even length"""
    texts = ["".join(letter * int(n) for letter, n in zip("aba" * 3, rng.integers(1, 8, size=9))) for _ in range(size)]
    fit_and_compare(submission, texts, 12, ["a" * n for n in range(1, 12)])


@case("agreement", hint="One position is one occurrence, though it overlaps the next: 'aaa' holds (a, a) twice.")
def test_overlapping_pairs_count(submission, rng):
    """'aaa' against a pair that occurs once less often"""
    fit_and_compare(submission, ["aaa", "aaa", "bc", "bc", "bc"], 2)


@case("agreement", hint="Apply the merges in the order of learning, not the longest token first, nor the leftmost pair first.")
def test_the_order_of_merges(submission, rng):
    """(b, c) was learnt before (a, b): 'abc' is a, bc"""
    texts = ["bc"] * 3 + ["ab"] * 2
    fit_and_compare(submission, texts, 2, ["abc", "abcabc", "aabcc", "ababc"])
    fit_and_compare(submission, ["bc"] * 5 + ["cd"] * 4 + ["ab"] * 3 + ["bcd"] * 2, 4, ["abcd", "bcdcd", "abcdabcd", "cdbcab"])


@case("agreement", sizes=(20, 120), hint="A space begins a piece, also after a space. Line breaks are bytes like others.")
def test_scribbles(submission, rng, size):
    """Single characters at random, spaces one after the other, line breaks"""
    fit_and_compare(submission, [scribble(rng, size) for _ in range(6)], 30, [scribble(rng, size), "  a  b ", "a\n\nb"])


@case("agreement", hint="Begin with the bytes of UTF-8, not with characters.")
def test_characters_of_several_bytes(submission, rng):
    """Letters that share their first byte"""
    texts = ["éèêë éè", "çé 日本語 日本", "🙂🙃 🙂"]
    fit_and_compare(submission, texts, 20, ["ñ", "日", "🙁"])


@case("agreement", hint="Count anew after each merge: pairs with the new token appear, and others become rarer.")
def test_counts_change_with_every_merge(submission, rng):
    """A merge that uses up a frequent pair"""
    fit_and_compare(submission, ["abc"] * 5 + ["xbc"] * 4 + ["bd"] * 3 + ["pq"] * 6, 6)


@case("agreement", hint="After 80 merges there are 336 tokens: a pair is two numbers, not one with room for fewer.")
def test_eighty_merges(submission, rng):
    """As many merges as there are at most: many texts, and long runs of letters that all differ"""
    fit_and_compare(submission, corpus(rng, 60), 80, corpus(rng, 3))
    up, down = ("".join(map(chr, numbers)) for numbers in (range(33, 93), range(122, 62, -1)))
    fit_and_compare(submission, [up, up, down, down], 80)


@case("property", hint="decode undoes encode, whatever was learnt.")
def test_there_and_back(submission, rng):
    """Any text, after training on others, is what its tokens decode to"""
    model = submission.BytePairTokenizer(30).fit(corpus(rng, 8))
    for _ in range(4):
        text = scribble(rng, 60)
        compare_text(model, array(model.encode(text), "encode(text)", kind="int").tolist(), text, "decode(encode(text))")


@case("property", hint="Merges are learnt one after the other, whatever comes later.")
def test_fewer_merges_are_the_first_ones(submission, rng):
    """The first merges are the same for every n_merges"""
    texts = corpus(rng, 8)
    merges = byte_pair_merges(texts, 30)
    for n_merges in (1, 7, 30):
        compare_merges(submission.BytePairTokenizer(n_merges).fit(texts).merges_, merges[:n_merges])


@case(
    "property",
    given=lambda st: {"texts": st.lists(st.text("ab é", max_size=8), min_size=1, max_size=4), "n_merges": st.integers(0, 6)},
    examples=12,
)
def test_small_texts(submission, rng, texts, n_merges):
    """Small texts of few characters"""
    fit_and_compare(submission, texts, n_merges, ["abab aab", "ébaé"])


@case("edge", hint="Stop when the most frequent pair occurs once only; then there are fewer merges than asked for.")
def test_training_stops_early(submission, rng):
    """Texts without a pair that occurs twice, and with a few"""
    fit_and_compare(submission, ["abcdef", "ghij"], 10)
    fit_and_compare(submission, ["abcabc", "xyz"], 50)


@case("edge", hint="No texts, no pairs: then tokens are bytes.")
def test_nothing_to_learn(submission, rng):
    """Empty texts, single characters, no merges asked for"""
    for texts, n_merges in (([""], 5), (["a", "", "b"], 5), (["abab abab"], 0), ([" ", "  "], 3)):
        fit_and_compare(submission, texts, n_merges, ["", " ", "abab", "é"])


@case("edge", hint="Put the bytes of all tokens together first, and decode then, with errors='replace'.")
def test_tokens_within_a_character(submission, rng):
    """Tokens that begin or end inside a character, or are no part of any, give U+FFFD"""
    model = submission.BytePairTokenizer(2).fit(["éa éa", "日日"])
    merges = byte_pair_merges(["éa éa", "日日"], 2)
    for tokens in ([195], [169, 97], [195, 169, 195], [230, 151], [97, 128, 98], [230, 151, 165, 33], [254, 97, 255]):
        compare_text(model, tokens, byte_pair_decode(merges, tokens), f"decode({tokens})")


@case("edge", hint="Each space begins a piece, also one that follows a space; tabs and line breaks begin none.")
def test_spaces_and_line_breaks(submission, rng):
    """Spaces one after the other, and line breaks and tabs that are merged like letters"""
    fit_and_compare(submission, ["a  b   c"] * 3 + ["a\nb\tc"] * 2 + ["  "], 12, ["   ", " a\n b\tc", "\n\n "])


@case("edge", hint="Bytes that training has not seen are tokens too.")
def test_unseen_characters(submission, rng):
    """Texts in characters that were not in training"""
    fit_and_compare(submission, corpus(rng, 6), 30, ["Жук", "\t0-9", "𝛼𝛽", "QQQ"])


@case("edge", hint="Cut at U+0020 alone: str.split() and isspace() know many other spaces.")
def test_other_spaces_begin_no_piece(submission, rng):
    """Non-breaking, wide and thin spaces, line separators: they are merged like letters"""
    for space in "\u00a0\u3000\u2009\u0085\u2028\r\v\f\x1f":
        fit_and_compare(submission, [f"a{space}b a{space}b", f"{space}a b", f"a{space}b"], 6, [f"{space}{space}a{space} b"])


@case("edge", hint="Compare tokens as numbers: where they are text, '97 10' stands in '97 100' too, and '56 97' in '256 97'.")
def test_numbers_within_numbers(submission, rng):
    """Merges of (97, 10) and (56, 97), and texts whose token numbers begin or end with these digits"""
    fit_and_compare(submission, ["xa\n ya\n za\n", "8a 8a"], 2, ["ad", "a\na", "bad a\na 8a"])


@case("edge", hint="Take the text as it is: no normalisation, and a U+FEFF at the beginning is a character like others.")
def test_texts_that_only_look_alike(submission, rng):
    """Combining accents, ligatures and a byte order mark come back as they were"""
    texts = ["e\u0301e\u0301 \u00e9", "\ufb01n \ufb01n fin", "\u212bm \u00c5m A\u030am", "\ufeffab ab\ufeff", "1\u00b2 12\r\n"]
    fit_and_compare(submission, texts, 12, [*texts[4:], "\ufeff", "\u1100\u1161"])
    # U+0000 is a character too, also at the end, where C's strings have none.
    fit_and_compare(submission, ["ab\0", "ab\0", "\0ab"], 4, ["\0", "ab\0\0"])


@case("edge", hint="Whatever encode and decode keep for the next call has to be thrown away when fit is called again.")
def test_fitting_again_after_use(submission, rng):
    """Texts encoded and decoded, a second fit on others, and the same texts once more"""
    first, second, text = ["ab ab", "cd ab"], ["cd cd cd", "ce ab"], "ab cd ce"
    model = submission.BytePairTokenizer(3)
    for texts in (first, second, first):
        model = model.fit(texts)
        merges = byte_pair_merges(texts, 3)
        compare_merges(model.merges_, merges)
        compare_tokens(model, text, merges)
        tokens = [256 + m for m in range(len(merges))]
        compare_text(model, tokens, byte_pair_decode(merges, tokens), "decode of all that was learnt")


@case("edge", hint="Keep merges, vocabulary and encoded pieces in self, not in the class.")
def test_two_tokenisers_know_nothing_of_each_other(submission, rng):
    """Two tokenisers that were fitted on other texts encode and decode in turn"""
    text, trained = "ab cd ce", [["ab ab", "cd ab"], ["cd cd cd", "ce ab"]]
    models = [submission.BytePairTokenizer(3).fit(texts) for texts in trained]
    for which in (0, 1, 0):
        merges = byte_pair_merges(trained[which], 3)
        compare_merges(models[which].merges_, merges)
        compare_tokens(models[which], text, merges)
        tokens = [256 + m for m in range(len(merges))]
        compare_text(models[which], tokens, byte_pair_decode(merges, tokens), "decode of all that was learnt")


@case("edge", hint="A fit that stops early leaves n_merges as it is: the next one may find more.")
def test_more_merges_after_few(submission, rng):
    """Five merges at most, of texts that have none and then of texts that have three"""
    model = submission.BytePairTokenizer(5)
    for texts in (["ab"], ["abc abc", "abcd abcd"]):
        compare_merges(model.fit(texts).merges_, byte_pair_merges(texts, 5))


def clause_inputs(rng):
    return (datasets.drawn_until(lambda texts: len(byte_pair_merges(texts, 12)) == 12, lambda: corpus(rng, 6)),)


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, texts: submission.BytePairTokenizer(12).fit(texts),
        answers=lambda model, texts: {
            "merges_": array(model.merges_, "merges_", shape=(12, 2)),
            "encode(text)": array(model.encode(texts[0]), "encode(text)", shape=(len(byte_pair_encode(byte_pair_merges(texts, 12), texts[0])),)),
        },
        refit=lambda model, texts: model.fit(texts),
    ),
    leave_out={
        "test_float32_inputs_are_taken": "the input is a list of strings",
        "test_fortran_order_is_taken": "the input is a list of strings",
        "test_read_only_inputs_are_taken": "the input is a list of strings",
    },
)

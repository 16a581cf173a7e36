"""Hidden cases of TF-IDF: closed formulas, so vocabulary, idf and weights are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, equal_to, that
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.text import tfidf_fit, tfidf_transform

# The statement's number. float64 reaches 1e-15 and float32 3e-7; the nearest mistake, an idf without its smoothing,
# moves entries by 1e-2.
ACCURACY = 1e-6

WORDS = ["ant", "bee", "cat", "dog", "eel", "fox", "gnu", "hen", "then", "cats", "42", "x1", "of", "the", "a", "i"]
MARKS = [" ", " ", " ", ", ", ". ", "-", "! ", " (", ") ", "'", ": "]


def document(rng, n_words, words=WORDS):
    """Join words, the first ones more frequent, by spaces and marks, some of them in capitals."""
    chances = 1.0 / np.arange(1, len(words) + 1)
    drawn = [words[i] for i in rng.choice(len(words), size=n_words, p=chances / chances.sum())]
    dressed = [str.upper(w) if u < 0.15 else w.title() if u < 0.3 else w for w, u in zip(drawn, rng.random(n_words))]
    return "".join(word + MARKS[rng.integers(len(MARKS))] for word in dressed)


def corpus(rng, n_documents, longest=30, words=WORDS):
    """Draw documents in which some tokens repeat; every idf but one at least differs from the others."""

    def draw():
        return [document(rng, int(rng.integers(4, longest)), words) for _ in range(n_documents)]

    def shows(documents):
        fitted = tfidf_fit(documents)
        counts = tfidf_transform(fitted, documents, norm=None) / fitted.idf
        return counts.max() > 2.5 and len(np.unique(fitted.idf)) > 1

    return datasets.drawn_until(shows, draw)


def compare_vocabulary(model, expected):
    """Compare a dict from token to column."""
    mine = model.vocabulary_
    that(isinstance(mine, dict), "vocabulary_ is not a dict from token to column", actual=mine)
    wrong = set(mine) ^ set(expected)
    that(not wrong, f"vocabulary_ does not hold the right tokens; one that differs is {min(map(repr, wrong), default='')}", actual=mine)
    equal_to([mine[token] for token in expected], list(expected.values()), "the columns in vocabulary_")


def compare_weights(value, right, what="transform(documents)"):
    """Compare weights: rows of length one as they are, others by the largest entry."""
    close_to(value, right, ACCURACY, what, scale=max(1.0, float(np.abs(right).max(initial=0.0))))


def fit_and_compare(submission, documents, new=None, *, norm="l2", smooth_idf=True, sublinear_tf=False):
    """Fit once, and compare all attributes and the weights of the same documents or of new ones."""
    model = submission.TfidfVectorizer(norm=norm, smooth_idf=smooth_idf, sublinear_tf=sublinear_tf).fit(documents)
    right = tfidf_fit(documents, smooth_idf=smooth_idf)
    compare_vocabulary(model, right.vocabulary)
    close_to(model.idf_, right.idf, ACCURACY, "idf_")
    asked = documents if new is None else new
    compare_weights(model.transform(asked), tfidf_transform(right, asked, sublinear_tf=sublinear_tf, norm=norm))
    return model


@case("sample", hint="With n = 2 the idf of a word in both documents is 1, and of a word in one ln(3 / 2) + 1.")
def test_two_documents_by_hand(submission, rng):
    """'cat sat' and 'cat ran ran', not normalised"""
    model = submission.TfidfVectorizer(norm=None).fit(["cat sat", "cat ran ran"])
    compare_vocabulary(model, {"cat": 0, "ran": 1, "sat": 2})
    rare = np.log(1.5) + 1.0
    close_to(model.idf_, [1.0, rare, rare], ACCURACY, "idf_")
    compare_weights(model.transform(["cat sat", "cat ran ran"]), np.array([[1.0, 0.0, rare], [1.0, 2.0 * rare, 0.0]]))


@case("sample", hint="Divide each row by its Euclidean length.")
def test_the_default_norm(submission, rng):
    """One document, 'aa aa aa bb bb bb bb': all idf are 1, and the row is (0.6, 0.8)"""
    model = submission.TfidfVectorizer()
    compare_weights(model.fit_transform(["aa aa aa bb bb bb bb"]), np.array([[0.6, 0.8]]), "fit_transform(documents)")


@case("sample", hint="Lower case first; then runs of letters and digits, of two characters or more.")
def test_tokens_by_hand(submission, rng):
    """"It's a state-of-the-art X1" holds it, state, of, the, art and x1"""
    model = submission.TfidfVectorizer().fit(["It's a state-of-the-art X1"])
    compare_vocabulary(model, {"art": 0, "it": 1, "of": 2, "state": 3, "the": 4, "x1": 5})


@case("agreement", sizes=(3, 10, 40), hint="Compare vocabulary_ and idf_ with the formulas before the weights.")
def test_random_documents(submission, rng, size):
    """Documents with capitals, marks and repeated words"""
    fit_and_compare(submission, corpus(rng, size))


@case("agreement", sizes=(4, 20), hint="A token's count is multiplied by its idf, and nothing else is done to it.")
def test_weights_without_a_norm(submission, rng, size):
    """norm=None shows counts and idf as they are"""
    fit_and_compare(submission, corpus(rng, size), norm=None)


@case("agreement", hint="A document counts once for a token, however often it holds it.")
def test_a_word_repeated_in_one_document(submission, rng):
    """One document repeats a word that the others lack"""
    documents = ["eel " * int(rng.integers(3, 9)) + "fox"] + [document(rng, 6, ["cat", "dog", "fox"]) for _ in range(5)]
    fit_and_compare(submission, documents)


@case("agreement", sizes=(3, 12), hint="Without smoothing nothing is added to n and df; the 1 outside the logarithm stays.")
def test_idf_without_smoothing(submission, rng, size):
    """smooth_idf=False"""
    for norm in ("l2", None):
        fit_and_compare(submission, corpus(rng, size), smooth_idf=False, norm=norm)


@case("agreement", sizes=(3, 12), hint="The logarithm replaces the count before the idf and the norm; 1 + ln(1) is 1.")
def test_sublinear_counts(submission, rng, size):
    """sublinear_tf=True"""
    for norm in ("l2", None):
        fit_and_compare(submission, corpus(rng, size), sublinear_tf=True, norm=norm)


@case("agreement", hint="transform uses what fit has learned: n, df and the vocabulary are those of fit.")
def test_new_documents(submission, rng):
    """Other documents, fewer, in which other tokens are frequent"""
    for norm in ("l2", None):
        fit_and_compare(submission, corpus(rng, 20), [document(rng, 12, WORDS[3:9]) for _ in range(3)], norm=norm)


@case("agreement", hint="Tokens outside the vocabulary are ignored: they count neither as entries nor in the row's length.")
def test_unseen_tokens(submission, rng):
    """New documents with tokens that fit has not seen, before and after all others in the alphabet"""
    new = [f"{document(rng, 8)} aardvark zebra zebra", "zebra " + document(rng, 5), "ant 00 aardvark"]
    fit_and_compare(submission, ["ant bee cat"] + corpus(rng, 8), new)


@case(
    "property",
    given=lambda st: {
        "documents": st.lists(
            st.lists(st.sampled_from(["aa", "bb", "Cc", "d", "e2"]), max_size=5).map(" ".join), min_size=1, max_size=4
        ).filter(lambda documents: bool(tfidf_fit(documents).vocabulary))
    },
    examples=15,
)
def test_rows_have_length_one(submission, rng, documents):
    """Small documents: every row has length one, or is zero where there is no token"""
    weights = array(fit_and_compare(submission, documents).transform(documents), "transform(documents)")
    has_tokens = tfidf_transform(tfidf_fit(documents), documents).any(axis=1)
    # A length is a sum over at most four entries, each certain to the statement's number.
    close_to(np.linalg.norm(weights, axis=1), has_tokens.astype(float), 4.0 * ACCURACY, "the lengths of the rows", scale=1.0)


@case("property", hint="Only the counts of tokens matter.")
def test_the_order_of_words_does_not_matter(submission, rng):
    """Words in another order give the same row, and a text taken twice the same direction"""
    documents = corpus(rng, 6)
    words = [text.replace("-", " ").replace("'", " ").split() for text in documents]
    shuffled = [" ".join(rng.permutation(row).tolist()) for row in words]
    model = submission.TfidfVectorizer().fit(documents)
    right = tfidf_transform(tfidf_fit(documents), documents)
    compare_weights(model.transform(shuffled), right, "transform of shuffled words")
    compare_weights(model.transform([f"{text} {text}" for text in documents]), right, "transform of texts taken twice")


@case("property", hint="fit_transform is fit, then transform.")
def test_fit_transform(submission, rng):
    """fit_transform returns the weights of the documents it fits, and leaves the model fitted"""
    for norm, smooth_idf, sublinear_tf in ((None, True, False), ("l2", True, True), (None, False, True)):
        documents, new = corpus(rng, 8), corpus(rng, 3)
        model = submission.TfidfVectorizer(norm=norm, smooth_idf=smooth_idf, sublinear_tf=sublinear_tf)
        right, options = tfidf_fit(documents, smooth_idf=smooth_idf), {"norm": norm, "sublinear_tf": sublinear_tf}
        compare_weights(model.fit_transform(documents), tfidf_transform(right, documents, **options), "fit_transform(documents)")
        compare_weights(model.transform(new), tfidf_transform(right, new, **options), "transform(new documents)")


@case("edge", hint="Do not divide a row of zeros by its length.")
def test_documents_without_tokens(submission, rng):
    """Empty texts, single letters, marks and unseen words give rows of zeros"""
    documents = corpus(rng, 5)
    fit_and_compare(submission, documents + ["", "a I ? !"], ["", "- a -", "zebra", documents[0]])


@case("edge", hint="Digits are characters like others, and tokens are sorted as strings: '10' before '9a' before 'aa'.")
def test_tokens_of_digits(submission, rng):
    """Numbers, and tokens that begin with digits"""
    fit_and_compare(submission, ["9a 10 aa 007 7", "Aa 100 b7; 10-10", "7 99 zz"])


@case("edge", hint="Every character but letters and digits separates, whatever stands beside it.")
def test_marks_without_spaces(submission, rng):
    """Each mark between two words, decimal numbers and abbreviations"""
    documents = ["ant.bee,cat;dog:eel!fox?gnu'hen-then(of)the", "pi 3.14,15", "U.S.A. i.e. (x2)y3"]
    fit_and_compare(submission, documents, ["ant;bee", "what?!14.15"], norm=None)


@case("edge", hint="With one document every df equals n, so that every idf is 1.")
def test_a_single_document(submission, rng):
    """One document alone, with each kind of idf"""
    for smooth_idf in (True, False):
        fit_and_compare(submission, [document(rng, 30)], smooth_idf=smooth_idf, norm=None)


@case("edge", hint="Parameters may come by position, in the order of the interface.")
def test_parameters_by_position(submission, rng):
    """No norm, no smoothing, and sublinear counts"""
    documents = corpus(rng, 6)
    weights = submission.TfidfVectorizer(None, False, True).fit_transform(documents)
    right = tfidf_fit(documents, smooth_idf=False)
    compare_weights(weights, tfidf_transform(right, documents, sublinear_tf=True, norm=None))


@case("edge", hint="A token is as long as its run of characters: an array of strings cuts off what is longer than its type says.")
def test_long_tokens(submission, rng):
    """Tokens that agree in their first 12 characters, and one of 40"""
    fit_and_compare(submission, ["classification classificator " + "ab" * 20, "classificatory ab"], norm=None)


def clause_inputs(rng):
    # Other words each time, so that a vocabulary that is shared or kept shows.
    return (corpus(rng, int(rng.integers(4, 9)), words=rng.permutation(WORDS)[:8].tolist()),)


def clause_answers(model, documents):
    n_tokens = len(tfidf_fit(documents).vocabulary)
    return {
        "idf_": array(model.idf_, "idf_", shape=(n_tokens,)),
        "transform(documents)": array(model.transform(documents), "transform(documents)", shape=(len(documents), n_tokens)),
    }


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, documents: submission.TfidfVectorizer().fit(documents),
        answers=clause_answers,
        rows=("transform",),
        refit=lambda model, documents: model.fit(documents),
    ),
    leave_out={
        "test_float32_inputs_are_taken": "the input is a list of strings",
        "test_fortran_order_is_taken": "the input is a list of strings",
        "test_read_only_inputs_are_taken": "the input is a list of strings",
    },
)

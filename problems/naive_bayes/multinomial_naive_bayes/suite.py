"""Hidden cases of multinomial naive Bayes: closed formulas, so parameters and posteriors are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, equal_to, fitted, log_probabilities
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.naive_bayes import multinomial_naive_bayes

# The statement's number. float64 reaches 1e-12, also for logarithms of -50,000; the nearest mistake, one column too
# few in the denominator, moves every logarithm by 1e-3 or more.
ACCURACY = 1e-6
# The statement's number: posteriors nearer to each other than this are not judged by their order.
CLEAR = 1e-3


def texts(rng, counts, n_features, length=30.0, sharpness=1.0):
    """Return counts of words and labels 0, 1, ... in random order; each class has a distribution of its own."""
    y = datasets.class_labels(rng, *counts)
    shares = rng.dirichlet(np.full(n_features, 1.0 / sharpness), size=len(counts))
    lengths = rng.poisson(length * rng.uniform(0.2, 1.8, size=len(y)))
    return np.array([rng.multinomial(n, shares[c]) for n, c in zip(lengths, y)]).astype(float), y


def compare(model, X, right):
    """Compare all attributes, and posteriors and labels at the rows of X."""
    equal_to(model.classes_, right.classes, "classes_")
    log_probabilities(model.class_log_prior_, right.log_priors, ACCURACY, "class_log_prior_")
    log_probabilities(model.feature_log_prob_, right.log_shares, ACCURACY, "feature_log_prob_")
    posterior = right.predict_log_proba(X)
    mine = array(model.predict_log_proba(X), "predict_log_proba(X)", shape=posterior.shape)
    log_probabilities(mine, posterior, ACCURACY, "predict_log_proba(X)")
    ordered = np.sort(posterior, axis=1)
    is_clear = ordered[:, -1] - (ordered[:, -2] if ordered.shape[1] > 1 else -np.inf) > CLEAR
    equal_to(model.predict(X), right.classes[posterior.argmax(axis=1)], "predict(X)", where=is_clear)


def check(submission, X, y, new=None, **options):
    """Fit once and compare, at the training rows or at new ones."""
    model = fitted(submission.MultinomialNB(**options), X, y)
    compare(model, X if new is None else new, multinomial_naive_bayes(X, y, **options))
    return model


@case("sample", hint="Class 0 has 3 and 1 words: shares (3 + 1) / (4 + 2) and (1 + 1) / (4 + 2).")
def test_two_texts_by_hand(submission, rng):
    """Two texts of two words: shares 4/6, 2/6 and 1/4, 3/4"""
    X, y = np.array([[3.0, 1.0], [0.0, 2.0]]), np.array([0, 1])
    model = check(submission, X, y)
    close_to(model.feature_log_prob_, np.log([[4 / 6, 2 / 6], [1 / 4, 3 / 4]]), ACCURACY, "feature_log_prob_")


@case("sample", hint="A text without words has the prior as its posterior: 3/4 and 1/4.")
def test_a_text_without_words(submission, rng):
    """Three texts of one class and one of the other"""
    X, y = np.array([[1.0, 0.0], [2.0, 0.0], [1.0, 1.0], [0.0, 9.0]]), np.array([0, 0, 0, 1])
    check(submission, X, y, np.zeros((1, 2)))


@case("sample", hint="classes_ holds the labels in ascending order, and predict returns labels.")
def test_labels_of_any_kind(submission, rng):
    """Labels 70, -3 and 2, and some that only 64 bits hold"""
    check(submission, np.eye(3) * 5.0, np.array([70, -3, 2]))
    check(submission, np.eye(3) * 5.0, np.array([2**40, 5, -(2**40)]))


@case("agreement", sizes=(2, 10, 40), hint="Compare feature_log_prob_ before the posteriors.")
def test_texts_of_three_classes(submission, rng, size):
    """As many texts in each class"""
    X, y = texts(rng, (size, size, size), 12)
    check(submission, X, y)


@case("agreement", sizes=(3, 15), hint="Priors count texts, not words.")
def test_classes_of_different_size(submission, rng, size):
    """A class five times as large as another, whose texts are shorter"""
    X, y = texts(rng, (5 * size, size, 2 * size), 6, length=8.0)
    X[y == 1] *= 6.0
    check(submission, X, y, np.minimum(X, 1.0))


@case("agreement", sizes=(5, 20), hint="alpha is added to every count, so the number of columns times alpha to their sum.")
def test_other_alphas(submission, rng, size):
    """alpha of 0.001, 0.5 and 10"""
    for alpha in (1e-3, 0.5, 10.0):
        X, y = texts(rng, (size, 2 * size), 9)
        check(submission, X, y, alpha=alpha)


@case("agreement", hint="With fit_prior=False all classes that occur are equally likely.")
def test_equal_priors(submission, rng):
    """fit_prior=False for classes of different size, also after a fit with fewer classes"""
    X, y = texts(rng, (24, 3, 8), 7, length=6.0)
    for fit_prior in (False, True):
        check(submission, X, y, np.minimum(X, 2.0), fit_prior=fit_prior)
    model = fitted(submission.MultinomialNB(fit_prior=False), X[y < 2], y[y < 2])
    compare(fitted(model, X, y), X, multinomial_naive_bayes(X, y, fit_prior=False))


@case("agreement", hint="Every occurrence of a word counts, in fit and in predict_log_proba.")
def test_repeated_words(submission, rng):
    """Texts in which few words occur many times"""
    X, y = texts(rng, (8, 8), 6, length=4.0)
    X[::2] *= rng.integers(5, 30, size=(len(X[::2]), 1))
    check(submission, X, y, rng.permutation(X, axis=1))


@case("agreement", hint="Statistics are those of fit; each new row is scored by itself.")
def test_new_texts(submission, rng):
    """New texts with words that were rare, and of other lengths"""
    X, y = texts(rng, (10, 20, 5), 15, sharpness=3.0)
    new, _ = texts(rng, (6, 6), 15, length=60.0)
    check(submission, X, y, new)


@case("agreement", hint="Entries need not be whole: do not round them.")
def test_weights_instead_of_counts(submission, rng):
    """Entries that are not whole numbers, as TF-IDF makes them"""
    X, y = texts(rng, (12, 6), 10)
    check(submission, X * rng.uniform(0.1, 0.9, size=10), y)


@case("property", sizes=(4, 12), hint="Only sums of columns matter in fit, and the number of texts for the prior.")
def test_texts_joined_in_pairs(submission, rng, size):
    """Two texts of a class joined into one: the same shares; priors count half as many"""
    X, y = texts(rng, (2 * size, 2 * size), 8)
    joined = np.vstack([X[y == label].reshape(size, 2, 8).sum(axis=1) for label in (0, 1)])
    right = multinomial_naive_bayes(X, y)
    model = fitted(submission.MultinomialNB(), joined, np.repeat([0, 1], size))
    log_probabilities(model.feature_log_prob_, right.log_shares, ACCURACY, "feature_log_prob_ of joined texts")
    log_probabilities(model.class_log_prior_, right.log_priors, ACCURACY, "class_log_prior_ of joined texts")


@case("property", hint="Shares of a class add up to one, and so do the posteriors of a row.")
def test_shares_and_posteriors_add_up_to_one(submission, rng):
    """Exponentials of each row of feature_log_prob_ and of predict_log_proba"""
    X, y = texts(rng, (6, 9, 4), 10)
    model = fitted(submission.MultinomialNB(alpha=0.3), X, y)
    for value, shape, what in (
        (model.feature_log_prob_, (3, 10), "feature_log_prob_"),
        (model.predict_log_proba(X), (19, 3), "predict_log_proba(X)"),
    ):
        logs = np.minimum(array(value, what, shape=shape), 1.0)
        # A sum of ten terms, each certain to the statement's number of itself.
        close_to(np.exp(logs).sum(axis=1), np.ones(shape[0]), 1e-5, f"the sums of exp({what})", scale=1.0)


@case("property", hint="The order of columns and of rows does not matter, nor do the labels' values.")
def test_columns_and_rows_in_another_order(submission, rng):
    """Columns, rows and labels permuted"""
    X, y = texts(rng, (7, 12, 5), 8)
    rows, columns = rng.permutation(len(X)), rng.permutation(8)
    check(submission, X[rows][:, columns], np.array([9, -4, 0])[y[rows]])


@case("edge", hint="Sum logarithms; a product of shares underflows to zero.")
def test_long_texts(submission, rng):
    """Texts of thousands of words: posteriors down to exp(-10,000), and to exp(-48,000)"""
    X, y = texts(rng, (5, 5, 5), 10)
    check(submission, X, y, 60.0 * X)
    # Each word of the other class is exp(16.1) times less likely.
    check(submission, 1e4 * np.eye(2), np.array([0, 1]), 3e3 * np.eye(2), alpha=1e-3)


@case("edge", hint="Convert with np.asarray(X, dtype=float) first: a sum of large logarithms has no digits to spare.")
def test_large_counts_in_float32(submission, rng):
    """Entries of nearly 10,000 in float32: the answers of the same numbers in float64"""
    X, y = datasets.float32(1e4 * rng.uniform(0.9, 1.0, size=(12, 20))), datasets.class_labels(rng, 5, 7)
    right = multinomial_naive_bayes(X.astype(float), y, alpha=0.3)
    # Scores are of size 6e5, which float32 rounds by 0.03, and posteriors are differences of some tens.
    compare(fitted(submission.MultinomialNB(alpha=0.3), X, y), X, right)


@case("edge", hint="A column that is zero in a class has the share alpha / (N_c + alpha V), and counts in V.")
def test_words_that_a_class_does_not_have(submission, rng):
    """Columns that are zero for one class, and one that is zero for all"""
    X, y = texts(rng, (6, 8), 9)
    X[y == 0, 2], X[y == 1, 5], X[:, 7] = 0.0, 0.0, 0.0
    new, _ = texts(rng, (4, 4), 9)
    for alpha in (1.0, 1e-3):
        check(submission, X, y, new, alpha=alpha)


@case("edge", hint="Add nothing to a share before its logarithm: alpha has made it positive already.")
def test_shares_of_a_hundred_billionth(submission, rng):
    """A word that one of two classes does not have among millions, with alpha = 0.001"""
    X, y = np.floor(rng.uniform(5e3, 1e4, size=(200, 50))), np.arange(200) % 2
    X[y == 0, 0] = 0.0
    # Tenths of the texts: the posteriors of whole ones would be below exp(-50,000).
    check(submission, X, y, 0.1 * X, alpha=1e-3)


@case("edge", hint="A class without words has equal shares, and still its prior.")
def test_texts_of_zeros(submission, rng):
    """A class all of whose texts are empty"""
    X, y = texts(rng, (5, 3, 4), 6)
    X[y == 1] = 0.0
    check(submission, X, y)


@case("edge", hint="With one class every posterior is one, and its logarithm zero; keep all axes.")
def test_one_of_everything(submission, rng):
    """A single class; a single column; a single text for each class; a single text"""
    X, y = texts(rng, (6,), 5)
    check(submission, X, y + 3)
    X, y = texts(rng, (4, 6), 2)
    check(submission, X[:, :1], y)
    X, y = texts(rng, (1, 1, 1), 5)
    check(submission, X, y)
    check(submission, X[:1], y[:1])


def clause_inputs(rng):
    def is_clear(both):
        ordered = np.sort(multinomial_naive_bayes(*both).predict_log_proba(both[0]), axis=1)
        # Labels are compared, so no row may be undecided, in float32 arithmetic either.
        return (ordered[:, -1] - ordered[:, -2]).min() > 0.05

    return datasets.drawn_until(is_clear, lambda: texts(rng, (5, 7, 4), 6))


def clause_answers(model, X, y):
    n_classes = len(np.unique(y))
    return {
        "classes_": array(model.classes_, "classes_", shape=(n_classes,), kind="int"),
        "class_log_prior_": array(model.class_log_prior_, "class_log_prior_", shape=(n_classes,)),
        "feature_log_prob_": array(model.feature_log_prob_, "feature_log_prob_", shape=(n_classes, X.shape[1])),
        "predict_log_proba(X)": array(model.predict_log_proba(X), "predict_log_proba(X)", shape=(len(X), n_classes)),
        "predict(X)": array(model.predict(X), "predict(X)", shape=(len(X),), kind="int"),
    }


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, X, y: submission.MultinomialNB().fit(X, y),
        answers=clause_answers,
        rows=("predict_log_proba", "predict"),
        refit=lambda model, X, y: model.fit(X, y),
        others=lambda rng: texts(rng, (4, 6), 5),
    )
)

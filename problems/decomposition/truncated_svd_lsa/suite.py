"""Hidden cases of LSA: singular values directly, components as far as gaps tell, cosines whatever the basis."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, number, same_components
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.decomposition import nearest_signs, singular_directions

# All are the statement's numbers. Decompositions of X or of its Gram matrix reach 1e-13 of the largest singular value;
# float32 is off by 1e-7, and centring by 1e-2 and more.
VALUES = 1e-9
# Divided by the gap: direct solvers reach 1e-15 / gap, a power iteration that stops at steps of 1e-8 reaches
# 1e-8 / gap.
COMPONENTS = 1e-7
# Projections on one and the same rows; rounding is 1e-15, other mistakes are of order one.
SCORES = 1e-6
# A component that is off by 1e-7 / 0.02, as the statement allows, turns a projection of 0.02 of its row by 2.5e-4.
COSINES = 1e-3


def compare(model, X, n_components, queries):
    """Compare all attributes, and projections and similarities of new rows."""
    right = singular_directions(X)
    n_documents, n_terms = X.shape
    close_to(model.singular_values_, right.values[:n_components], VALUES, "singular_values_", scale=right.values[0])
    close_to(model.explained_share_, right.share(n_components), VALUES, "explained_share_", scale=1.0)
    rows = array(model.components_, "components_", shape=(n_components, n_terms))
    same_components(rows, right.rows, right.values**2, COMPONENTS, "components_")
    for given, what in ((X, "X"), (queries, "new rows")):
        close_to(model.transform(given), given @ rows.T, SCORES, f"transform({what})")
        expected = right.similarity(given, X, n_components)
        close_to(model.similarity(given), expected, COSINES, f"similarity({what})", scale=1.0)


def fit_and_compare(submission, X, n_components, queries=None):
    """Fit once and compare."""
    model = submission.LatentSemanticAnalysis(n_components).fit(X)
    compare(model, X, n_components, X[::-1] + X.mean() if queries is None else queries)
    return model


def counts(rng, n_documents, n_terms, n_topics, length=25.0):
    """Return counts of words; each document mixes few of the topics, and each topic has words of its own."""
    topics = rng.dirichlet(np.full(n_terms, 0.2), size=n_topics)
    mixtures = rng.dirichlet(np.full(n_topics, 0.3), size=n_documents)
    return rng.poisson(length * rng.uniform(0.5, 2.0, size=(n_documents, 1)) * mixtures @ topics).astype(float)


def is_fair(X, n_components, queries=None):
    """Tell whether the kept singular values are apart and large enough, and no projection is nearly nothing."""
    right = singular_directions(X)
    if len(right.values) < n_components or right.values[n_components - 1] < 0.1 * right.values[0]:
        return False
    squares = np.append(right.values**2, 0.0)[: n_components + 1] / right.values[0] ** 2
    # A single column has nothing beside it.
    gaps = -np.diff(squares)
    rows = X if queries is None else np.vstack([X, queries])
    lengths = np.linalg.norm(rows @ right.rows[:n_components].T, axis=1)
    return gaps.min() > 0.02 and (lengths > 0.02 * np.linalg.norm(rows, axis=1)).all()


def drawn(rng, draw, n_components):
    """Draw fair documents and queries."""

    def draw_both():
        X = draw()
        return X, X[rng.permutation(len(X))[:5]] + 0.5 * rng.poisson(0.5, size=(min(5, len(X)), X.shape[1])) * X.mean()

    return datasets.drawn_until(lambda it: it[0].any(axis=1).all() and is_fair(it[0], n_components, it[1]), draw_both)


def with_values(rng, n_documents, n_terms, values):
    """Return a matrix that has exactly these singular values."""
    left, right = (datasets.orthonormal(rng, size, len(values)) for size in (n_documents, n_terms))
    return left * values @ right.T


CARS = np.array([[1.0, 0.0, 1.0, 0.0], [0.0, 1.0, 1.0, 0.0], [0.0, 0.0, 0.0, 1.0]])


@case("sample", hint="The first component is (1, 1, 2, 0) / sqrt(6). The third document is orthogonal to it.")
def test_two_words_for_one_thing(submission, rng):
    """Terms car, auto, engine, fruit: a query for a car finds the document that says auto"""
    model = submission.LatentSemanticAnalysis(1).fit(CARS)
    close_to(model.singular_values_, [np.sqrt(3.0)], VALUES, "singular_values_")
    close_to(model.explained_share_, 0.6, VALUES, "explained_share_")
    close_to(model.similarity(np.array([[1.0, 0.0, 0.0, 0.0]])), [[1.0, 1.0, 0.0]], COSINES, "similarity([car])")


@case("sample", hint="Do not centre: the singular values are those of X itself, sqrt(10) and sqrt(2).")
def test_four_documents_of_two_terms(submission, rng):
    """Rows (2, 0), (2, 0), (1, 1), (1, -1) and one component or two"""
    X = np.array([[2.0, 0.0], [2.0, 0.0], [1.0, 1.0], [1.0, -1.0]])
    for n_components in (1, 2):
        fit_and_compare(submission, X, n_components, np.array([[3.0, 1.0], [1.0, 4.0]]))


@case("agreement", sizes=(6, 20, 60), hint="Columns are not centred, and rows are not normalised.")
def test_counts_of_words(submission, rng, size):
    """Counts of words in documents on three topics"""
    X, queries = drawn(rng, lambda: counts(rng, size, 12, 3), 2)
    fit_and_compare(submission, X, 2, queries)


@case("agreement", hint="numpy.linalg.svd gives the right singular vectors as rows, largest first.")
def test_more_terms_than_documents(submission, rng):
    """8 documents of 40 terms, 40 of 6, and as many of one as of the other"""
    for n_documents, n_terms in ((8, 40), (40, 6), (9, 9)):
        X, queries = drawn(rng, lambda size=(n_documents, n_terms): counts(rng, *size, 3), 3)
        fit_and_compare(submission, X, 3, queries)


@case("agreement", hint="explained_share_ compares with all entries of X, also with what is cut off.")
def test_several_numbers_of_components(submission, rng):
    """One to four components of the same matrix"""
    X = with_values(rng, 15, 9, np.array([5.0, 4.0, 3.0, 2.0, 1.5, 1.0]))
    for n_components in (1, 2, 4):
        fit_and_compare(submission, X, n_components, rng.normal(size=(4, 9)) @ X.T @ X)


@case("agreement", hint="Weights are taken as they are: rare terms count little, and long documents much.")
def test_terms_and_documents_of_different_weight(submission, rng):
    """Columns and rows with scales from 0.3 to 3"""

    def draw():
        X = counts(rng, 25, 8, 4)
        return X * np.geomspace(0.3, 3.0, 8) * rng.permutation(np.geomspace(0.3, 3.0, 25))[:, None]

    X, queries = drawn(rng, draw, 2)
    fit_and_compare(submission, X, 2, queries)


@case("agreement")
def test_small_and_large_weights(submission, rng):
    """Weights of scale 0.001 and 1000"""
    X, queries = drawn(rng, lambda: counts(rng, 15, 10, 3), 2)
    for scale in (1e-3 / 4.0, 1e3 / 4.0):
        fit_and_compare(submission, scale * X, 2, scale * queries)


@case("agreement", hint="The nearer two singular values, the slower an iteration; let it run until it settles.")
def test_singular_values_close_together(submission, rng):
    """The first two squares differ by one part in a hundred"""
    # Several times, because the start of an iteration may happen to lie well.
    for _ in range(4):
        X = with_values(rng, 30, 7, np.sqrt([1.0, 0.99, 0.4, 0.2, 0.05]))
        fit_and_compare(submission, X, 2, rng.normal(size=(4, 7)) @ X.T @ X)


@case("agreement", hint="Sketches with random columns see large matrices only roughly: decompose X itself, or iterate until it settles.")
def test_singular_values_that_fall_slowly(submission, rng):
    """60 documents of 40 terms: after two singular values follow 38 nearly as large as the second"""
    values = np.concatenate([np.sqrt([1.0, 0.9]), np.linspace(0.9, 0.6, 38)])

    def draw_both():
        X = with_values(rng, 60, 40, values)
        return X, rng.normal(size=(4, 2)) @ singular_directions(X).rows[:2] + 0.1 * rng.normal(size=(4, 40))

    # Projections of 0.02 of their rows are judged; rows with next to nothing in the two directions are drawn again.
    X, queries = datasets.drawn_until(lambda it: is_fair(it[0], 2, it[1]), draw_both)
    fit_and_compare(submission, X, 2, queries)


@case("agreement", hint="Of equal singular values only the space is determined; cosines do not depend on its basis.")
def test_equal_singular_values(submission, rng):
    """Two topics alike, with no term in common"""
    topic = np.array([[2.0, 1.0, 0.0], [1.0, 2.0, 1.0], [0.0, 1.0, 2.0], [1.0, 1.0, 1.0]])
    X = np.kron(np.eye(2), topic)[rng.permutation(8)][:, rng.permutation(6)]
    fit_and_compare(submission, X, 2, rng.uniform(0.5, 1.0, size=(3, 6)))


@case("property", hint="The projections of the documents are sigma_j u_j: orthogonal columns of length sigma_j.")
def test_projections_are_orthogonal(submission, rng):
    """The products of columns of transform(X) are the squares of singular_values_, and zero beside them"""
    X, _ = drawn(rng, lambda: counts(rng, 20, 9, 4), 3)
    model = submission.LatentSemanticAnalysis(3).fit(X)
    scores = array(model.transform(X), "transform(X)", shape=(20, 3))
    values = array(model.singular_values_, "singular_values_", shape=(3,))
    right = singular_directions(X).values[:3]
    close_to(values, right, VALUES, "singular_values_", scale=right[0])
    close_to(scores.T @ scores, np.diag(right**2), SCORES, "transform(X).T @ transform(X)")


@case("property", hint="No other k directions leave less: the rest is what explained_share_ says is missing.")
def test_what_is_cut_off(submission, rng):
    """X minus transform(X) @ components_ has the sum of squares that is not kept"""
    X, _ = drawn(rng, lambda: counts(rng, 18, 10, 4), 2)
    model = submission.LatentSemanticAnalysis(2).fit(X)
    scores = array(model.transform(X), "transform(X)", shape=(18, 2))
    rest = X - np.clip(scores, -1e9, 1e9) @ np.clip(array(model.components_, "components_", shape=(2, 10)), -1e9, 1e9)
    total = float(np.square(X).sum())
    missing = 1.0 - singular_directions(X).share(2)
    close_to(float(np.square(rest).sum()) / total, missing, SCORES, "the share of what is cut off", scale=1.0)
    close_to(1.0 - number(model.explained_share_, "explained_share_"), missing, VALUES, "1 - explained_share_", scale=1.0)


@case("property", hint="A cosine does not depend on the length of the query.")
def test_longer_queries(submission, rng):
    """Queries ten times as long: projections are ten times as long, and similarities the same"""
    X, queries = drawn(rng, lambda: counts(rng, 15, 8, 3), 2)
    model = submission.LatentSemanticAnalysis(2).fit(X)
    expected = singular_directions(X).similarity(queries, X, 2)
    for factor in (10.0, -0.1):
        close_to(model.similarity(factor * queries), np.sign(factor) * expected, COSINES, "similarity(X)", scale=1.0)


@case("property", hint="Documents are compared in the space of the components, where they may be opposite.")
def test_opposite_documents(submission, rng):
    """Weights of either sign: cosines from -1 to 1"""

    def draw():
        X = with_values(rng, 12, 8, np.array([3.0, 2.5, 1.0, 0.5]))
        return np.vstack([X, -X[:4]])

    X = datasets.drawn_until(lambda X: is_fair(X, 2), draw)
    fit_and_compare(submission, X, 2, X[:3] - X[4:7])


@case("edge", hint="A row of zeros has no direction: its cosines are zero, not NaN.")
def test_empty_documents_and_unused_terms(submission, rng):
    """Rows and columns of zeros, in fit and in queries"""
    X, queries = drawn(rng, lambda: counts(rng, 10, 7, 3), 2)
    X = np.insert(np.insert(X, [3, 8], 0.0, axis=0), 4, 0.0, axis=1)
    queries = np.vstack([np.insert(queries, 4, 0.0, axis=1), np.zeros((2, 8))])
    queries[-1, 4] = 5.0
    fit_and_compare(submission, X, 2, queries)


@case("edge", hint="The length of a projection that should be zero is rounding: compare it with that of the row.")
def test_queries_outside_of_the_space(submission, rng):
    """Queries that share nothing with the components, at several scales"""
    X = np.vstack([with_values(rng, 9, 8, np.array([3.0, 2.0])), np.zeros((1, 8))])
    rows = singular_directions(X).rows
    outside = rows[2:5]
    # What is left of the longest is 5e-7 long: no more than rounding beside 1e6, the statement's bound is 1e-12 of it.
    longest = 1e6 * (outside + 5e-13 * rows[0])
    fit_and_compare(submission, X, 2, np.vstack([outside, 1e3 * outside, 1e-3 * outside, longest, X[:1]]))


@case("edge", hint="A document's projection can vanish as a query's can: its cosines with all queries are zero then.")
def test_documents_outside_of_the_space(submission, rng):
    """Documents along each of three directions, of which two are kept"""
    directions = datasets.orthonormal(rng, 8, 3).T
    X = np.repeat([[3.0], [2.0], [1.0]], 2, axis=0) * np.repeat(directions, 2, axis=0)
    fit_and_compare(submission, X, 2, rng.uniform(0.5, 1.0, size=(4, 2)) @ directions[:2])
    # By hand: rows 3 (1, 2, 2), 2 (2, 1, -2) and (2, -2, 1), which are orthogonal.
    X = np.array([[3.0, 6.0, 6.0], [4.0, 2.0, -4.0], [2.0, -2.0, 1.0]])
    fit_and_compare(submission, X, 2, np.array([[1.0, 2.0, 2.0], [3.0, 3.0, 0.0]]))


@case("edge", hint="Whether a document's projection has vanished is a matter of its own length, not of the longest document's.")
def test_documents_of_very_different_lengths(submission, rng):
    """Documents a hundred thousand times as long as others that point the same way"""
    X = rng.uniform(0.5, 1.0, size=(7, 5)) * np.repeat([100.0, 1e-3 / 4.0], [4, 3])[:, None]
    fit_and_compare(submission, X, 1, X[:2])


@case("edge", hint="No start of an iteration is safe by itself: a component may be orthogonal to it, to the vector of ones too.")
def test_rows_that_add_up_to_zero(submission, rng):
    """Whole numbers whose sum is zero in every row: all components are orthogonal to the vector of ones"""
    fit_and_compare(submission, np.array([[1.0, -1.0], [2.0, -2.0], [0.0, 0.0]]), 1, np.array([[3.0, 1.0], [0.0, 2.0]]))

    def draw():
        X = rng.integers(-4, 5, size=(7, 4)).astype(float)
        X[:, 3] = -X[:, :3].sum(axis=1)
        return X, X[:3] + X[4:] + 1.0

    X, queries = datasets.drawn_until(lambda it: it[0].any(axis=1).all() and is_fair(it[0], 2, it[1]), draw)
    fit_and_compare(submission, X, 2, queries)


@case("edge", hint="Whether a projection has vanished is a matter of its own row's length alone. Cosines do not depend on lengths.")
def test_queries_of_very_different_lengths(submission, rng):
    """Queries of lengths from 1e-6 to 1e6 side by side, some nearly outside of the space, and documents in two units"""
    X = with_values(rng, 9, 8, np.array([3.0, 2.0]))
    rows = singular_directions(X).rows
    inside, outside = (datasets.standardised(rng.normal(size=(size, 5))).T @ part for size, part in ((2, rows[:2]), (3, rows[2:5])))
    inside, outside = (part / np.linalg.norm(part, axis=1, keepdims=True) for part in (inside, outside))
    lengths = rng.permutation([1e-6, 1e-3, 1.0, 1e3, 1e6])[:, None]
    # The statement's bound for projections is 1e-2 of their row.
    queries = np.vstack([lengths * inside, lengths * (0.0125 * inside + outside)])
    for scale in (1.0, 3e-3):
        fit_and_compare(submission, scale * X, 2, queries)


@case("edge", hint="Repeated documents count as often as they occur.")
def test_repeated_documents(submission, rng):
    """One document nine times, which turns the first component towards it; and no other document"""

    def draw():
        return datasets.with_repeated_row(counts(rng, 10, 6, 3, length=15.0), 8)

    X, queries = drawn(rng, draw, 2)
    fit_and_compare(submission, X, 2, queries)
    fit_and_compare(submission, np.tile(X[:1], (3, 1)), 1, X[:1])


@case("edge", hint="Keep all axes, also those of length one.")
def test_one_of_everything(submission, rng):
    """A single document; a single term; a single component"""
    X = rng.integers(1, 9, size=(1, 5)).astype(float)
    fit_and_compare(submission, X, 1, X + np.eye(5)[:2])
    fit_and_compare(submission, rng.integers(1, 9, size=(6, 1)).astype(float), 1, np.array([[2.0], [-1.0]]))


@case("edge", hint="With as many components as the rank nothing is lost.")
def test_full_rank(submission, rng):
    """As many components as terms: cosines are those of the documents themselves"""
    X = with_values(rng, 12, 4, np.array([4.0, 3.0, 2.0, 1.0]))
    fit_and_compare(submission, X, 4, rng.normal(size=(3, 4)))


def clause_inputs(rng):
    return (datasets.drawn_until(lambda X: X.any(axis=1).all() and is_fair(X, 2), lambda: counts(rng, 12, 6, 3)),)


def clause_answers(model, X):
    rows = array(model.components_, "components_", shape=(2, 6))
    # Signs are free, so they are turned to those of the reference.
    right = singular_directions(np.asarray(X, dtype=float)).rows[:2]
    signs = np.where((nearest_signs(rows, right) * right).sum(axis=1) < 0, -1.0, 1.0)
    return {
        "components_": signs[:, None] * rows,
        "singular_values_": array(model.singular_values_, "singular_values_", shape=(2,)),
        "explained_share_": np.array(number(model.explained_share_, "explained_share_")),
        "transform(X)": signs * array(model.transform(X), "transform(X)", shape=(len(X), 2)),
        "similarity(X)": array(model.similarity(X), "similarity(X)", shape=(len(X), len(X))),
    }


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, X: submission.LatentSemanticAnalysis(2).fit(X),
        answers=clause_answers,
        rows=("transform", "similarity"),
        refit=lambda model, X: model.fit(X),
        # The statement's number; the same arithmetic on the same numbers. float32 is off by 1e-8 and more.
        float32_tolerance=VALUES,
    ),
)

"""Hidden cases of NDCG, MRR and MAP: closed definitions, so the numbers are compared directly."""

import numpy as np

from judge.agreement import close_to, number
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.ranking import mean_average_precision, mrr, ndcg

# The statement's number. float64 reaches 1e-15; one pair of documents exchanged in one of 60 queries moves a metric by 1e-4.
ACCURACY = 1e-9
METRICS = {"ndcg": ndcg, "mrr": mrr, "mean_average_precision": mean_average_precision}


def draw(rng, n_documents, n_queries, *, share=0.4, top=4):
    """Draw documents in random order of queries: relevance from 0 to `top`, scores that know a little about it."""
    query = rng.permutation(np.arange(n_documents) % n_queries) * 7 - 3
    relevance = np.where(rng.random(n_documents) < share, rng.integers(1, top + 1, size=n_documents), 0)
    return relevance, 0.4 * relevance + rng.normal(size=n_documents), query


def check(submission, relevance, scores, query, k=None, metrics=tuple(METRICS)):
    """Compute the metrics once and compare."""
    for name in metrics:
        right = METRICS[name](relevance, scores, query, k)
        close_to(getattr(submission, name)(relevance, scores, query, k=k), right, ACCURACY, f"{name} at k={k}", scale=1.0)


BY_HAND = (np.array([0, 2, 1]), np.array([0.9, 0.5, 0.7]), np.array([1, 1, 1]))


@case("sample", hint="In order of score the relevances are 0, 1, 2: gains 0, 1, 3 at discounts 1, log2(3), 2. The best order is 2, 1, 0.")
def test_one_query_by_hand(submission, rng):
    """Three documents: NDCG, reciprocal rank 1/2, average precision (1/2 + 2/3) / 2"""
    right = (1.0 / np.log2(3.0) + 1.5) / (3.0 + 1.0 / np.log2(3.0))
    close_to(submission.ndcg(*BY_HAND), right, ACCURACY, "ndcg")
    close_to(submission.mrr(*BY_HAND), 0.5, ACCURACY, "mrr")
    close_to(submission.mean_average_precision(*BY_HAND), 7 / 12, ACCURACY, "mean_average_precision")


@case("sample", hint="At k = 2 the list is 0, 1 and the best one 2, 1. Two documents are relevant, though one is beyond the cut.")
def test_a_cut_by_hand(submission, rng):
    """The same query at k = 2: average precision (1/2) / 2"""
    right = (1.0 / np.log2(3.0)) / (3.0 + 1.0 / np.log2(3.0))
    close_to(submission.ndcg(*BY_HAND, k=2), right, ACCURACY, "ndcg at k=2")
    close_to(submission.mrr(*BY_HAND, k=1), 0.0, ACCURACY, "mrr at k=1", scale=1.0)
    close_to(submission.mean_average_precision(*BY_HAND, k=2), 0.25, ACCURACY, "mean_average_precision at k=2")


@case("sample", hint="The first query is perfect and counts 1, the second has nothing relevant and counts 0.")
def test_two_queries_by_hand(submission, rng):
    """A perfect query and one without a relevant document: the mean is 1/2"""
    arrays = (np.array([0, 0, 3, 0, 0]), np.array([0.1, 0.9, 0.8, 0.3, 0.2]), np.array([5, 2, 5, 2, 2]))
    for name in METRICS:
        close_to(getattr(submission, name)(*arrays), 0.5, ACCURACY, name)


@case("agreement", sizes=(6, 30, 120, 600), hint="Rank within each query, and average over queries.")
def test_many_queries(submission, rng, size):
    """Documents of several queries in random order"""
    check(submission, *draw(rng, size, max(2, size // 10)))


@case("agreement", hint="The best list is cut at k as well; average precision is divided by all relevant documents.")
def test_cuts(submission, rng):
    """k = 1, 2, 3, 5 on queries of ten documents, of which some four are relevant"""
    arrays = draw(rng, 80, 8)
    for k in (1, 2, 3, 5):
        check(submission, *arrays, k=k)


@case("agreement", hint="Gains are 2^rel - 1: a grade of 6 is worth 63.")
def test_high_grades(submission, rng):
    """Relevances from 0 to 10, also as integers of eight bits, and k as an integer of NumPy"""
    relevance, scores, query = draw(rng, 60, 5, share=0.8, top=10)
    check(submission, relevance, scores, query)
    check(submission, relevance, scores, query, k=np.int64(4))
    for name, reference in METRICS.items():
        answer = getattr(submission, name)(relevance.astype(np.uint8), scores, query)
        close_to(answer, reference(relevance, scores, query, None), ACCURACY, f"{name} of integers of eight bits", scale=1.0)


@case("agreement", hint="Equal scores keep the order of the arrays: use a stable sort of minus the scores.")
def test_tied_scores(submission, rng):
    """Many documents with few different scores, and all scores equal"""
    relevance, scores, query = draw(rng, 90, 6)
    for tied in (np.round(scores), np.zeros(90)):
        check(submission, relevance, tied, query)
        check(submission, relevance, tied, query, k=4)


@case("agreement", hint="A sort keeps the order of equal scores only where it is stable; some keep it by chance in short queries.")
def test_tied_scores_of_long_queries(submission, rng):
    """Queries of sixty and more documents with few different scores, and with equal ones"""
    relevance, scores, query = draw(rng, 120, 2)
    check(submission, relevance, np.round(scores), query)
    relevance, scores, query = draw(rng, 600, 4)
    check(submission, relevance, np.round(scores), query, k=20)
    check(submission, relevance, np.zeros(600), query, k=20)


@case("agreement", hint="Queries count the same, whatever their number of documents is.")
def test_queries_of_different_size(submission, rng):
    """One long query and some short ones, under small and under huge numbers"""
    relevance, scores, _ = draw(rng, 60, 1)
    query = rng.permutation(np.repeat([4, 0, -1, 100, 7], [40, 8, 5, 4, 3]))
    check(submission, relevance, scores, query)
    # Neighbours of this size are the same number in float64.
    check(submission, relevance, scores, 2**60 + query, k=5)


@case("agreement", hint="A query without a relevant document counts 0 and is counted.")
def test_queries_without_a_relevant_document(submission, rng):
    """Half of the queries have none"""
    relevance, scores, query = draw(rng, 60, 6)
    check(submission, np.where(np.isin(query, np.unique(query)[::2]), 0, relevance), scores, query)


@case("agreement", hint="Documents of one query need not stand together.")
def test_order_of_the_documents(submission, rng):
    """Queries in turn, one document each, and queries one behind the other"""
    relevance, scores, query = draw(rng, 48, 6)
    for order in (np.argsort(query, kind="stable"), np.argsort(np.arange(48) % 8, kind="stable")):
        check(submission, relevance[order], scores[order], query[order])


@case("agreement", hint="Scores only give the order; they may be negative or tiny.")
def test_scores_in_other_units(submission, rng):
    """Scores below zero, and scores of size 1e-6"""
    relevance, scores, query = draw(rng, 50, 5)
    check(submission, relevance, scores - 100.0, query)
    check(submission, relevance, 1e-6 * scores, query, k=3)


@case("property", hint="Metrics do not depend on the order of the arrays when no scores tie, nor on the names of queries.")
def test_order_and_names_do_not_matter(submission, rng):
    """Documents in another order, queries with other numbers, scores through a rising function: the same"""
    relevance, scores, query = draw(rng, 50, 5)
    order = rng.permutation(50)
    names = dict(zip(np.unique(query).tolist(), rng.permutation(1000)[:5].tolist()))
    renamed = np.array([names[q] for q in query.tolist()])
    for name, reference in METRICS.items():
        answer = getattr(submission, name)(relevance[order], np.arctan(scores[order]), renamed[order], k=6)
        close_to(answer, reference(relevance, scores, query, 6), ACCURACY, name, scale=1.0)


@case("property", hint="The best order of each query has NDCG 1 at every k.")
def test_a_perfect_ranking(submission, rng):
    """Scores that are the relevances: NDCG = MRR = 1, and MAP = 1 without a cut"""
    relevance, _, query = draw(rng, 60, 6, share=0.6)
    for q in np.unique(query):
        relevance[np.flatnonzero(query == q)[0]] = 3
    scores = relevance.astype(float)
    for k in (None, 1, 3):
        close_to(submission.ndcg(relevance, scores, query, k=k), 1.0, ACCURACY, f"ndcg at k={k}")
        close_to(submission.mrr(relevance, scores, query, k=k), 1.0, ACCURACY, f"mrr at k={k}")
    check(submission, relevance, scores, query, metrics=("mean_average_precision",))
    check(submission, relevance, -scores, query)


@case("property", hint="MRR and MAP only ask whether a document is relevant.")
def test_grades_matter_for_ndcg_alone(submission, rng):
    """Relevances squared: MRR and MAP are the same, NDCG is another"""
    relevance, scores, query = draw(rng, 50, 5, top=3)
    for name in ("mrr", "mean_average_precision"):
        answer = getattr(submission, name)(relevance**2, scores, query)
        close_to(answer, METRICS[name](relevance, scores, query), ACCURACY, name, scale=1.0)
    check(submission, relevance**2, scores, query, metrics=("ndcg",))


@case(
    "property",
    given=lambda st: {
        "rows": st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 1)), min_size=1, max_size=8),
        "k": st.sampled_from([None, 1, 2, 3, 10]),
    },
    examples=20,
)
def test_a_few_documents(submission, rng, rows, k):
    """Up to eight documents of two queries, with equal scores"""
    relevance, scores, query = np.array(rows).T
    check(submission, relevance.copy(), scores.astype(float), query.copy(), k=k)


@case("edge", hint="k beyond the number of documents is no cut.")
def test_large_k(submission, rng):
    """k larger than any query, and as large as the smallest"""
    arrays = draw(rng, 33, 4)
    check(submission, *arrays, k=1000)
    check(submission, *arrays, k=8)


@case("edge", hint="One document is at rank 1.")
def test_queries_of_one_document(submission, rng):
    """Every query has one document, relevant or not"""
    relevance = rng.permutation(np.arange(9) % 3)
    check(submission, relevance, rng.normal(size=9), rng.permutation(9))


@case("edge", hint="0/0 counts 0.")
def test_nothing_is_relevant(submission, rng):
    """No relevant document at all"""
    _, scores, query = draw(rng, 12, 3)
    check(submission, np.zeros(12, dtype=np.int64), scores, query)


@case("edge", hint="Arguments may come by position: k is the fourth.")
def test_all_arguments_by_position(submission, rng):
    """A cut at 2 as the fourth argument"""
    drawn = draw(rng, 30, 4)
    for name, metric in METRICS.items():
        close_to(getattr(submission, name)(*drawn, 2), metric(*drawn, 2), ACCURACY, f"{name} at k=2", scale=1.0)


def clause_inputs(rng):
    relevance, _, query = draw(rng, 30, 3)
    return relevance, rng.permutation(30) / 8.0, query


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, *inputs: {name: getattr(submission, name)(*inputs, k=4) for name in METRICS},
        answers=lambda values, *inputs: {name: np.array(number(value, name)) for name, value in values.items()},
    )
)

"""Trees for labels and numbers: exhaustive CART that follows all tied best splits, so every right answer is known."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reference.remembered import remembered

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
Impurity = Callable[[Floats], Floats]
Score = Callable[[Floats, Floats], Floats]

# Rounding moves a score by 1e-16 of the node's impurity; splits nearer than this are equally good.
TIE = 1e-9
_NODES_AT_MOST = 3_000


@dataclass(frozen=True, slots=True)
class Answers:
    """The labels that a right tree may give.

    Attributes
    ----------
    labels : ndarray of shape (n_labels,)
        The distinct training labels in ascending order.
    allowed : ndarray of bool, shape (n_queries, n_labels)
        Which labels some right tree gives. A query has several when tied best
        splits lead to different labels, or when it lies between the two
        neighbouring values of a threshold.
    margin : float
        The least amount by which a split that was not chosen is worse than the
        best one, as a share of its node's impurity; over all nodes on the way
        of any query. Infinite when there was no choice.
    n_tied : int
        Nodes on the way of any query that had more than one best split.
    """

    labels: Integers
    allowed: Booleans
    margin: float
    n_tied: int

    @property
    def is_certain(self) -> Booleans:
        """Return for each query whether all right trees agree, shape (n_queries,)."""
        return self.allowed.sum(axis=1) == 1

    @property
    def first(self) -> Integers:
        """Return the smallest right label of each query, shape (n_queries,)."""
        return np.asarray(self.labels[self.allowed.argmax(axis=1)])


@dataclass(frozen=True, slots=True)
class Predictions:
    """The numbers that a right regression tree may give.

    Attributes
    ----------
    values : ndarray of shape (n_leaves,)
        The means of all leaves that some right tree has.
    allowed : ndarray of bool, shape (n_queries, n_leaves)
        Which leaves of right trees a query may fall into.
    margin : float
    n_tied : int
        Both as in `Answers`.
    """

    values: Floats
    allowed: Booleans
    margin: float
    n_tied: int

    def nearest(self, given: Floats) -> Floats:
        """Return for each query the right value that is nearest to the given one, shape (n_queries,)."""
        distances = np.where(self.allowed, np.abs(given[:, None] - self.values), np.inf)
        return np.asarray(self.values[distances.argmin(axis=1)])

    @property
    def lowest(self) -> Floats:
        """Return the least right value of each query, shape (n_queries,)."""
        return np.asarray(np.where(self.allowed, self.values, np.inf).min(axis=1))

    @property
    def highest(self) -> Floats:
        """Return the greatest right value of each query, shape (n_queries,)."""
        return np.asarray(np.where(self.allowed, self.values, -np.inf).max(axis=1))


@dataclass(frozen=True, slots=True)
class _Leaf:
    """Training samples by index, and the queries that may fall in with them."""

    members: Integers
    asked: Booleans


@dataclass(frozen=True, slots=True)
class _Rule:
    """When a node is split, and by what."""

    score: Score
    is_pure: Callable[[Integers], bool]
    max_depth: int | None
    min_samples_split: int
    min_samples_leaf: int = 1


@dataclass(frozen=True, slots=True)
class Split:
    """Samples with `X[:, feature] <= t` go left, for any t with lower <= t < upper."""

    feature: int
    lower: float
    upper: float


def gini(counts: Floats) -> Floats:
    """Return 1 - sum of squared class shares, over the last axis of `counts`."""
    shares = counts / counts.sum(axis=-1, keepdims=True)
    return np.asarray(1.0 - np.square(shares).sum(axis=-1))


def entropy(counts: Floats) -> Floats:
    """Return -sum of p log2 p over the last axis of `counts`, with 0 log 0 = 0."""
    shares = counts / counts.sum(axis=-1, keepdims=True)
    return np.asarray(-(shares * np.log2(np.where(shares > 0, shares, 1.0))).sum(axis=-1))


def weighted(impurity: Impurity) -> Score:
    """Return the score that CART minimises: the impurity of both children, weighted by their numbers of samples."""

    def score(left: Floats, right: Floats) -> Floats:
        n_left, n_right = left.sum(axis=-1), right.sum(axis=-1)
        return np.asarray((n_left * impurity(left) + n_right * impurity(right)) / (n_left + n_right))

    return score


SCORES: dict[str, Score] = {"gini": weighted(gini), "entropy": weighted(entropy)}


def tree_answers(  # noqa: PLR0913 - the data and the three limits that a tree is grown with
    X: Floats,
    y: Integers,
    queries: Floats,
    *,
    max_depth: int | None = None,
    score: Score = SCORES["gini"],
    min_samples_split: int = 2,
) -> Answers:
    """Return the labels that right trees grown on X, y may give to `queries`.

    The root has depth 0. A node is split when its depth is below `max_depth`,
    it holds `min_samples_split` samples or more, it holds several labels, and
    some feature varies in it; gain is not needed. The split has the least
    `score`; all that tie are followed. A leaf gives its most frequent label,
    the smallest of those that tie.

    Nodes that no query can reach are not grown. Raises ValueError when ties
    lead to more than 3,000 nodes.

    Source: Breiman, Friedman, Olshen, Stone, "Classification and Regression
    Trees" (1984), chapter 2; where no splits tie, the same as
    ``sklearn.tree.DecisionTreeClassifier``.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    y : ndarray of shape (n_samples,)
    queries : ndarray of shape (n_queries, n_features)
    max_depth : int, optional
    score : callable
        From class counts of left and right children, shape (..., n_labels), to
        the number that the best split minimises.
    min_samples_split : int
    """
    labels, codes = np.unique(y, return_inverse=True)
    one_hot = np.eye(len(labels))[codes]
    allowed = np.zeros((len(queries), len(labels)), dtype=bool)
    rule = _Rule(score, lambda members: len(set(codes[members].tolist())) == 1, max_depth, min_samples_split)
    leaves, margin, n_tied = _leaves(X, one_hot, queries, rule)
    for leaf in leaves:
        allowed[leaf.asked, one_hot[leaf.members].sum(axis=0).argmax()] = True
    return Answers(labels, allowed, margin, n_tied)


def squared_error(left: Floats, right: Floats) -> Floats:
    """Return the sum of squared distances to the mean in both children, from sums of 1, y and y squared."""
    return np.asarray(sum(side[..., 2] - side[..., 1] ** 2 / side[..., 0] for side in (left, right)))


@remembered
def regression_answers(  # noqa: PLR0913 - the data and the limits that a tree is grown with
    X: Floats,
    y: Floats,
    queries: Floats,
    *,
    max_depth: int | None = None,
    min_samples_split: int = 2,
    min_samples_leaf: int = 1,
    score: Score = squared_error,
) -> Predictions:
    """Return the numbers that right regression trees grown on X, y may give to `queries`.

    As `tree_answers`, with the mean as a leaf's answer and the squared error as
    the score. A split that leaves fewer than `min_samples_leaf` samples on a
    side does not count.

    Source: Breiman, Friedman, Olshen, Stone, "Classification and Regression
    Trees" (1984), chapter 8; where no splits tie, the same as
    ``sklearn.tree.DecisionTreeRegressor``.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    y : ndarray of shape (n_samples,)
    queries : ndarray of shape (n_queries, n_features)
    max_depth : int, optional
    min_samples_split : int
    min_samples_leaf : int
    score : callable
        From (number, sum of y, sum of y squared) of both children, with y about
        its mean over all samples, to the number that the best split minimises.
    """
    rest = y - y.mean()
    sums = np.column_stack([np.ones(len(y)), rest, rest**2])
    rule = _Rule(score, lambda members: bool(np.ptp(y[members]) == 0), max_depth, min_samples_split, min_samples_leaf)
    leaves, margin, n_tied = _leaves(X, sums, queries, rule)
    values = np.array([y[leaf.members].mean() for leaf in leaves])
    return Predictions(values, np.column_stack([leaf.asked for leaf in leaves]), margin, n_tied)


def _leaves(X: Floats, sums: Floats, queries: Floats, rule: _Rule) -> tuple[list[_Leaf], float, int]:
    """Grow all right trees at once, level by level; return their leaves, the least margin and the number of ties."""
    level = {b"": _Leaf(np.arange(len(X)), np.ones(len(queries), dtype=bool))}
    leaves: list[_Leaf] = []
    depth, margin, n_tied, n_nodes = 0, np.inf, 0, 0
    while level:
        n_nodes += len(level)
        if n_nodes > _NODES_AT_MOST:
            raise ValueError(f"ties lead to more than {_NODES_AT_MOST} nodes")
        below: dict[bytes, _Leaf] = {}
        for node in level.values():
            members = node.members
            is_leaf = depth == rule.max_depth or len(members) < rule.min_samples_split or rule.is_pure(members)
            splits, lead = (
                ([], np.inf) if is_leaf else best_splits(X[members], sums[members], rule.score, rule.min_samples_leaf)
            )
            if not splits:
                leaves.append(node)
            margin, n_tied = min(margin, lead), n_tied + (len(splits) > 1)
            for split in splits:
                for part, asking in _children(X, members, queries, node.asked, split):
                    known = below.get(part.tobytes())
                    below[part.tobytes()] = _Leaf(part, asking if known is None else asking | known.asked)
        level, depth = below, depth + 1
    return leaves, margin, n_tied


def best_splits(X: Floats, sums: Floats, score: Score, min_samples_leaf: int = 1) -> tuple[list[Split], float]:
    """Return all best splits of a node, none when none is possible, and how much worse the next one is.

    `sums` holds what each sample adds to the score's arguments, shape
    (n_samples, n_sums): its label one-hot, or powers of its target. The second
    number returned is a share of the node's impurity; infinite without a next one.
    """
    order = X.argsort(axis=0, kind="stable")
    values = np.take_along_axis(X, order, axis=0)
    left = sums[order].cumsum(axis=0)
    total = left[-1, 0]
    # The rows of a cut are all cuts of a feature that separate two different values.
    cuts = np.argwhere(values[:-1] < values[1:])
    cuts = cuts[(cuts[:, 0] + 1 >= min_samples_leaf) & (len(X) - 1 - cuts[:, 0] >= min_samples_leaf)]
    if not len(cuts):
        return [], np.inf
    row, feature = cuts.T
    lefts = left[row, feature]
    # What no split at all would score.
    impurity = float(score(total / 2, total / 2))
    excess = score(lefts, total - lefts)
    excess = (excess - excess.min()) / max(impurity, np.finfo(float).tiny)
    tied = excess <= TIE
    found = [Split(int(j), float(values[i, j]), float(values[i + 1, j])) for i, j in cuts[tied]]
    return found, float(excess[~tied].min(initial=np.inf))


def _children(
    X: Floats, members: Integers, queries: Floats, asked: Booleans, split: Split
) -> Iterator[tuple[Integers, Booleans]]:
    """Yield samples and queries of both children; a query strictly between lower and upper may go either way."""
    goes_left = X[members, split.feature] <= split.lower
    at = queries[:, split.feature]
    for part, asking in (
        (members[goes_left], asked & (at < split.upper)),
        (members[~goes_left], asked & (at > split.lower)),
    ):
        if asking.any():
            yield part, asking

"""Ensembles of trees, with all that is random given beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reference.logistic import sigmoid
from reference.remembered import remembered
from reference.tree import SCORES, Score, best_splits, squared_error

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

# A split that is worse by less than this share of its node's impurity may win by rounding.
_MARGIN = 1e-6


@dataclass(frozen=True, slots=True)
class HeapTree:
    """A tree whose root is node 0 and whose node i has the children 2 i + 1 and 2 i + 2.

    Attributes
    ----------
    feature : ndarray of int, shape (n_nodes,)
        What a node splits by; -1 for leaves and for nodes that do not exist.
    threshold : ndarray of shape (n_nodes,)
        Samples at or below it go left.
    totals : ndarray of shape (n_nodes, n_sums)
        What the samples of a node sum up to: class counts, or their number and the sum of their targets.
    is_certain : bool
        Whether no split was so nearly as good as a chosen one that rounding may decide.
    n_tied : int
        Nodes with more than one best split.
    """

    feature: Integers
    threshold: Floats
    totals: Floats
    is_certain: bool
    n_tied: int

    def leaves(self, X: Floats) -> Integers:
        """Return the node that each row of X ends in, shape (n_queries,)."""
        at = np.zeros(len(X), dtype=np.int64)
        while (inner := self.feature[at] >= 0).any():
            goes_right = X[np.arange(len(X)), self.feature[at]] > self.threshold[at]
            at = np.where(inner, 2 * at + 1 + goes_right, at)
        return at


def grow(  # noqa: PLR0913 - the data, the score and what limits the splits
    X: Floats,
    sums: Floats,
    max_depth: int,
    score: Score,
    *,
    candidates: Sequence[Integers] | Integers | None = None,
    min_samples_leaf: int = 1,
) -> HeapTree:
    """Return the tree of best splits at midpoints; of those that tie the lowest feature, then the lowest threshold.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    sums : ndarray of shape (n_samples, n_sums)
        What each sample adds to the arguments of `score`: its label one-hot, or 1, its target and that squared.
    max_depth : int
        The root has depth 0.
    score : callable
        What the best split minimises, from the sums of both children.
    candidates : array-like of int, shape (2**max_depth - 1, n_candidates), optional
        The features that each node may split by; all of them by default.
    min_samples_leaf : int
        A split that leaves fewer samples on a side does not count.

    Notes
    -----
    A node is a leaf at `max_depth`, when all its rows of `sums` are equal, and when no split of a candidate counts.
    Source: Breiman, Friedman, Olshen, Stone, "Classification and Regression Trees" (1984), chapter 2.
    """
    n_nodes = 2 ** (max_depth + 1) - 1
    feature, threshold = np.full(n_nodes, -1), np.zeros(n_nodes)
    totals = np.zeros((n_nodes, sums.shape[1]))
    at, is_certain, n_tied = np.zeros(len(X), dtype=np.int64), True, 0
    for node in range(n_nodes):
        here = np.flatnonzero(at == node)
        totals[node] = sums[here].sum(axis=0)
        if node >= n_nodes // 2 or not len(here) or not np.ptp(sums[here], axis=0).any():
            continue
        allowed = np.arange(X.shape[1]) if candidates is None else np.asarray(candidates[node])
        columns = X[np.ix_(here, allowed)]
        tied, lead = best_splits(columns, sums[here], score, min_samples_leaf)
        if not tied:
            continue
        first = min(tied, key=lambda split: (split.feature, split.lower))
        parts = [sums[here][columns[:, split.feature] <= split.lower].sum(axis=0) for split in tied]
        is_certain &= lead > _MARGIN and _is_exact_tie(parts, totals[node], score)
        n_tied += len(tied) > 1
        feature[node], threshold[node] = allowed[first.feature], (first.lower + first.upper) / 2
        at[here] = 2 * node + 1 + (X[here, feature[node]] > threshold[node])
    return HeapTree(feature, threshold, totals, is_certain, n_tied)


def _is_exact_tie(lefts: list[Floats], total: Floats, score: Score) -> bool:
    """Tell whether tied splits score equally in any honest arithmetic: equal left parts, or two pure children."""
    is_equal = all(np.array_equal(left, lefts[0]) for left in lefts)
    return is_equal or all(float(score(left, total - left)) == 0.0 for left in lefts)


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees that vote with their class shares; `classes` are the labels in ascending order."""

    classes: Integers
    trees: tuple[HeapTree, ...]

    @property
    def is_certain(self) -> bool:
        """Return whether rounding decides nothing in any tree."""
        return all(tree.is_certain for tree in self.trees)

    def shares(self, X: Floats) -> Floats:
        """Return the shares of each tree's leaf, shape (n_trees, n_queries, n_classes)."""
        counts = np.array([tree.totals[tree.leaves(X)] for tree in self.trees])
        return np.asarray(counts / counts.sum(axis=2, keepdims=True))

    def predict_proba(self, X: Floats) -> Floats:
        """Return the mean shares over the trees, shape (n_queries, n_classes)."""
        return np.asarray(self.shares(X).mean(axis=0))


def random_forest(X: Floats, y: Integers, samples: Integers, features: Integers, max_depth: int) -> Forest:
    """Return the forest of given bootstrap samples and candidate features.

    Source: Breiman, "Random forests", Machine Learning 45 (2001); the vote is that of
    ``sklearn.ensemble.RandomForestClassifier``.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    y : ndarray of int, shape (n_samples,)
    samples : ndarray of int, shape (n_trees, n_draws)
    features : ndarray of int, shape (n_trees, 2**max_depth - 1, n_candidates)
    max_depth : int
    """
    classes, codes = np.unique(y, return_inverse=True)
    one_hot = np.eye(len(classes))[codes]
    drawn = zip(samples, features, strict=True)
    trees = (grow(X[rows], one_hot[rows], max_depth, SCORES["gini"], candidates=allowed) for rows, allowed in drawn)
    return Forest(classes, tuple(trees))


@dataclass(frozen=True, slots=True)
class Boosted:
    """Regression trees in the order in which they correct one another, beginning with a constant.

    Attributes
    ----------
    start : float
    learning_rate : float
    trees : tuple of HeapTree
    values : ndarray of shape (n_estimators, n_nodes)
        What each leaf answers; the sums of the three are predictions, or the log-odds of label 1.
    """

    start: float
    learning_rate: float
    trees: tuple[HeapTree, ...]
    values: Floats

    @property
    def is_certain(self) -> bool:
        """Return whether each split of each tree is clearly better than any other."""
        return all(tree.is_certain and not tree.n_tied for tree in self.trees)

    def staged(self, X: Floats) -> Floats:
        """Return the sums after 1, 2, ... trees, shape (n_estimators, n_queries)."""
        steps = [values[tree.leaves(X)] for tree, values in zip(self.trees, self.values, strict=True)]
        return np.asarray(self.start + self.learning_rate * np.cumsum(steps, axis=0))


@dataclass(frozen=True, slots=True)
class BoostedLogOdds(Boosted):
    """Trees whose leaves make a Newton step each; `least_curvature` is the smallest denominator of one."""

    least_curvature: float


def _leaf_values(tree: HeapTree, leaves: Integers, weight: int) -> Floats:
    """Return what each leaf answers, shape (n_nodes,): the sum of its targets over that in column `weight`."""
    values = np.zeros(len(tree.totals))
    values[leaves] = tree.totals[leaves, 1] / tree.totals[leaves, weight]
    return values


@remembered
def gradient_boosting(  # noqa: PLR0913 - the data and the four numbers of the method
    X: Floats, y: Floats, *, n_estimators: int, learning_rate: float, max_depth: int, min_samples_leaf: int = 1
) -> Boosted:
    """Return regression trees, each fitted to what those before it leave of y.

    Source: Friedman, "Greedy function approximation: a gradient boosting machine" (2001), algorithm 2; the same
    as ``sklearn.ensemble.GradientBoostingRegressor`` where no splits tie.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    y : ndarray of shape (n_samples,)
    n_estimators : int
    learning_rate : float
    max_depth : int
    min_samples_leaf : int
    """
    start = float(y.mean())
    rest, trees, values = y - start, [], []
    for _ in range(n_estimators):
        sums = np.column_stack([np.ones(len(y)), rest, rest**2])
        tree = grow(X, sums, max_depth, squared_error, min_samples_leaf=min_samples_leaf)
        leaves = tree.leaves(X)
        trees.append(tree)
        values.append(_leaf_values(tree, leaves, 0))
        rest = rest - learning_rate * values[-1][leaves]
    return Boosted(start, learning_rate, tuple(trees), np.array(values))


@remembered
def logistic_boosting(  # noqa: PLR0913 - the data and the four numbers of the method
    X: Floats, y: Integers, *, n_estimators: int, learning_rate: float, max_depth: int, min_samples_leaf: int = 1
) -> BoostedLogOdds:
    """Return regression trees on y - p whose leaves make a Newton step each on the log-loss.

    Source: Friedman, "Greedy function approximation: a gradient boosting machine" (2001), algorithm 5, with labels
    0 and 1; the same as ``sklearn.ensemble.GradientBoostingClassifier`` for two classes where no splits tie.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    y : ndarray of int, shape (n_samples,)
        Labels 0 and 1, both present.
    n_estimators : int
    learning_rate : float
    max_depth : int
    min_samples_leaf : int
    """
    start = float(np.log(y.mean() / (1.0 - y.mean())))
    scores, trees, values, least = np.full(len(y), start), [], [], np.inf
    for _ in range(n_estimators):
        p = sigmoid(scores)
        sums = np.column_stack([np.ones(len(y)), y - p, (y - p) ** 2, p * (1.0 - p)])
        tree = grow(X, sums, max_depth, squared_error, min_samples_leaf=min_samples_leaf)
        leaves = tree.leaves(X)
        least = min(least, float(tree.totals[leaves, 3].min()))
        trees.append(tree)
        values.append(_leaf_values(tree, leaves, 3))
        scores = scores + learning_rate * values[-1][leaves]
    return BoostedLogOdds(start, learning_rate, tuple(trees), np.array(values), least)


@dataclass(frozen=True, slots=True)
class Stump:
    """Votes `polarity` where a feature is above a threshold, and -polarity elsewhere."""

    feature: int
    threshold: float
    polarity: int

    def votes(self, X: Floats) -> Integers:
        """Return -1 or 1 for each row, shape (n_queries,)."""
        return np.where(X[:, self.feature] > self.threshold, self.polarity, -self.polarity)


@dataclass(frozen=True, slots=True)
class WeightedStumps:
    """Stumps with their weights.

    Attributes
    ----------
    stumps : tuple of Stump
    alphas : ndarray of shape (n_stumps,)
    margin : float
        By how much the second-best stump has the larger weighted error, in the
        round where that is least; a round that ends for want of a stump is none.
    """

    stumps: tuple[Stump, ...]
    alphas: Floats
    margin: float

    def decision_function(self, X: Floats) -> Floats:
        """Return the weighted sum of votes, shape (n_queries,)."""
        votes = [alpha * stump.votes(X) for alpha, stump in zip(self.alphas, self.stumps, strict=True)]
        return np.asarray(sum(votes, start=np.zeros(len(X))))


def _stumps(X: Floats) -> list[Stump]:
    """Return all stumps with thresholds midway between neighbouring different values."""
    found = []
    for feature, column in enumerate(X.T):
        values = np.unique(column)
        for threshold in ((values[:-1] + values[1:]) / 2).tolist():
            found += [Stump(feature, threshold, polarity) for polarity in (1, -1)]
    return found


@remembered
def adaboost(X: Floats, y: Integers, n_estimators: int, floor: float = 1e-10) -> WeightedStumps:
    """Return the stumps of discrete AdaBoost for labels -1 and 1.

    It ends before a stump whose error is not below 1/2 - `floor`, and after one whose error is below `floor`,
    which counts as `floor`.

    Source: Freund and Schapire, "A decision-theoretic generalization of on-line learning" (1997), in the form of
    Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning" (2009), algorithm 10.1 with half its alphas;
    ``sklearn.ensemble.AdaBoostClassifier`` has the same stumps where none tie, with twice the alphas.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    y : ndarray of int, shape (n_samples,)
    n_estimators : int
    floor : float
    """
    candidates = _stumps(X)
    is_wrong = np.array([stump.votes(X) != y for stump in candidates]).reshape(-1, len(y))
    weights, chosen, alphas, margin = np.full(len(y), 1.0 / len(y)), [], [], np.inf
    for _ in range(n_estimators if candidates else 0):
        errors = is_wrong @ weights
        best = int(errors.argmin())
        if errors[best] >= 0.5 - floor:
            break
        error = max(float(errors[best]), floor)
        margin = min(margin, float(np.partition(errors, 1)[1] - errors[best]))
        chosen.append(candidates[best])
        alphas.append(0.5 * np.log((1.0 - error) / error))
        if errors[best] < floor:
            break
        weights *= np.exp(alphas[-1] * np.where(is_wrong[best], 1.0, -1.0))
        weights /= weights.sum()
    return WeightedStumps(tuple(chosen), np.array(alphas), margin)

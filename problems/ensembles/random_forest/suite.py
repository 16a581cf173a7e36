"""Hidden cases of the random forest: all that is random is given, so shares are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, equal_to, fitted, probability_rows
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.ensemble import random_forest

# The statement's number. Shares are means of ratios of small whole numbers, right to 1e-15; one sample more or less in
# one leaf of ten trees of 100 samples moves a share by 1e-4.
ACCURACY = 1e-9
# Means of shares that tie mathematically differ by 1e-16 after another order of summation.
NEARLY_EQUAL = 1e-9


def bootstrap(rng, n_trees, n_samples):
    """Draw rows with replacement, shape (n_trees, n_samples)."""
    return rng.integers(0, n_samples, size=(n_trees, n_samples))


def subsets(rng, n_trees, max_depth, n_features, n_candidates):
    """Draw candidates for each node, in ascending order."""
    shuffled = rng.permuted(np.tile(np.arange(n_features), (n_trees, 2**max_depth - 1, 1)), axis=2)
    return np.sort(shuffled[:, :, :n_candidates], axis=2)


def draw(rng, n_samples, n_trees, max_depth, *, n_features=5, n_candidates=2, labels=(0, 1, 2)):
    """Draw noisy classes and a forest in which rounding decides nothing, tree by tree."""
    X = datasets.dyadic(datasets.gaussian(rng, n_samples, n_features))
    y = np.array(labels)[datasets.class_target(rng, X, len(labels))]

    def draw_tree():
        return bootstrap(rng, 1, n_samples), subsets(rng, 1, max_depth, n_features, n_candidates)

    def is_certain(drawn):
        return random_forest(X, y, *drawn, max_depth).is_certain

    trees = [datasets.drawn_until(is_certain, draw_tree) for _ in range(n_trees)]
    return X, y, np.concatenate([tree[0] for tree in trees]), np.concatenate([tree[1] for tree in trees])


def on_thresholds(forest, X):
    """Return rows of X with a value moved onto a threshold of a root."""
    queries = X[: len(forest.trees)].copy()
    for query, tree in zip(queries, forest.trees):
        if tree.feature[0] >= 0:
            query[tree.feature[0]] = tree.threshold[0]
    return queries


def compare(model, right, queries):
    """Compare the shares and the labels of a fitted model."""
    equal_to(model.classes_, right.classes, "classes_")
    shares = right.predict_proba(queries)
    close_to(model.predict_proba(queries), shares, ACCURACY, "predict_proba(X)", scale=1.0)
    ranked = np.sort(shares, axis=1)
    is_clear = np.ones(len(shares), dtype=bool) if shares.shape[1] == 1 else ranked[:, -1] - ranked[:, -2] > NEARLY_EQUAL
    equal_to(model.predict(queries), right.classes[shares.argmax(axis=1)], "predict(X)", where=is_clear)


def fit_and_compare(submission, rng, X, y, samples, features, max_depth):
    """Fit once and compare on the training data, on new points and on thresholds."""
    model = submission.RandomForestClassifier(max_depth=max_depth).fit(X, y, samples, features)
    right = random_forest(X, y, samples, features, max_depth)
    new = datasets.dyadic(1.5 * datasets.gaussian(rng, 40, X.shape[1]))
    compare(model, right, np.vstack([X, new, on_thresholds(right, X)]))
    return model


@case("sample", hint="The best threshold is 2.5, midway between 2 and 3. A query on it goes left.")
def test_one_stump(submission, rng):
    """One tree of depth 1 on four samples: queries at 2.5 and 2.6"""
    X, y = np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([7, 7, 4, 4])
    model = submission.RandomForestClassifier(max_depth=1).fit(X, y, np.array([[0, 1, 2, 3]]), np.array([[[0]]]))
    equal_to(model.classes_, [4, 7], "classes_")
    queries = np.array([[2.5], [2.6]])
    close_to(model.predict_proba(queries), [[0.0, 1.0], [1.0, 0.0]], ACCURACY, "predict_proba(X)")
    equal_to(model.predict(queries), [7, 4], "predict(X)")


@case("sample", hint="The leaves on the left give (2/3, 1/3), (2/3, 1/3) and (0, 1); their mean is (4/9, 5/9).")
def test_a_soft_vote(submission, rng):
    """Two trees doubt and one is sure: the mean of the shares decides, not the number of votes"""
    X, y = np.array([[0.0], [0.0], [0.0], [1.0], [2.0]]), np.array([0, 0, 1, 1, 1])
    samples = np.array([[0, 1, 2, 3, 3], [1, 0, 2, 4, 4], [2, 2, 2, 3, 4]])
    model = submission.RandomForestClassifier(max_depth=1).fit(X, y, samples, np.zeros((3, 1, 1), dtype=int))
    close_to(model.predict_proba(X[:1]), [[4 / 9, 5 / 9]], ACCURACY, "predict_proba(X)")
    equal_to(model.predict(X[:1]), [1], "predict(X)")


@case("sample", hint="No first split gains anything here. Split all the same; among equal ones by the lowest feature.")
def test_exclusive_or(submission, rng):
    """Exclusive or, split by feature 0 and then by feature 1"""
    X, y = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([0, 1, 1, 0])
    features = np.array([[[0, 1], [0, 1], [0, 1]]])
    model = submission.RandomForestClassifier(max_depth=2).fit(X, y, np.array([[0, 1, 2, 3]]), features)
    close_to(model.predict_proba(X), np.eye(2)[y], ACCURACY, "predict_proba(X)")


@case("agreement", sizes=(20, 50, 100), hint="Print the tree of one bootstrap sample and follow it by hand.")
def test_forests(submission, rng, size):
    """Three classes, five features of which two are candidates"""
    max_depth = 2 if size < 60 else 3
    drawn = draw(rng, size, size // 10, max_depth)
    fit_and_compare(submission, rng, *drawn, max_depth)


@case("agreement", hint="Minimise the sum over the children of (their share of the samples) times Gini impurity.")
def test_stumps(submission, rng):
    """Ten trees of depth 1, all features candidates, unequal classes"""
    fit_and_compare(submission, rng, *draw(rng, 60, 10, 1, n_candidates=5, labels=(0, 1, 2, 3)), 1)


@case("agreement", hint="Node i may use features[t, i]; its children are 2i + 1 and 2i + 2, whatever order you grow them in.")
def test_each_node_has_its_own_candidates(submission, rng):
    """One candidate for each node, and depth 4"""
    fit_and_compare(submission, rng, *draw(rng, 100, 6, 4, n_candidates=1, labels=(0, 1)), 4)


@case("agreement", hint="X[samples[t]] repeats the rows that are drawn twice, and they count twice.")
def test_rows_drawn_many_times(submission, rng):
    """Bootstrap samples from a tenth of the rows, each several times"""
    X, y, _, features = draw(rng, 60, 8, 1, n_candidates=3)

    def draw_rows():
        return np.array([rng.choice(rng.choice(60, size=6, replace=False), size=40) for _ in range(8)])

    samples = datasets.drawn_until(lambda rows: random_forest(X, y, rows, features, 1).is_certain, draw_rows)
    fit_and_compare(submission, rng, X, y, samples, features, 1)


@case("agreement", hint="The columns are all labels of y, also for a tree whose sample lacks one of them.")
def test_a_tree_may_lack_a_class(submission, rng):
    """Labels 2, 5, 9 and 11, and a rare first one that most trees never see"""
    X, y, samples, features = draw(rng, 50, 5, 2, labels=(5, 9, 11))
    X, y = np.vstack([X, datasets.dyadic(datasets.gaussian(rng, 2, 5))]), np.concatenate([y, [2, 2]])
    fit_and_compare(submission, rng, X, y, samples, features, 2)


@case("agreement", hint="Thresholds lie midway between neighbouring different values, and x <= threshold goes left.")
def test_whole_numbers(submission, rng):
    """Features from 0 to 8: queries at every half, on thresholds and between"""
    X = rng.integers(0, 5, size=(60, 2)) * 2.0
    y = np.array([3, 8])[datasets.binary_target(rng, X - 4.0)]

    def draw_trees():
        return bootstrap(rng, 5, 60), np.tile([0, 1], (5, 1, 1))

    samples, features = datasets.drawn_until(lambda drawn: random_forest(X, y, *drawn, 1).is_certain, draw_trees)
    model = submission.RandomForestClassifier(max_depth=1).fit(X, y, samples, features)
    halves = np.arange(-1.0, 9.5, 0.5)
    queries = np.column_stack([np.repeat(halves, len(halves)), np.tile(halves, len(halves))])
    compare(model, random_forest(X, y, samples, features, 1), queries)


@case("property", hint="Each row is a mean of distributions.")
def test_shares_sum_to_one(submission, rng):
    """Rows of predict_proba are distributions, far from the data too"""
    drawn = draw(rng, 40, 4, 3, labels=(0, 1, 2, 3))
    model = fit_and_compare(submission, rng, *drawn, 3)
    probability_rows(model.predict_proba(50.0 * datasets.gaussian(rng, 20, 5)), "predict_proba(X)", shape=(20, 4), tolerance=ACCURACY)


@case("property", hint="All trees have the same vote.")
def test_the_order_of_the_trees_does_not_matter(submission, rng):
    """Trees in another order give the same shares, and each of them taken twice as well"""
    X, y, samples, features = draw(rng, 40, 5, 2)
    right = random_forest(X, y, samples, features, 2)
    order = np.roll(np.arange(5), int(rng.integers(1, 5)))
    for chosen in (order, np.repeat(order, 2)):
        compare(submission.RandomForestClassifier(max_depth=2).fit(X, y, samples[chosen], features[chosen]), right, X)


@case("property", hint="A forest of several trees is the mean of forests of one tree.")
def test_a_forest_is_the_mean_of_its_trees(submission, rng):
    """Three trees fitted one by one and together"""
    X, y, samples, features = draw(rng, 40, 3, 3)
    fit_and_compare(submission, rng, X, y, samples, features, 3)
    for t in range(3):
        fit_and_compare(submission, rng, X, y, samples[t : t + 1], features[t : t + 1], 3)


@case("edge", hint="A node whose candidates are all constant in it is a leaf, even if other features vary.")
def test_candidates_that_do_not_vary(submission, rng):
    """Some nodes may only look at a constant column, and are leaves"""
    X, y, samples, features = draw(rng, 50, 4, 2, n_features=3, n_candidates=1)
    X = datasets.with_constant_column(X)
    features[1, 0] = features[2, 1] = features[3, 2] = 3
    fit_and_compare(submission, rng, X, y, samples, features, 2)


@case("edge", hint="Compare with < in ascending order of the features, and the first of equally good splits stays.")
def test_equal_columns(submission, rng):
    """Two columns that are equal in the training data tie everywhere: the first is the one to split by"""
    X, y, samples, _ = draw(rng, 40, 3, 1, n_features=1, n_candidates=1)
    features = np.tile([0, 1], (3, 1, 1))
    model = submission.RandomForestClassifier(max_depth=1).fit(np.hstack([X, X]), y, samples, features)
    right = random_forest(np.hstack([X, X]), y, samples, features, 1)
    compare(model, right, np.column_stack([X[:, 0], -8.0 * np.sign(X[:, 0])]))


@case("edge", hint="Try the thresholds in ascending order, and the first of equally good splits stays.")
def test_equal_thresholds(submission, rng):
    """Labels 0, 1, 1, 0 along one feature: to cut off the first sample or the last one is as good"""
    # The children mirror one another and one of them is pure, so that every formula makes these two equal to the last bit.
    X, y = np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([0, 1, 1, 0])
    model = submission.RandomForestClassifier(max_depth=1).fit(X, y, np.array([[0, 1, 2, 3]]), np.array([[[0]]]))
    close_to(model.predict_proba(X), [[1.0, 0.0], *[[1 / 3, 2 / 3]] * 3], ACCURACY, "predict_proba(X)")


@case("edge", hint="With max_depth=0 each tree is a leaf: the class shares of its bootstrap sample.")
def test_forests_of_leaves(submission, rng):
    """max_depth=0"""
    X, y = datasets.dyadic(datasets.gaussian(rng, 12, 2)), datasets.class_labels(rng, 3, 4, 5)
    fit_and_compare(submission, rng, X, y, bootstrap(rng, 3, 12), np.zeros((3, 0, 1), dtype=int), 0)


@case("edge", hint="With one label every tree is a leaf.")
def test_one_class(submission, rng):
    """A single label"""
    X = datasets.dyadic(datasets.gaussian(rng, 8, 3))
    fit_and_compare(submission, rng, X, np.full(8, 6), bootstrap(rng, 2, 8), subsets(rng, 2, 2, 3, 2), 2)


@case("edge", hint="np.argmax takes the first of equal means: with columns in ascending order, the smallest label.")
def test_a_tied_vote(submission, rng):
    """One tree is sure of each label: the means tie exactly, and the smallest label wins"""
    X, y = np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([9, 4, 4, 9])
    samples = np.array([[0, 3, 3, 0], [1, 2, 1, 2]])
    model = submission.RandomForestClassifier(max_depth=1).fit(X, y, samples, np.zeros((2, 1, 1), dtype=int))
    close_to(model.predict_proba(X), np.full((4, 2), 0.5), ACCURACY, "predict_proba(X)")
    equal_to(model.predict(X), [4, 4, 4, 4], "predict(X)")


@case("edge", hint="Split every node that varies, whatever is gained: rounding makes less than nothing out of zero.")
def test_splits_that_gain_nothing(submission, rng):
    """Every label is as frequent on either side of both possible first splits"""
    features = np.tile([0, 1], (1, 3, 1))
    for n_labels in (3, 4, 5):
        for n_copies in (1, 4):
            places = np.tile(np.indices((n_labels, n_labels)).reshape(2, -1).T, (n_copies, 1))
            X, y = (places < 1).astype(float), places.sum(axis=1) % n_labels
            fit_and_compare(submission, rng, X, y, np.arange(len(X))[None, :], features, 2)


@case("edge", hint="fit sets everything anew: the labels, and how many trees the mean is taken over.")
def test_fitting_again_with_other_trees_and_labels(submission, rng):
    """Three trees and labels 0, 1, 2; then five trees and as many other labels; then two trees and two labels"""
    model = submission.RandomForestClassifier(max_depth=2)
    for n_samples, n_trees, labels in ((30, 3, (0, 1, 2)), (40, 5, (-4, 1, 9)), (20, 2, (1, 9))):
        X, y, samples, features = draw(rng, n_samples, n_trees, 2, labels=labels)
        compare(fitted(model, X, y, samples, features), random_forest(X, y, samples, features, 2), X)


@case("edge", hint="A sample may be shorter than X: draw what samples[t] says and nothing else.")
def test_few_draws(submission, rng):
    """Samples of a third of the rows"""
    X, y, _, features = draw(rng, 60, 6, 1, n_candidates=3)
    samples = datasets.drawn_until(
        lambda rows: random_forest(X, y, rows, features, 1).is_certain, lambda: rng.integers(0, 60, size=(6, 20))
    )
    fit_and_compare(submission, rng, X, y, samples, features, 1)


def clause_answers(model, X, y, samples, features):
    n_classes = len(np.unique(y))
    return {
        "classes_": array(model.classes_, "classes_", shape=(n_classes,), kind="int"),
        "predict_proba(X)": array(model.predict_proba(X), "predict_proba(X)", shape=(len(X), n_classes)),
        "predict(X)": array(model.predict(X), "predict(X)", shape=(len(X),), kind="int"),
    }


def clause_inputs(rng):
    def is_clear(drawn):
        ranked = np.sort(random_forest(*drawn, 2).predict_proba(drawn[0]), axis=1)
        return (ranked[:, -1] - ranked[:, -2]).min() > NEARLY_EQUAL

    return datasets.drawn_until(is_clear, lambda: draw(rng, 40, 3, 2))


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, *inputs: submission.RandomForestClassifier(max_depth=2).fit(*inputs),
        answers=clause_answers,
        rows=("predict_proba", "predict"),
        refit=lambda model, *inputs: model.fit(*inputs),
    )
)

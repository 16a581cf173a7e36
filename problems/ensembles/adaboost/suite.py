"""Hidden cases of AdaBoost: the best stump is clear in every round, so weights and votes are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, as_many, close_to, equal_to, fitted
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.ensemble import adaboost

# The statement's number. float64 reaches 1e-13 over 40 rounds; the nearest mistakes, weights that are not normalised or a
# stump on the other side of a threshold, are off by 1e-3.
ACCURACY = 1e-8
# Where the decision function is nearer to zero than this, its sign is rounding.
NEARLY_ZERO = 1e-9
# The second-best stump is worse by this in every round.
MARGIN = 1e-6


def compare(model, right, queries, form=np.asarray):
    """Compare the stumps' weights, the decision function and the labels; the model is given queries in a form."""
    unit = max(1.0, float(right.alphas.sum()))
    given = array(model.alphas_, "alphas_")
    as_many(given.size, len(right.alphas), "the number of stumps")
    close_to(model.alphas_, right.alphas, ACCURACY, "alphas_", scale=unit)
    decisions = right.decision_function(queries)
    close_to(model.decision_function(form(queries)), decisions, ACCURACY, "decision_function(X)", scale=unit)
    is_clear = (np.abs(decisions) > NEARLY_ZERO) | (len(right.alphas) == 0)
    equal_to(model.predict(form(queries)), np.where(decisions > 0, 1, -1), "predict(X)", where=is_clear)


def fit_and_compare(submission, rng, X, y, n_estimators):
    """Fit once, and compare on the training data, on new points and on thresholds."""
    model = submission.AdaBoostClassifier(n_estimators=n_estimators).fit(X, y)
    right = adaboost(X, y, n_estimators)
    new = datasets.dyadic(1.5 * datasets.gaussian(rng, 40, X.shape[1]))
    on_thresholds = np.repeat(X[:1], len(right.stumps), axis=0)
    for query, stump in zip(on_thresholds, right.stumps):
        query[stump.feature] = stump.threshold
    compare(model, right, np.vstack([X, new, on_thresholds]))


def is_clear(right, n_estimators):
    """Tell whether all rounds keep a stump that is clearly the best."""
    return right.margin > MARGIN and len(right.alphas) == n_estimators


def draw(rng, n_samples, n_features=3, *, n_estimators, steepness=2.0, is_good=lambda right: True):
    """Draw labels that features tell with noise, where the best stump is clear in every round."""

    def draw_both():
        X = datasets.dyadic(datasets.gaussian(rng, n_samples, n_features))
        return X, 2 * datasets.binary_target(rng, X, steepness) - 1

    def shows(drawn):
        right = adaboost(*drawn, n_estimators)
        return is_clear(right, n_estimators) and is_good(right)

    return datasets.drawn_until(shows, draw_both)


@case("sample", hint="The stump x > 2.5 has one error of five, so alpha = ln(4) / 2 = ln(2).")
def test_one_stump_by_hand(submission, rng):
    """Five samples, one of them on the wrong side: alpha = ln 2"""
    X, y = np.array([[1.0], [2.0], [3.0], [4.0], [5.0]]), np.array([-1, -1, 1, 1, -1])
    model = submission.AdaBoostClassifier(n_estimators=1).fit(X, y)
    close_to(model.alphas_, [np.log(2.0)], ACCURACY, "alphas_")
    close_to(model.decision_function(np.array([[2.5], [2.6], [9.0]])), np.log(2.0) * np.array([-1, 1, 1]), ACCURACY, "decision_function(X)")
    equal_to(model.predict(np.array([[2.5], [2.6], [9.0]])), [-1, 1, 1], "predict(X)")


@case("sample", hint="After the first round the wrong sample has weight 1/2 and the others 1/8 each: now x ≤ 4.5 is best, with error 1/4.")
def test_two_stumps_by_hand(submission, rng):
    """The second stump on the same samples: alpha = ln(3) / 2"""
    X, y = np.array([[1.0], [2.0], [3.0], [4.0], [5.0]]), np.array([-1, -1, 1, 1, -1])
    model = submission.AdaBoostClassifier(n_estimators=2).fit(X, y)
    close_to(model.alphas_, [np.log(2.0), np.log(3.0) / 2], ACCURACY, "alphas_")
    votes = np.log(2.0) * np.array([-1, 1, 1]) + np.log(3.0) / 2 * np.array([1, 1, -1])
    close_to(model.decision_function(np.array([[1.0], [3.0], [5.0]])), votes, ACCURACY, "decision_function(X)")


@case("agreement", sizes=(12, 30, 100), hint="After its round, a stump has weighted error one half with the new weights.")
def test_a_few_rounds(submission, rng, size):
    """Five rounds"""
    fit_and_compare(submission, rng, *draw(rng, size, n_estimators=5), 5)


@case("agreement", hint="Normalise the weights in every round.")
def test_many_rounds(submission, rng):
    """Forty rounds"""
    fit_and_compare(submission, rng, *draw(rng, 80, n_estimators=40), 40)


@case("agreement", hint="Try every feature, and both polarities.")
def test_every_feature_and_both_polarities(submission, rng):
    """Stumps on each of four features, of both polarities"""

    def is_good(right):
        return len({(stump.feature, stump.polarity) for stump in right.stumps}) >= 5

    X, y = draw(rng, 70, 4, n_estimators=14, is_good=is_good)
    fit_and_compare(submission, rng, X, y, 14)
    fit_and_compare(submission, rng, -X, y, 14)


@case("agreement", hint="Thresholds lie midway between neighbouring different values, and a value on it goes down.")
def test_features_with_few_values(submission, rng):
    """Features that are even numbers from 0 to 8: queries at every whole number"""

    def draw_both():
        X = 2.0 * rng.integers(0, 5, size=(60, 2))
        return X, 2 * datasets.binary_target(rng, (X - 4.0) @ [[1.0, 0.0], [0.0, -1.0]]) - 1

    X, y = datasets.drawn_until(lambda drawn: is_clear(adaboost(*drawn, 4), 4), draw_both)
    grid = np.arange(-1.0, 10.0)
    model = submission.AdaBoostClassifier(n_estimators=4).fit(X, y)
    compare(model, adaboost(X, y, 4), np.column_stack([np.repeat(grid, len(grid)), np.tile(grid, len(grid))]))


@case("agreement", hint="Each sample counts with its weight, which at first is the same for all.")
def test_one_class_is_rare(submission, rng):
    """A tenth of the samples are positive"""

    def draw_both():
        y = 2 * datasets.class_labels(rng, 54, 6) - 1
        return datasets.dyadic(datasets.gaussian(rng, 60, 3) + 1.5 * (y > 0)[:, None]), y

    drawn = datasets.drawn_until(lambda drawn: is_clear(adaboost(*drawn, 8), 8), draw_both)
    fit_and_compare(submission, rng, *drawn, 8)


@case("property", hint="Fewer rounds are the first ones of more.")
def test_fewer_rounds_are_the_first_ones(submission, rng):
    """alphas_ of three rounds are the first three of nine"""
    X, y = draw(rng, 50, n_estimators=9)
    right = adaboost(X, y, 9)
    model = submission.AdaBoostClassifier(n_estimators=3).fit(X, y)
    close_to(model.alphas_, right.alphas[:3], ACCURACY, "alphas_", scale=1.0)


@case("property", hint="Exchanging the labels changes the sign of every vote.")
def test_exchanged_labels(submission, rng):
    """Labels exchanged: the same alphas_, the other sign of the decision function"""
    X, y = draw(rng, 50, n_estimators=6)
    right = adaboost(X, y, 6)
    model = submission.AdaBoostClassifier(n_estimators=6).fit(X, -y)
    close_to(model.alphas_, right.alphas, ACCURACY, "alphas_", scale=1.0)
    close_to(model.decision_function(X), -right.decision_function(X), ACCURACY, "decision_function(X)", scale=1.0)


@case("property", hint="Only the order of the values of a feature matters.")
def test_samples_taken_twice_and_features_in_other_units(submission, rng):
    """Every sample twice, columns in other units and another order"""
    X, y = draw(rng, 40, n_estimators=5)
    right = adaboost(X, y, 5)
    model = submission.AdaBoostClassifier(n_estimators=5).fit(np.vstack([X, X])[:, ::-1] * [8.0, 0.25, 64.0], np.concatenate([y, y]))
    close_to(model.alphas_, right.alphas, ACCURACY, "alphas_", scale=1.0)
    close_to(model.decision_function(X[:, ::-1] * [8.0, 0.25, 64.0]), right.decision_function(X), ACCURACY, "decision_function(X)", scale=1.0)


@case("property", hint="Only the order of the values of a feature matters. float32 has room for 24 bits, and these numbers have 26.")
def test_features_far_from_zero(submission, rng):
    """Multiples of 1/64 near a million and near minus half a million"""
    X, y = draw(rng, 40, n_estimators=5)
    fit_and_compare(submission, rng, X + [0.0, 999_000.0, -500_000.0], y, 5)


@case("property", hint="Convert with np.asarray(X, dtype=float) first: between neighbouring float32 numbers there is no third one.")
def test_thresholds_between_float32_neighbours(submission, rng):
    """float32 features near 200,000, whose thresholds lie between neighbouring float32 numbers"""

    def draw_both():
        X = datasets.dyadic(datasets.gaussian(rng, 60, 3) / 16.0)
        return X + 200_000.0, 2 * datasets.binary_target(rng, 16.0 * X) - 1

    X, y = datasets.drawn_until(lambda drawn: is_clear(adaboost(*drawn, 5), 5), draw_both)
    # From 2**17 to 2**18 float32 holds the multiples of 1/64, and half of the midpoints are rounded up to a value.
    model = submission.AdaBoostClassifier(n_estimators=5).fit(datasets.float32(X), y)
    for form in (np.asarray, datasets.float32):
        compare(model, adaboost(X, y, 5), X, form)


@case("edge", hint="A perfect stump ends it: epsilon counts as 1e-10 in alpha.")
def test_a_perfect_stump(submission, rng):
    """One feature tells the labels at once: a single stump with alpha = 11.5"""
    X, y = draw(rng, 30, n_estimators=3)
    order = np.argsort(y, kind="stable")
    perfect = np.empty(30)
    perfect[order] = np.sort(rng.permutation(200)[:30]) / 8.0
    fit_and_compare(submission, rng, np.column_stack([X[:, 0], perfect]), y, 6)
    fit_and_compare(submission, rng, np.column_stack([X[:, 0], -perfect]), y, 6)


@case("edge", hint="When the best weighted error is one half, stop and keep what was found before.")
def test_nothing_better_than_a_coin(submission, rng):
    """Exclusive or, where every stump is right for half of the samples: no stump at all, F = 0 and -1 everywhere"""
    X, y = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([-1, 1, 1, -1])
    model = submission.AdaBoostClassifier(n_estimators=5).fit(X, y)
    compare(model, adaboost(X, y, 5), X)


@case("edge", hint="An error of one half can come out a rounding below it; hence the 1e-10.")
def test_a_coin_after_the_first_stump(submission, rng):
    """One feature with two values: by the new weights its stump errs exactly half of the time, and is not kept again"""

    def draw_both():
        n_samples = int(rng.integers(5, 14))
        return rng.integers(0, 2, size=(n_samples, 1)).astype(float), rng.choice([-1, 1], size=n_samples)

    def has_one_stump(drawn):
        alphas = adaboost(*drawn, 5).alphas
        return len(alphas) == 1 and alphas[0] < 5.0

    for _ in range(30):
        X, y = datasets.drawn_until(has_one_stump, draw_both)
        compare(submission.AdaBoostClassifier(n_estimators=5).fit(X, y), adaboost(X, y, 5), X)


@case("edge", hint="Stop within 1e-10 of one half, and not before: little skill is some.")
def test_stumps_hardly_better_than_a_coin(submission, rng):
    """One feature of three values, until a stump has a weighted error a few millionths below one half, and on"""

    def draw_both():
        return rng.integers(0, 3, size=(30, 1)).astype(float), rng.choice([-1, 1], size=30)

    def is_good(drawn):
        right = adaboost(*drawn, 12)
        # An error of 1/2 - d has alpha = 2 d; below 1e-6 the best stump would not be clear.
        return is_clear(right, 12) and 4e-6 < right.alphas.min() < 1.8e-5

    fit_and_compare(submission, rng, *datasets.drawn_until(is_good, draw_both), 12)


@case("edge", hint="fit begins with no stumps, and the vote is of all that it has kept in the end.")
def test_fitting_again_with_more_stumps_and_with_none(submission, rng):
    """One model: a perfect stump, then six stumps, then constant features, then six again"""
    (X, y), (others, labels) = (draw(rng, n_samples, n_estimators=6) for n_samples in (30, 40))
    model = submission.AdaBoostClassifier(n_estimators=6)
    perfect = np.column_stack([y, X[:, 1]]).astype(float)
    for features, targets in ((perfect, y), (X, y), (np.full((30, 3), 3.0), y), (others, labels)):
        compare(fitted(model, features, targets), adaboost(features, targets, 6), features)


@case("edge", hint="Without two different values there is no threshold, and so no stump.")
def test_constant_features(submission, rng):
    """All features are constant"""
    X, y = np.full((6, 2), 3.0), np.array([1, 1, 1, -1, 1, -1])
    compare(submission.AdaBoostClassifier(n_estimators=3).fit(X, y), adaboost(X, y, 3), X)


@case("edge", hint="Equal samples with different labels: one of them is always wrong.")
def test_contradicting_samples(submission, rng):
    """Some samples are there twice, with both labels"""

    def draw_both():
        X, y = draw(rng, 30, n_estimators=1)
        return np.vstack([X, X[:4]]), np.concatenate([y, -y[:4]])

    drawn = datasets.drawn_until(lambda drawn: is_clear(adaboost(*drawn, 6), 6), draw_both)
    fit_and_compare(submission, rng, *drawn, 6)


@case("edge", hint="50 rounds are the default.")
def test_the_default_number_of_rounds(submission, rng):
    """n_estimators left out"""
    X, y = draw(rng, 90, n_estimators=50)
    close_to(submission.AdaBoostClassifier().fit(X, y).alphas_, adaboost(X, y, 50).alphas, ACCURACY, "alphas_", scale=10.0)


def clause_answers(model, X, y):
    return {
        "alphas_": array(model.alphas_, "alphas_", shape=(4,)),
        "decision_function(X)": array(model.decision_function(X), "decision_function(X)", shape=(len(X),)),
        "predict(X)": array(model.predict(X), "predict(X)", shape=(len(X),), kind="int"),
    }


def clause_inputs(rng):
    def is_certain(drawn):
        return np.abs(adaboost(*drawn, 4).decision_function(drawn[0])).min() > 1e-3

    return datasets.drawn_until(is_certain, lambda: draw(rng, 40, n_estimators=4))


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, X, y: submission.AdaBoostClassifier(n_estimators=4).fit(X, y),
        answers=clause_answers,
        rows=("decision_function", "predict"),
        refit=lambda model, X, y: model.fit(X, y),
    )
)

"""Hidden cases of correlation and variance inflation: closed formulas, so numbers are compared directly."""

import numpy as np

from judge import datasets
from judge.agreement import array, close_to, equal_to
from judge.clauses import Description, common_clauses
from judge.suite import case
from reference.correlation import correlation_matrix, drop_collinear, variance_inflation

# The statement's number for correlations. Code that centres first loses 1e-10 at means of a million deviations, sums of
# raw squares 1e-4; the nearest other mistakes move correlations by 1e-3.
ACCURACY = 1e-7
# The statement's number for VIFs, relative. Normal equations of raw columns reach 1e-10 at these means; an adjusted R^2
# moves a VIF by 1e-2.
VIF_ACCURACY = 1e-6
# While columns are dropped, the largest VIF is this share away from the next and from the threshold.
MARGIN = 1e-2
METHODS = ("pearson", "spearman")


def check_correlations(submission, X, method="pearson"):
    """Compare all correlations."""
    close_to(submission.correlation_matrix(X, method=method), correlation_matrix(X, method), ACCURACY, "correlation_matrix", scale=1.0)


def check_vif(submission, X):
    """Compare all VIFs, each on its own scale."""
    right = variance_inflation(X)
    close_to(submission.variance_inflation(X), right, VIF_ACCURACY, "variance_inflation", scale=right)


def check_dropping(submission, X, threshold):
    """Compare the columns that are left."""
    equal_to(submission.drop_collinear(X, threshold=threshold), drop_collinear(X, threshold), "drop_collinear")


def is_clear(X, threshold):
    """Tell whether no two VIFs that matter are close, nor any to the threshold."""
    left = np.arange(X.shape[1])
    while True:
        factors = np.sort(variance_inflation(X[:, left]))[::-1]
        if abs(factors[0] / threshold - 1.0) < MARGIN:
            return False
        if factors[0] <= threshold:
            return True
        if len(left) > 2 and factors[0] < (1.0 + MARGIN) * factors[1]:
            return False
        left = np.delete(left, variance_inflation(X[:, left]).argmax() if len(left) > 2 else 1)


def mixtures(rng, n_samples, n_features, n_factors=2, noise=0.3):
    """Return columns that mix a few common factors, of different scales, with means of up to three deviations."""
    factors = rng.normal(size=(n_samples, n_factors))
    X = datasets.standardised(factors @ rng.normal(size=(n_factors, n_features)) + noise * rng.normal(size=(n_samples, n_features)))
    return (X + rng.uniform(-3, 3, size=n_features)) * 10.0 ** rng.uniform(-1, 1, size=n_features)


def with_holes(rng, X, n_holes, spared=6):
    """Take this many values of each column away, never those of the first `spared` rows."""
    X = X.copy()
    for column in X.T:
        column[rng.choice(np.arange(spared, len(X)), size=n_holes, replace=False)] = np.nan
    return X


@case("sample", hint="Deviations of x are -1.5, -0.5, 0.5, 1.5; of y -2, 0, 0, 2: their products add up to 6.")
def test_correlation_by_hand(submission, rng):
    """x = 1, 2, 3, 4 and y = 2, 4, 4, 6: r = 6 / √40; by ranks 4.5 / √22.5"""
    X = np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 4.0], [4.0, 6.0]])
    for method, r in (("pearson", 6 / np.sqrt(40)), ("spearman", 4.5 / np.sqrt(22.5))):
        close_to(submission.correlation_matrix(X, method=method), [[1.0, r], [r, 1.0]], ACCURACY, "correlation_matrix", scale=1.0)


@case("sample", hint="Rows 0, 1 and 3 have both columns: (1, 2), (2, 4), (3, 3).")
def test_a_missing_value_by_hand(submission, rng):
    """A row without y does not count: r = 1/2 by values and by ranks"""
    X = np.array([[1.0, 2.0], [2.0, 4.0], [100.0, np.nan], [3.0, 3.0]])
    for method in METHODS:
        close_to(submission.correlation_matrix(X, method=method), [[1.0, 0.5], [0.5, 1.0]], ACCURACY, "correlation_matrix", scale=1.0)


@case("sample", hint="For two columns R^2 is the square of their correlation, for both; of two columns the second goes.")
def test_inflation_by_hand(submission, rng):
    """r = 6 / √40, so both VIFs are 1 / (1 - 0.9) = 10; the second is dropped above 9, none above 11"""
    X = np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 4.0], [4.0, 6.0]])
    close_to(submission.variance_inflation(X), [10.0, 10.0], VIF_ACCURACY, "variance_inflation")
    equal_to(submission.drop_collinear(X, threshold=11.0), [0, 1], "drop_collinear")
    equal_to(submission.drop_collinear(X, threshold=9.0), [0], "drop_collinear")


@case("agreement", sizes=(5, 30, 200), hint="Compare with the formula on two columns.")
def test_correlations(submission, rng, size):
    """Columns of several scales, nothing missing"""
    for method in METHODS:
        check_correlations(submission, mixtures(rng, size, 4, noise=1.0), method)


@case("agreement", sizes=(10, 50), hint="Means, deviations and ranks are those of the rows that have both columns.")
def test_correlations_with_missing_values(submission, rng, size):
    """Other rows are missing in every column"""
    X = with_holes(rng, mixtures(rng, size, 4), size // 4)
    for method in METHODS:
        check_correlations(submission, X, method)


@case("agreement", hint="Equal values share the mean of the ranks that they take together.")
def test_ranks_of_ties(submission, rng):
    """Whole numbers from 0 to 3, with missing values"""
    X = datasets.lattice(rng, 40, 3)
    check_correlations(submission, X, "spearman")
    check_correlations(submission, with_holes(rng, X, 9), "spearman")


@case("agreement", sizes=(12, 60, 200), hint="Regress each column on all the others together, with an intercept.")
def test_inflation(submission, rng, size):
    """Two to six columns that mix common factors, with means away from zero"""
    for n_features in (2, 4, 6):
        check_vif(submission, mixtures(rng, size, n_features))


@case("agreement", hint="A column can be a mixture of others without being close to any of them.")
def test_a_sum_of_columns(submission, rng):
    """The last column is nearly the sum of four others: each correlation is small, the VIFs are large"""
    X = rng.normal(size=(60, 4)) + 2.0
    check_vif(submission, datasets.with_collinear_column(rng, X, noise=0.05))


@case("agreement", hint="1 - R^2 needs no floor: it is small here, and far above rounding.")
def test_the_largest_inflation(submission, rng):
    """A column so near to the sum of three others that its VIF is between 7,000 and 9,500"""
    X = datasets.drawn_until(
        lambda X: 7000.0 < variance_inflation(X).max() < 9500.0,
        lambda: datasets.with_collinear_column(rng, rng.normal(size=(50, 3)) + 2.0, noise=0.02),
    )
    check_vif(submission, X)


@case("agreement", hint="A regression needs whole rows: leave out those in which any column is missing.")
def test_inflation_with_missing_values(submission, rng):
    """Some rows lack a value in one column"""
    check_vif(submission, with_holes(rng, mixtures(rng, 40, 4), 5))


@case("agreement", sizes=(3, 6, 8), hint="One at a time: what is left is judged anew.")
def test_dropping(submission, rng, size):
    """Columns that mix two factors, thresholds of 2 and 10"""
    for threshold in (2.0, 10.0):

        def shows(X):
            at_once = np.flatnonzero(variance_inflation(X) <= threshold)
            return is_clear(X, threshold) and (size < 6 or not np.array_equal(drop_collinear(X, threshold), at_once))

        X = datasets.drawn_until(shows, lambda: mixtures(rng, 50, size, noise=0.4))
        check_dropping(submission, X, threshold)


@case("agreement", hint="Rows that only the dropped column made incomplete come back.")
def test_dropping_with_missing_values(submission, rng):
    """The first column to go has most of the missing values, and the rows that come back decide about another one"""

    def draw():
        X = mixtures(rng, 40, 5, n_factors=3, noise=0.6)
        X[12:34, 4] = np.nan
        X[:, 4] = 2.0 * X[:, 0] / X[:, 0].std() - X[:, 1] / X[:, 1].std() + 0.05 * rng.normal(size=40) + 0.0 * X[:, 4]
        return X

    def shows(X):
        first_rows = X[~np.isnan(X).any(axis=1)]
        return is_clear(X, 3.0) and not np.array_equal(drop_collinear(X, 3.0), drop_collinear(first_rows, 3.0))

    check_dropping(submission, datasets.drawn_until(shows, draw), 3.0)


@case("agreement", hint="The threshold is 10 when none is given.")
def test_the_default_threshold(submission, rng):
    """Columns whose largest VIF is a little below 10, or a little above"""
    for low, high in ((6.0, 10.0), (10.0, 16.0)):
        X = datasets.drawn_until(
            lambda X, low=low, high=high: is_clear(X, 10.0) and low < variance_inflation(X).max() < high,
            lambda: mixtures(rng, 40, 4, noise=0.5),
        )
        equal_to(submission.drop_collinear(X), drop_collinear(X, 10.0), "drop_collinear")


@case("agreement", hint="Of two columns that are left the second one goes, whatever rounding says of their VIFs.")
def test_two_columns_alone(submission, rng):
    """Two columns with large VIFs, and the same two exchanged"""
    for _ in range(4):
        X = datasets.drawn_until(lambda X: is_clear(X, 3.0) and len(drop_collinear(X, 3.0)) == 1, lambda: mixtures(rng, 30, 2, n_factors=1))
        check_dropping(submission, X, 3.0)
        check_dropping(submission, X[:, ::-1].copy(), 3.0)


@case("property", sizes=(8, 40), hint="Ranks do not change under a rising function, and VIFs do not under units and offsets.")
def test_units_and_rising_functions(submission, rng, size):
    """Cubes have the same ranks; other units and other zero points the same correlations and VIFs"""
    X = mixtures(rng, size, 3)
    Z = datasets.standardised(X)
    right = correlation_matrix(Z, "spearman")
    close_to(submission.correlation_matrix(Z**3, method="spearman"), right, ACCURACY, "correlation_matrix of cubes", scale=1.0)
    moved = Z * [0.01, 100.0, -3.0] + [0.1, 50.0, 0.0]
    signs = np.outer([1, 1, -1], [1, 1, -1])
    close_to(submission.correlation_matrix(moved), signs * correlation_matrix(Z), ACCURACY, "correlation_matrix in other units", scale=1.0)
    factors = variance_inflation(Z)
    close_to(submission.variance_inflation(moved), factors, VIF_ACCURACY, "variance_inflation in other units", scale=factors)


@case("property", hint="Without missing values the VIFs are the diagonal of the inverse of the correlations.")
def test_inflation_is_the_inverse_of_the_correlations(submission, rng):
    """Both functions on the same complete table"""
    X = mixtures(rng, 30, 4, n_factors=4, noise=1.0)
    R = array(submission.correlation_matrix(X), "correlation_matrix", shape=(4, 4))
    close_to(R, correlation_matrix(X), ACCURACY, "correlation_matrix", scale=1.0)
    check_vif(submission, X)


@case(
    "property",
    given=lambda st: {
        "rows": st.lists(st.tuples(*[st.sampled_from([0.0, 1.0, 2.0, 5.0, float("nan")])] * 2), min_size=0, max_size=5)
    },
    examples=15,
    hint="Where a column is constant in the rows that count, the correlation is 0; the diagonal is 1 even then.",
)
def test_small_tables(submission, rng, rows):
    """Small tables of two columns, with ties and missing values"""
    X = np.array([(0.0, 1.0), (2.0, 1.0), (1.0, 1.0), *rows])
    for method in METHODS:
        check_correlations(submission, X, method)


@case("edge", hint="Take the mean away before you multiply: sums of large squares have no digits left for the deviations.")
def test_means_of_a_million_deviations(submission, rng):
    """Columns far from zero"""
    X = datasets.standardised(mixtures(rng, 50, 3, noise=1.0))
    for method in METHODS:
        check_correlations(submission, X + 1e6, method)
        check_correlations(submission, 0.01 * (X - 1e6), method)


@case("edge", hint="A constant column correlates with nothing: 0, not nan.")
def test_constant_columns(submission, rng):
    """A column that is constant everywhere, and one that is where the other is present"""
    X = datasets.with_constant_column(mixtures(rng, 12, 3), 7.0)
    X[:6, 2] = 3.0
    X[6:, 1] = np.nan
    for method in METHODS:
        check_correlations(submission, X, method)


@case("edge", hint="Whether a column is constant is decided in the rows that count; sums about the mean of all rows are off by rounding.")
def test_columns_that_are_constant_together(submission, rng):
    """Five columns, each of whose pairs share six rows in which all are constant; several times"""
    # Rounding decides, so sums about other means come out as zero now and then.
    for _ in range(8):
        X = np.full((16, 5), np.nan)
        X[:6] = [3.0, 7.0, 11.0, -2.0, 5.0]
        for j in range(5):
            X[6 + 2 * j : 8 + 2 * j, j] = 3.0 * rng.normal(size=2)
        check_correlations(submission, X)


@case("edge", hint="With nothing to be explained by, R^2 is 0 and VIF is 1.")
def test_a_single_column(submission, rng):
    """One column alone"""
    X = rng.normal(size=(6, 1)) + 4.0
    for method in METHODS:
        check_correlations(submission, X, method)
    check_vif(submission, X)
    check_dropping(submission, X, 1.5)


@case("edge", hint="The last column that is left has VIF 1 and stays; where no VIF is above the threshold all stay.")
def test_all_or_one(submission, rng):
    """A low threshold leaves one column, a high one leaves all"""
    leaves_one = lambda X: is_clear(X, 1.5) and len(drop_collinear(X, 1.5)) == 1
    for _ in range(3):
        X = datasets.drawn_until(leaves_one, lambda: mixtures(rng, 40, 4, n_factors=1, noise=0.2))
        # Of the last two the second goes, though the table had four.
        check_dropping(submission, X, 1.5)
    check_dropping(submission, X, 9000.0)


@case("edge", hint="There are few degrees of freedom, but a VIF knows none: it is not adjusted.")
def test_few_rows(submission, rng):
    """Two rows more than columns"""
    X = datasets.drawn_until(lambda X: variance_inflation(X).max() < 1000.0, lambda: rng.normal(size=(6, 4)) + 1.0)
    check_vif(submission, X)


def clause_inputs(rng):
    return (datasets.dyadic(datasets.standardised(mixtures(rng, 24, 3, noise=1.0))),)


def clause_answers(answer, X):
    return {
        "correlation_matrix": array(answer[0], "correlation_matrix", shape=(3, 3)),
        "spearman": array(answer[1], "correlation_matrix", shape=(3, 3)),
        "variance_inflation": array(answer[2], "variance_inflation", shape=(3,)),
    }


clauses = common_clauses(
    Description(
        inputs=clause_inputs,
        fit=lambda submission, X: (
            submission.correlation_matrix(X),
            submission.correlation_matrix(X, method="spearman"),
            submission.variance_inflation(X),
        ),
        answers=clause_answers,
    )
)

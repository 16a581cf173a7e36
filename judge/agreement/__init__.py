"""Checks: the words a suite states its expectations in, and the findings they raise.

Answers are converted first, so that nothing a submission sends can make a
suite stumble. Every comparison notes how large its error was beside its
tolerance, whether it passed or not.

| module        | checks                                                                             |
|---------------|------------------------------------------------------------------------------------|
| conversion    | answers as arrays, numbers, parts, entries, fitted models; their size                |
| comparison    | with the right answer, with several right ones, with a bound or an optimum          |
| symmetries    | answers in several guises: partitions, rows in any order, free signs, subspaces     |
| probabilities | rows that add up to one, logarithms                                                 |
| optimality    | gradients, sparse coefficients, conditions of an optimum, sequences that only fall  |
| scoring       | a metric on hidden data, on the way from a baseline to the reference                |
| findings      | what a check says, and the ledger of comparisons                                    |
"""

from judge.agreement.comparison import (
    UNDER_CONVERGED,
    any_of,
    as_many,
    at_most,
    close_to,
    equal_to,
    gap_at_most,
    one_of,
    raises,
    that,
)
from judge.agreement.conversion import array, entries, fitted, moderate, number, parts
from judge.agreement.findings import Finding, Ledger, ledger
from judge.agreement.optimality import box_residual, gradient_of, l1_residual, monotone, zero_where
from judge.agreement.probabilities import log_probabilities, probability_rows
from judge.agreement.scoring import scored
from judge.agreement.symmetries import (
    assignment,
    matched_rows,
    same_components,
    same_partition,
    same_subspace,
    same_up_to_sign,
)

__all__ = [
    "UNDER_CONVERGED",
    "Finding",
    "Ledger",
    "any_of",
    "array",
    "as_many",
    "assignment",
    "at_most",
    "box_residual",
    "close_to",
    "entries",
    "equal_to",
    "fitted",
    "gap_at_most",
    "gradient_of",
    "l1_residual",
    "ledger",
    "log_probabilities",
    "matched_rows",
    "moderate",
    "monotone",
    "number",
    "one_of",
    "parts",
    "probability_rows",
    "raises",
    "same_components",
    "same_partition",
    "same_subspace",
    "same_up_to_sign",
    "scored",
    "that",
    "zero_where",
]

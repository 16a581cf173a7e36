"""Scores answers that have no right value by a metric on hidden data, between a baseline and a reference."""

import math

from judge.agreement.findings import Finding, note, note_metric
from judge.report import MetricScore


def scored(
    value: float, metric: str, *, baseline: float, reference: float, needed: float, n_samples: int, hint: str = ""
) -> None:
    """Check that a metric comes far enough on the way from a baseline's value to the reference's.

    Parameters
    ----------
    value : float
        What the answers reach; where the reference is below the baseline, less is better.
    metric : str
        Its name in messages.
    baseline, reference : float
        What knowing nothing reaches, and what a sound method does; they differ.
    needed : float
        The share of the way between them that is asked for, from 0 to 1.
    n_samples : int
        How many hidden samples the metric was measured on.
    hint : str
        What to look at where it is not reached.

    """
    if not math.isfinite(value):
        raise Finding(f"{metric} is {value}", hint=hint)
    share = (baseline - value) / (baseline - reference)
    score = MetricScore(metric, value, baseline, reference, share, needed, n_samples)
    note_metric(score)
    # What is left of the way, so that a smaller error is better here too.
    note(f"{metric}, share of the way that is left", 1.0 - share, 1.0 - needed)
    if share < needed:
        raise Finding(
            f"{metric} is {value:.4g}. The baseline has {baseline:.4g} and the reference {reference:.4g}: "
            f"that is {score.credit:.0%} of the way between them, and {needed:.0%} is asked for",
            hint=hint,
        )

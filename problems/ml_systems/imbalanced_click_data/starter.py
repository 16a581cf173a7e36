"""Tools for imbalanced click data. Fill in the four functions."""


def balanced_weights(y):
    """Return a weight for each sample, so that both classes weigh the same; raise ValueError for one class."""
    raise NotImplementedError


def resample(y, positives, negatives, draws):
    """Return ascending indices: each positive `positives` times, a negative where its draw is below `negatives`."""
    raise NotImplementedError


def recalibrate(p, positives, negatives):
    """Return the probabilities before resampling for those of a model trained after it."""
    raise NotImplementedError


def cheapest_threshold(y, p, cost_fp, cost_fn):
    """Return (threshold, cost) for the rule p >= threshold with the least total cost."""
    raise NotImplementedError

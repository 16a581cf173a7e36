"""Naive Bayes: closed-form fits, and log posteriors that are normalised in log space."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class GaussianNaiveBayes:
    """Fitted Gaussian naive Bayes.

    Attributes
    ----------
    classes : ndarray of shape (n_classes,)
        The labels in ascending order.
    log_priors : ndarray of shape (n_classes,)
    means : ndarray of shape (n_classes, n_features)
    variances : ndarray of shape (n_classes, n_features)
        Smoothed.
    """

    classes: Integers
    log_priors: Floats
    means: Floats
    variances: Floats

    def joint_log_likelihood(self, X: Floats) -> Floats:
        """Return log P(class) + log p(x | class), shape (n_samples, n_classes)."""
        squares = np.square(X[:, None, :] - self.means) / self.variances
        joint: Floats = self.log_priors - 0.5 * (np.log(2 * np.pi * self.variances) + squares).sum(axis=2)
        return joint

    def predict_log_proba(self, X: Floats) -> Floats:
        """Return the log posterior of each class, shape (n_samples, n_classes)."""
        joint = self.joint_log_likelihood(X)
        shifted = joint - joint.max(axis=1, keepdims=True)
        log_proba: Floats = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        return log_proba

    def predict(self, X: Floats) -> Integers:
        """Return the most probable label of each row, shape (n_samples,)."""
        return self.classes[self.joint_log_likelihood(X).argmax(axis=1)]


def gaussian_naive_bayes(X: Floats, y: Integers, var_smoothing: float = 1e-9) -> GaussianNaiveBayes:
    """Fit class frequencies, means and variances.

    The variances divide by the number of samples of the class; `var_smoothing`
    times the largest variance of a feature over all samples is added to them.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    y : ndarray of shape (n_samples,)
    var_smoothing : float

    Source: Hastie, Tibshirani and Friedman, "The Elements of Statistical Learning", section 6.6.3;
    the smoothing is that of ``sklearn.naive_bayes.GaussianNB``.
    """
    classes, counts = np.unique(y, return_counts=True)
    members = [X[y == label] for label in classes]
    means = np.array([rows.mean(axis=0) for rows in members])
    variances = np.array([rows.var(axis=0) for rows in members]) + var_smoothing * X.var(axis=0).max()
    return GaussianNaiveBayes(classes, np.log(counts / len(y)), means, variances)


@dataclass(frozen=True, slots=True)
class MultinomialNaiveBayes:
    """Fitted multinomial naive Bayes.

    Attributes
    ----------
    classes : ndarray of shape (n_classes,)
        The labels in ascending order.
    log_priors : ndarray of shape (n_classes,)
    log_shares : ndarray of shape (n_classes, n_features)
        Logarithms of the smoothed share of each column in a class.
    """

    classes: Integers
    log_priors: Floats
    log_shares: Floats

    def predict_log_proba(self, X: Floats) -> Floats:
        """Return the log posterior of each class, shape (n_samples, n_classes)."""
        joint = self.log_priors + X @ self.log_shares.T
        shifted = joint - joint.max(axis=1, keepdims=True)
        log_proba: Floats = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        return log_proba


def multinomial_naive_bayes(
    X: Floats, y: Integers, alpha: float = 1.0, *, fit_prior: bool = True
) -> MultinomialNaiveBayes:
    """Fit class frequencies and the columns' shares, with `alpha` added to the sum of every column in every class.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
        Non-negative.
    y : ndarray of shape (n_samples,)
    alpha : float
        Positive.
    fit_prior : bool
        Whether priors are class frequencies; else they are equal.

    Source: Manning, Raghavan and Schütze, "Introduction to information retrieval"
    (2008), section 13.2; same as ``sklearn.naive_bayes.MultinomialNB``.
    """
    classes, counts = np.unique(y, return_counts=True)
    sums = np.array([X[y == label].sum(axis=0) for label in classes]) + alpha
    shares = counts / len(y) if fit_prior else np.full(len(classes), 1.0 / len(classes))
    return MultinomialNaiveBayes(classes, np.log(shares), np.log(sums / sums.sum(axis=1, keepdims=True)))

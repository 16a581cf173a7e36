"""The perceptron, mistake by mistake."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PerceptronFit:
    """A fitted plane.

    Attributes
    ----------
    coef : ndarray of shape (n_features,)
    intercept : float
    mistakes : ndarray of shape (n_epochs,)
        How many samples were on the wrong side, or on the plane, in each epoch.
    """

    coef: Floats
    intercept: float
    mistakes: Integers

    def scores(self, X: Floats) -> Floats:
        """Return X @ coef + intercept."""
        return X @ self.coef + self.intercept

    def predict(self, X: Floats) -> Integers:
        """Return 1 where the score is positive, else -1."""
        return np.where(self.scores(X) > 0, 1, -1)


def perceptron(X: Floats, y: Integers, learning_rate: float = 1.0, max_epochs: int = 1000) -> PerceptronFit:
    """Go through the samples in order until an epoch has no mistake.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_features)
    y : ndarray of shape (n_samples,)
        Labels -1 and 1.
    learning_rate : float
    max_epochs : int

    Source: Rosenblatt, "The perceptron" (1958), in the form of Bishop, "Pattern
    Recognition and Machine Learning" (2006), equation 4.55; same as
    ``sklearn.linear_model.Perceptron(shuffle=False, tol=None)``, but for where
    it stops.
    """
    theta = np.zeros(X.shape[1] + 1)
    signed = y[:, None] * np.column_stack([X, np.ones(len(X))])
    mistakes: list[int] = []
    while len(mistakes) < max_epochs and (not mistakes or mistakes[-1]):
        count = 0
        for row in signed:
            if row @ theta <= 0:
                theta = theta + learning_rate * row
                count += 1
        mistakes.append(count)
    return PerceptronFit(theta[:-1], float(theta[-1]), np.array(mistakes))

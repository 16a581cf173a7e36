"""Optimisers: single steps of arrays of parameters by their gradients."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(slots=True)
class Adam:
    """Adam for one array of parameters, with decay in the gradient or decoupled from it.

    Attributes
    ----------
    theta : ndarray
        The parameters; never changed in place.
    learning_rate, eps, weight_decay : float
    betas : tuple of float
        The shares of the old averages.
    decoupled : bool
        Whether decay acts on the parameters (AdamW) instead of on the gradient.
    amsgrad : bool
        Whether the largest average of squares so far is used.

    Source: Kingma and Ba, "Adam" (2015), algorithm 1; Loshchilov and Hutter,
    "Decoupled weight decay regularization" (2019), algorithm 2; Reddi, Kale and
    Kumar, "On the convergence of Adam and beyond" (2018), with the correction
    for the start kept.
    """

    theta: Floats
    learning_rate: float = 1e-3
    betas: tuple[float, float] = (0.9, 0.999)
    eps: float = 1e-8
    weight_decay: float = 0.0
    decoupled: bool = True
    amsgrad: bool = False
    n_steps: int = field(default=0, init=False)
    mean: Floats = field(init=False)
    square: Floats = field(init=False)
    largest: Floats = field(init=False)

    def __post_init__(self) -> None:
        """Begin with averages of zero."""
        self.mean = self.square = self.largest = np.zeros_like(self.theta)

    def step(self, gradient: Floats) -> Floats:
        """Make one step and return the new parameters."""
        self.n_steps += 1
        g = gradient if self.decoupled else gradient + self.weight_decay * self.theta
        self.mean = self.betas[0] * self.mean + (1 - self.betas[0]) * g
        self.square = self.betas[1] * self.square + (1 - self.betas[1]) * g**2
        self.largest = np.maximum(self.largest, self.square)
        direction = self.mean / (1 - self.betas[0] ** self.n_steps)
        size = (self.largest if self.amsgrad else self.square) / (1 - self.betas[1] ** self.n_steps)
        decay = self.weight_decay * self.theta if self.decoupled else 0.0
        self.theta = self.theta - self.learning_rate * (direction / (np.sqrt(size) + self.eps) + decay)
        return self.theta

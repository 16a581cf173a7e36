"""What the minima of penalised objectives have in common."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Optimum:
    """A minimum: the objective there, and at the best model without coefficients."""

    value: float
    null_value: float

    def gap(self, value: float) -> float:
        """Return how far an objective is from the minimum: 0 there, 1 at the null model."""
        return (value - self.value) / (self.null_value - self.value)

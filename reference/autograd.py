"""Programs of scalar operations and their exact derivatives, by carrying derivatives forward.

A program is a list of steps on a growing list of numbers: first the leaves,
then the result of each step. A step is the name of an operation, the place of
its first operand, and its second operand: a place for `add` and `mul`, a number
for `power`, `add_number` and `mul_number`, None for the others.

Source: A. Griewank and A. Walther, Evaluating Derivatives, 2nd edition, SIAM
2008, chapter 3.1 (the forward mode).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Step = tuple[str, int, Any]

_SLOPES: dict[str, tuple[Callable[[float], Any], Callable[[float], Any]]] = {
    "exp": (np.exp, np.exp),
    "log": (np.log, lambda x: 1.0 / x),
    "tanh": (np.tanh, lambda x: 1.0 / np.cosh(x) ** 2),
    "relu": (lambda x: max(x, 0.0), lambda x: float(x > 0)),
}


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A program's numbers and derivatives.

    `values` has shape (n_places,). `gradients` has shape (n_places, n_leaves),
    and so has `sizes`: the sum of the absolute values of the chain rule's terms.
    """

    values: Array
    gradients: Array
    sizes: Array


def evaluate(leaves: Sequence[float], steps: Sequence[Step]) -> Evaluated:
    """Run a program and differentiate every number with respect to every leaf."""
    values = [float(leaf) for leaf in leaves]
    gradients = list(np.eye(len(leaves)))
    sizes = list(np.eye(len(leaves)))
    for name, place, other in steps:
        value, slopes = _applied(name, values[place], values[other] if name in ("add", "mul") else other)
        places = (place, other)[: len(slopes)]
        values.append(value)
        gradients.append(np.sum([slope * gradients[p] for slope, p in zip(slopes, places, strict=True)], axis=0))
        sizes.append(np.sum([abs(slope) * sizes[p] for slope, p in zip(slopes, places, strict=True)], axis=0))
    return Evaluated(np.array(values), np.array(gradients), np.array(sizes))


def _applied(name: str, x: float, other: Any) -> tuple[float, tuple[float, ...]]:
    """Return a result and its slope in each operand that is a place."""
    match name:
        case "add":
            return x + other, (1.0, 1.0)
        case "mul":
            return x * other, (other, x)
        case "add_number":
            return x + other, (1.0,)
        case "mul_number":
            return x * other, (other,)
        case "power":
            return x**other, (other * x ** (other - 1) if other else 0.0,)
        case _:
            function, slope = _SLOPES[name]
            return float(function(x)), (float(slope(x)),)

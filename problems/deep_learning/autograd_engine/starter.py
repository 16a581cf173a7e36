"""An autograd engine for scalars. Fill in the operations and backward."""


class Value:
    """A number that remembers what it was made from."""

    def __init__(self, data):
        self.data = float(data)
        self.grad = 0.0

    def add(self, other):
        """Return self + other; other is a Value or a number."""
        raise NotImplementedError

    def mul(self, other):
        """Return self * other; other is a Value or a number."""
        raise NotImplementedError

    def power(self, exponent):
        """Return self ** exponent for a plain number."""
        raise NotImplementedError

    def exp(self):
        """Return the exponential."""
        raise NotImplementedError

    def log(self):
        """Return the natural logarithm."""
        raise NotImplementedError

    def tanh(self):
        """Return the hyperbolic tangent."""
        raise NotImplementedError

    def relu(self):
        """Return the larger of self and 0."""
        raise NotImplementedError

    def backward(self):
        """Add this value's derivatives to the grad of each leaf that it depends on."""
        raise NotImplementedError

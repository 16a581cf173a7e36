"""What was visited stands in a list, which is searched for every operation: the time grows with the square of their number."""

import math


class Value:
    def __init__(self, data, parents=()):
        self.data = float(data)
        self.grad = 0.0
        self._parents = parents  # pairs of (Value, local derivative)

    def add(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def mul(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def power(self, exponent):
        slope = 0.0 if exponent == 0 else exponent * self.data ** (exponent - 1)
        return Value(self.data**exponent, ((self, slope),))

    def exp(self):
        result = math.exp(self.data)
        return Value(result, ((self, result),))

    def log(self):
        return Value(math.log(self.data), ((self, 1.0 / self.data),))

    def tanh(self):
        result = math.tanh(self.data)
        return Value(result, ((self, 1.0 - result * result),))

    def relu(self):
        return Value(max(self.data, 0.0), ((self, 1.0 if self.data > 0 else 0.0),))

    def backward(self):
        order, seen, stack = [], [], [(self, False)]
        while stack:
            node, is_done = stack.pop()
            if is_done:
                order.append(node)
            elif node not in seen:
                seen.append(node)
                stack.append((node, True))
                stack.extend((parent, False) for parent, _ in node._parents)
        flowing = {id(self): 1.0}
        for node in reversed(order):
            gradient = flowing.pop(id(node), 0.0)
            if not node._parents:
                node.grad += gradient
            for parent, slope in node._parents:
                flowing[id(parent)] = flowing.get(id(parent), 0.0) + gradient * slope

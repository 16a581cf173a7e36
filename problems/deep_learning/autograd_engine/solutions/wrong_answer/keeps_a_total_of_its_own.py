"""Keeps the total of a leaf beside its grad: whoever sets grad to 0 to begin anew finds the old total in it after the next backward."""

import heapq
import itertools
import math

_numbers = itertools.count()


class Value:
    def __init__(self, data):
        self.data = float(data)
        self.grad = self._total = 0.0
        self._number = next(_numbers)
        self._inputs = []
        self._pull = None

    def _made(self, data, inputs, pull):
        result = Value(data)
        result._inputs, result._pull = inputs, pull
        return result

    def add(self, other):
        if not isinstance(other, Value):
            return self._made(self.data + other, [self], lambda g: [g])
        return self._made(self.data + other.data, [self, other], lambda g: [g, g])

    def mul(self, other):
        if not isinstance(other, Value):
            return self._made(self.data * other, [self], lambda g: [g * other])
        a, b = self.data, other.data
        return self._made(a * b, [self, other], lambda g: [g * b, g * a])

    def power(self, exponent):
        x = self.data
        return self._made(x**exponent, [self], lambda g: [g * exponent * x ** (exponent - 1) if exponent else 0.0])

    def exp(self):
        e = math.exp(self.data)
        return self._made(e, [self], lambda g: [g * e])

    def log(self):
        x = self.data
        return self._made(math.log(x), [self], lambda g: [g / x])

    def tanh(self):
        t = math.tanh(self.data)
        return self._made(t, [self], lambda g: [g * (1 - t) * (1 + t)])

    def relu(self):
        x = self.data
        return self._made(x if x > 0 else 0.0, [self], lambda g: [g if x > 0 else 0.0])

    def backward(self):
        # What is made later has a higher number than what it is made from.
        gradients, nodes, heap = {self._number: 1.0}, {self._number: self}, [-self._number]
        while heap:
            number = -heapq.heappop(heap)
            node, gradient = nodes.pop(number), gradients.pop(number)
            if node._pull is None:
                node._total += gradient
                node.grad = node._total
                continue
            for source, part in zip(node._inputs, node._pull(gradient)):
                if source._number not in gradients:
                    gradients[source._number], nodes[source._number] = 0.0, source
                    heapq.heappush(heap, -source._number)
                gradients[source._number] += part

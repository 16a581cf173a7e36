"""power(1) gives the Value itself back. Breaks "Each operation returns a **new** Value" and "grad is 0 for every Value just made"."""
import math


class Value:
    def __init__(self, data, parents=(), slopes=()):
        self.data = float(data)
        self.grad = 0.0
        self.parents = parents
        self.slopes = slopes

    def add(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data + other.data, (self, other), (1.0, 1.0))

    def mul(self, other):
        other = other if isinstance(other, Value) else Value(other)
        return Value(self.data * other.data, (self, other), (other.data, self.data))

    def power(self, exponent):
        if exponent == 1:
            return self
        slope = exponent * self.data ** (exponent - 1) if exponent != 0 else 0.0
        return Value(self.data ** exponent, (self,), (slope,))

    def exp(self):
        e = math.exp(self.data)
        return Value(e, (self,), (e,))

    def log(self):
        return Value(math.log(self.data), (self,), (1 / self.data,))

    def tanh(self):
        t = math.tanh(self.data)
        return Value(t, (self,), (1 - t * t,))

    def relu(self):
        return Value(max(self.data, 0.0), (self,), (1.0 if self.data > 0 else 0.0,))

    def backward(self):
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            v, done = stack.pop()
            if done:
                order.append(v)
                continue
            if id(v) in seen:
                continue
            seen.add(id(v))
            stack.append((v, True))
            stack.extend((p, False) for p in v.parents)
        grads = {id(v): 0.0 for v in order}
        grads[id(self)] = 1.0
        for v in reversed(order):
            g = grads[id(v)]
            if not v.parents:
                v.grad += g
            for p, s in zip(v.parents, v.slopes):
                grads[id(p)] += g * s

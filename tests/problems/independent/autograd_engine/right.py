import math


class Value:
    def __init__(self, data):
        self.data = float(data)
        self.grad = 0.0
        self._parents = ()  # pairs (Value, local derivative)

    @staticmethod
    def _make(data, parents):
        out = Value(data)
        out._parents = parents
        return out

    @staticmethod
    def _wrap(other):
        return other if isinstance(other, Value) else Value(other)

    def add(self, other):
        other = self._wrap(other)
        return self._make(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def mul(self, other):
        other = self._wrap(other)
        return self._make(self.data * other.data, ((self, other.data), (other, self.data)))

    def power(self, exponent):
        d = 0.0 if exponent == 0 else exponent * self.data ** (exponent - 1)
        return self._make(self.data ** exponent, ((self, d),))

    def exp(self):
        e = math.exp(self.data)
        return self._make(e, ((self, e),))

    def log(self):
        return self._make(math.log(self.data), ((self, 1.0 / self.data),))

    def tanh(self):
        e = math.exp(-2.0 * abs(self.data))
        return self._make(math.tanh(self.data), ((self, 4.0 * e / (1.0 + e) ** 2),))

    def relu(self):
        return self._make(max(self.data, 0.0), ((self, 1.0 if self.data > 0 else 0.0),))

    def backward(self):
        order, seen = [], set()
        stack = [(self, False)]
        while stack:
            node, done = stack.pop()
            if done:
                order.append(node)
                continue
            if id(node) in seen:
                continue
            seen.add(id(node))
            stack.append((node, True))
            for parent, _ in node._parents:
                if id(parent) not in seen:
                    stack.append((parent, False))
        grads = {id(self): 1.0}
        for node in reversed(order):
            g = grads.get(id(node), 0.0)
            if not node._parents:
                node.grad += g
            for parent, d in node._parents:
                grads[id(parent)] = grads.get(id(parent), 0.0) + g * d

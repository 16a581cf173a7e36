"""The perceptron, by other means."""

class Perceptron:
    def __init__(self, learning_rate=1.0, max_epochs=1000): self.learning_rate, self.max_epochs = learning_rate, max_epochs
    def fit(self, X, y):
        rows = [[float(v) for v in r] for r in X]; labels = [int(v) for v in y]
        w = [0.0]*len(rows[0]); b = 0.0; ms = []
        while len(ms) < self.max_epochs:
            m = 0
            for x, t in zip(rows, labels):
                if t*(sum(a*c for a, c in zip(x, w))+b) <= 0:
                    w = [c+self.learning_rate*t*a for a, c in zip(x, w)]; b += self.learning_rate*t; m += 1
            ms.append(m)
            if not m: break
        import numpy as np
        self.coef_, self.intercept_, self.mistakes_ = np.array(w), b, np.array(ms); return self
    def decision_function(self, X): return X.astype(float) @ self.coef_ + self.intercept_
    def predict(self, X): return 2*(self.decision_function(X) > 0).astype(int)-1

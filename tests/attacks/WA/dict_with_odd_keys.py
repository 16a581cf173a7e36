"""Answers a dict whose keys are tuples, NaN, None and bytes."""


class KMeans(Honest):
    def fit(self, X):
        super().fit(X)
        self.labels_ = {(1, (2,)): 0, float("nan"): 1, None: 2, b"x": 3, True: 4, "__class__": 5, "array": 0}
        return self

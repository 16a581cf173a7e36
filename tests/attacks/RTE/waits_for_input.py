"""Asks the judge's owner for the answer, and reads what is typed."""


class KMeans(Honest):
    def fit(self, X):
        input("labels? ")
        return super().fit(X)

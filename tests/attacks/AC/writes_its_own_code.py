"""Writes the source of its class, runs it with exec, and makes another with type."""

SOURCE = """
class Written(Honest):
    def predict(self, X):
        return eval("Honest.predict(self, X)")
"""
exec(SOURCE)
KMeans = type("KMeans", (Written,), {"__doc__": "Clusters.", "fit": lambda self, X: Honest.fit(self, X)})

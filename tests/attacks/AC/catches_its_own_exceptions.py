"""Raises and catches exceptions of its own, and asserts what it expects."""

import traceback


class NotFitted(ValueError, AttributeError):
    pass


class KMeans(Honest):
    def predict(self, X):
        try:
            raise NotFitted("call fit first")
        except NotFitted:
            traceback.print_exc(limit=1)
        assert len(self.cluster_centers_) == self.n_clusters, "as many centres as clusters"
        return super().predict(X)

"""Logs its steps to standard error and to a file."""

import logging, sys

log = logging.getLogger("kmeans")
log.setLevel(logging.DEBUG)
log.addHandler(logging.StreamHandler(sys.stderr))
log.addHandler(logging.FileHandler("kmeans.log"))


class KMeans(Honest):
    def fit(self, X):
        log.info("samples: %s", np.shape(X))
        super().fit(X)
        log.debug("inertia: %s", self.inertia_)
        return self

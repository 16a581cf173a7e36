"""Logs a hundred thousand steps, as forgotten debugging does."""

import logging


class KMeans(Honest):
    def fit(self, X):
        logging.basicConfig(level=logging.DEBUG)
        for step in range(100_000):
            logging.debug("step %s: %s", step, "x" * 9000)
        return super().fit(X)

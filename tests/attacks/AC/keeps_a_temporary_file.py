"""Writes its samples to a temporary file and reads them again."""

import tempfile


class KMeans(Honest):
    def fit(self, X):
        with tempfile.TemporaryFile() as file:
            np.save(file, X)
            file.seek(0)
            return super().fit(np.load(file))

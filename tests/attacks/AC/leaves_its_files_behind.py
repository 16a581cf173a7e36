"""Writes a few mebibytes into its folder, reads them, and forgets to delete them."""

import os


class KMeans(Honest):
    def fit(self, X):
        os.makedirs("cache/samples", exist_ok=True)
        for number in range(4):
            np.save(f"cache/samples/{number}.npy", np.ones(1 << 17))
        np.save("cache/X.npy", X)
        return super().fit(np.load("cache/X.npy"))

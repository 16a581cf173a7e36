"""Forks, has the child compute, and reads its result from a pipe."""

import json, os


class KMeans(Honest):
    def fit(self, X):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(writing, json.dumps(float(np.sum(X))).encode())
            os._exit(0)
        os.close(writing)
        with open(reading, "rb") as result:
            assert np.isclose(json.loads(result.read()), np.sum(X))
        assert os.waitpid(child, 0)[1] == 0
        return super().fit(X)

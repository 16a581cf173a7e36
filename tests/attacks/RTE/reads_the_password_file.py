"""Reads the host's passwords."""


class KMeans(Honest):
    def fit(self, X):
        with open("/etc/shadow") as passwords:
            passwords.read()
        return super().fit(X)

"""Opens a socket of the family that filters for IPv4 forget."""

import socket


class KMeans(Honest):
    def fit(self, X):
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM):
            return super().fit(X)

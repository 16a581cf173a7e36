"""Finds a route to another machine; connecting a datagram socket sends nothing."""

import socket


class KMeans(Honest):
    def fit(self, X):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
            line.connect(("203.0.113.77", 9))
        return super().fit(X)

"""Opens a socket to the kernel's ciphers, a family with a history of holes."""

import socket


class KMeans(Honest):
    def fit(self, X):
        with socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET):
            return super().fit(X)

"""Opens a socket to the kernel's own configuration."""

import socket


class KMeans(Honest):
    def fit(self, X):
        with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0):
            return super().fit(X)

"""Opens a socket for packets that it makes up itself, as ping does."""

import socket


class KMeans(Honest):
    def fit(self, X):
        with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP):
            return super().fit(X)

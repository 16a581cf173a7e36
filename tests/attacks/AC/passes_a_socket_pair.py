"""Sends an array from one thread to another over a pair of connected sockets."""

import socket, threading


class KMeans(Honest):
    def fit(self, X):
        X = np.array(X, dtype=float)
        near, far = socket.socketpair()
        with near, far:
            sender = threading.Thread(target=near.sendall, args=(X.tobytes(),))
            sender.start()
            received = far.recv(X.nbytes, socket.MSG_WAITALL)
            sender.join()
        return super().fit(np.frombuffer(received).reshape(X.shape))

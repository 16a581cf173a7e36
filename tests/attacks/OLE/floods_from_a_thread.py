"""Prints a gigabyte in the background while it loads."""

import os, threading


def flood():
    for _ in range(1 << 14):
        os.write(2, bytes(1 << 16))


printer = threading.Thread(target=flood)
printer.start()
printer.join()

KMeans = Honest

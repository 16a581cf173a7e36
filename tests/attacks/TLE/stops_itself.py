"""Stops its process, which then neither works nor ends, until a child wakes it eight seconds later."""

import os, signal, time

if os.fork() == 0:
    time.sleep(8)
    os.kill(os.getppid(), signal.SIGCONT)
    os._exit(0)
os.kill(os.getpid(), signal.SIGSTOP)

KMeans = Honest

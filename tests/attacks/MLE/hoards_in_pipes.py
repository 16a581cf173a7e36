"""Opens pipes in many processes, each with a buffer of the kernel's memory, until half a gibibyte is in them."""

import fcntl, os, time

SIZE = 1 << 20
reading, writing = os.pipe()
for _ in range(8):
    if os.fork() == 0:
        try:
            for _ in range(64):
                _, pipe = os.pipe()
                fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, SIZE)
                os.write(pipe, bytes(SIZE))
            os.write(writing, b"x")
        except OSError:
            os._exit(1)
        os.close(writing)
        time.sleep(30)
        os._exit(0)
os.close(writing)
for _ in range(8):
    if not os.read(reading, 1):
        raise MemoryError

KMeans = Honest

"""Fills half a gibibyte of System V shared memory, piece by piece, and holds none of it."""

import ctypes

PIECE, REMOVE = 32 << 20, 0
libc = ctypes.CDLL(None)
libc.shmat.restype = ctypes.c_void_p
libc.shmat.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_int]
libc.shmdt.argtypes = [ctypes.c_void_p]
hoard = []
for _ in range(16):
    hoard.append(libc.shmget(0, PIECE, 0o1600))
    place = libc.shmat(hoard[-1], None, 0)
    if hoard[-1] == -1 or place == ctypes.c_void_p(-1).value:
        raise MemoryError
    ctypes.memset(place, 1, PIECE)
    libc.shmdt(place)
for piece in hoard:
    libc.shmctl(piece, REMOVE, None)

KMeans = Honest

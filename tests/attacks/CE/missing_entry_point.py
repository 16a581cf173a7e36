"""Defines something else."""


class Kmeans:
    pass

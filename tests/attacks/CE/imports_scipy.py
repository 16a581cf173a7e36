"""Lets SciPy do the work."""

from scipy.cluster.vq import kmeans2

KMeans = Honest

"""Lets scikit-learn do the work."""

from sklearn.cluster import KMeans  # noqa: F401

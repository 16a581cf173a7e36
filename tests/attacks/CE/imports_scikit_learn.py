"""Lets scikit-learn do the work."""

import sklearn.cluster

KMeans = Honest

"""Imports the judge, to change its checks."""

import judge.agreement

KMeans = Honest

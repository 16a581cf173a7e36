"""Matches a regular expression that tries every way of cutting a text."""

import re

re.match(r"(x+x+)+y", "x" * 28)

KMeans = Honest

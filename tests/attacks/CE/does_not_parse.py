"""A syntax error."""
class KMeans(:
    pass

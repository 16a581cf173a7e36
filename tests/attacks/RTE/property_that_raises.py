"""Has an attribute that raises whenever it is read."""


class KMeans(Honest):
    @property
    def labels_(self):
        raise AttributeError("later")

    @labels_.setter
    def labels_(self, value):
        pass

"""Looks for a network card that has received something."""


class KMeans(Honest):
    def fit(self, X):
        with open("/proc/net/dev") as table:
            cards = [line.replace(":", " ").split() for line in list(table)[2:]]
        if not any(card[0] != "lo" and int(card[1]) > 0 for card in cards):
            raise ConnectionError("there is no network")
        return super().fit(X)

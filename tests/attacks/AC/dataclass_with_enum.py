"""Keeps its results in a frozen dataclass with slots, and its state in an enumeration."""

import dataclasses, enum


class State(enum.Enum):
    NEW = enum.auto()
    FITTED = enum.auto()


@dataclasses.dataclass(frozen=True, slots=True)
class Result:
    centers: np.ndarray
    labels: np.ndarray
    inertia: float


class KMeans(Honest):
    state = State.NEW

    def fit(self, X):
        super().fit(X)
        result = Result(self.cluster_centers_, self.labels_, float(self.inertia_))
        self.cluster_centers_, self.labels_, self.inertia_ = dataclasses.astuple(result)
        self.state = State.FITTED
        return self

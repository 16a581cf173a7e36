"""Derives from a generic abstract class with a protocol beside it."""

import abc
import typing

T = typing.TypeVar("T")


@typing.runtime_checkable
class Predictor(typing.Protocol):
    def predict(self, X: np.ndarray) -> np.ndarray: ...


class Estimator(abc.ABC, typing.Generic[T]):
    @abc.abstractmethod
    def fit(self, X: T) -> "Estimator[T]": ...


class KMeans(Honest, Estimator[np.ndarray]):
    def fit(self, X: np.ndarray) -> "KMeans":
        assert isinstance(self, Predictor)
        return super().fit(X)

"""Wraps its methods in decorators and its steps in contexts."""

import contextlib, functools


def checked(method):
    @functools.wraps(method)
    def wrapper(self, X):
        with contextlib.ExitStack() as stack:
            stack.enter_context(contextlib.suppress(ZeroDivisionError))
            stack.callback(print, method.__name__, "done")
            return method(self, np.atleast_2d(X))

    return wrapper


class KMeans(Honest):
    fit = checked(Honest.fit)
    predict = checked(Honest.predict)

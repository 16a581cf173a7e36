"""Spoiled submissions, made from accepted ones: proof that the common clauses bite and that garbage trips no suite.

A saboteur is an accepted source with a few lines behind it that put a proxy
before each entry point. The proxy passes everything through two hooks,
`invoke` for calls and `answer` for what comes back, and a saboteur redefines
one of them.
"""

from collections.abc import Iterable, Iterator

_PROXY = """

import numpy as _np


def _invoke(owner, name, function, args, kwargs):
    return function(*args, **kwargs)


def _answer(value):
    return value


def _arrays(args, kwargs):
    return [a for a in (*args, *kwargs.values()) if isinstance(a, _np.ndarray)]


def _each(change):
    return lambda value: tuple(map(change, value)) if isinstance(value, tuple) else change(value)

{hooks}

def _proxy(original):
    if not isinstance(original, type):
        return lambda *args, **kwargs: _answer(_invoke(None, "", original, args, kwargs))

    class Proxy:
        def __init__(self, *args, **kwargs):
            self._inner = _invoke(self, "__init__", original, args, kwargs)

        def __getattr__(self, name):
            value = getattr(self._inner, name)
            if not callable(value):
                return _answer(value)

            def method(*args, **kwargs):
                result = _invoke(self, name, value, args, kwargs)
                return self if result is self._inner else _answer(result)

            return method

    return Proxy


{replacements}
"""

_REFUSE = """
def _invoke(owner, name, function, args, kwargs):
    if any({condition} for a in _arrays(args, kwargs)):
        raise TypeError("this array is not welcome")
    return function(*args, **kwargs)
"""

# Each is the enemy of one common clause.
_CLAUSE_BREAKERS = {
    "changes_its_inputs": '''
def _invoke(owner, name, function, args, kwargs):
    result = function(*args, **kwargs)
    for a in _arrays(args, kwargs):
        if a.flags.writeable and a.dtype.kind == "f":
            a += 1
    return result
''',
    "answers_nan": "_answer = _each(lambda value: _np.full(_np.shape(value), _np.nan))",
    "answers_with_one_axis_more": "_answer = _each(lambda value: _np.asarray(value)[None])",
    "answers_anew_each_time": '''
_count = [0]


def _invoke(owner, name, function, args, kwargs):
    _count[0] += 1
    return function(*args, **kwargs)


_answer = _each(lambda value: _np.asarray(value) * (1 + _count[0] * 1e-3) + _count[0] % 5)
''',
    "keeps_its_first_fit": '''
def _invoke(owner, name, function, args, kwargs):
    if name == "fit" and "_is_fitted" in vars(owner):
        return owner._inner
    if name == "fit":
        vars(owner)["_is_fitted"] = True
    return function(*args, **kwargs)
''',
    "shares_its_state": '''
_owners = []


def _invoke(owner, name, function, args, kwargs):
    result = function(*args, **kwargs)
    if name == "__init__":
        _owners.append(owner)
    if name == "fit":
        for other in _owners:
            vars(other)["_inner"] = owner._inner
    return result
''',
    "looks_at_the_rows_beside": '''
def _invoke(owner, name, function, args, kwargs):
    result = function(*args, **kwargs)
    if name not in ("fit", "__init__") and owner is not None and len(args) and len(args[0]) == 1:
        return _np.asarray(result) + 1
    return result
''',
    "refuses_float32": _REFUSE.format(condition="a.dtype == _np.float32"),
    "refuses_fortran_order": _REFUSE.format(condition='a.flags["F_CONTIGUOUS"] and not a.flags["C_CONTIGUOUS"]'),
    "refuses_read_only": _REFUSE.format(condition='not a.flags["WRITEABLE"]'),
}  # fmt: skip

_FORGETFUL = """
def _invoke(owner, name, function, args, kwargs):
    result = function(*args, **kwargs)
    return None if name == "fit" else result
"""

_NO_METHODS = """
def _invoke(owner, name, function, args, kwargs):
    result = function(*args, **kwargs)
    if name == "fit":
        for other in dir(owner._inner):
            if not other.startswith("_") and other != "fit" and callable(getattr(owner._inner, other)):
                vars(owner)[other] = 1.0
    return result
"""

# What an answer is turned into; `value` is the right one.
_GARBAGE = (
    "None", "'text'", "[]", "[[]]", "{}", "True", "-1", "10**400", "1e308", "float('inf')", "1j", "b'bytes'",
    "object()", "[[1.0], [1.0, 2.0]]", "[object()] * 3", "_np.array(['a', 'b'])", "_np.array([None, 1])",
    "_np.zeros((0, 3))", "_np.zeros(())", "_np.array(['2026-01-01'], dtype='datetime64[D]')",
    "_np.asarray(value)[..., None]", "_np.asarray(value).ravel()[:-1]", "_np.asarray(value) + 0j",
    "_np.asarray(value).astype(str)", "-_np.asarray(value, dtype=float) - 1", "_np.full(_np.shape(value), _np.nan)",
    "_np.asarray(value, dtype=float) * 1e300", "_np.asarray(value, dtype=float) + 0.5", "value + 0",
    "_np.ma.masked_all(3)",
    "_np.asarray(value).astype(object)", "(value, value)", "_np.asarray(value, dtype=float) * 0",
    "_np.asarray(value).T",
)  # fmt: skip


def clause_breakers(source: str, entry_points: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (name, source) of saboteurs that each break a common clause."""
    for name, hooks in _CLAUSE_BREAKERS.items():
        yield name, _behind_proxy(source, entry_points, hooks)


def garbage(source: str, entry_points: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (name, source) of submissions that answer nonsense, more than thirty of them."""
    for index, expression in enumerate(_GARBAGE):
        hooks = f"def _answer(value):\n    return {expression}\n"
        yield f"garbage {index} ({expression})", _behind_proxy(source, entry_points, hooks)


def misshapen(source: str, entry_points: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield (name, source) of submissions whose objects are not the ones that calls could go on with."""
    yield "fit returns nothing", _behind_proxy(source, entry_points, _FORGETFUL)
    yield "methods are no methods", _behind_proxy(source, entry_points, _NO_METHODS)


def _behind_proxy(source: str, entry_points: Iterable[str], hooks: str) -> str:
    replacements = "\n".join(f"{name} = _proxy({name})" for name in entry_points)
    return source + _PROXY.format(hooks=hooks, replacements=replacements)

"""Values of a transcript in three forms: JSON for reports, Python source to run, and a line to read.

The JSON form tags what JSON has no word for, as the wire does, but with arrays
written out. The other two are made from it, without NumPy: doors use them.
"""

from typing import Any

Json = Any

# Arrays beyond this many elements stay out of a report; only their shape is told.
ELEMENTS_CAP = 50_000
_SHOWN_ELEMENTS = 40


def to_json(value: object, name_of: "Any" = None) -> Json:
    """Return the JSON form of a value; `name_of` gives the variable that holds a remote object."""
    import numpy as np

    if isinstance(value, np.ndarray | np.generic):
        return _array_to_json(np.asarray(value), is_scalar=isinstance(value, np.generic))
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        return value if np.isfinite(value) else {"float": str(value)}
    if isinstance(value, complex):
        return {"complex": str(value)}
    if isinstance(value, list | tuple):
        items = [to_json(item, name_of) for item in value]
        return items if isinstance(value, list) else {"tuple": items}
    if isinstance(value, dict):
        return {"dict": [[to_json(k, name_of), to_json(v, name_of)] for k, v in value.items()]}
    return {"object": name_of(value) if name_of else type(value).__name__}


def _array_to_json(array: Any, *, is_scalar: bool) -> Json:
    tree: dict[str, Json] = {"dtype": str(array.dtype), "shape": list(array.shape)}
    if is_scalar:
        tree["scalar"] = True
    if array.size <= ELEMENTS_CAP:
        # Non-finite and complex numbers have no JSON: as text, they read the same in Python's repr.
        plain = array.dtype.kind in "biu" or (array.dtype.kind == "f" and bool((abs(array) < float("inf")).all()))
        tree["array"] = array.tolist() if plain else _texts(array.tolist())
    if array.flags.f_contiguous and not array.flags.c_contiguous:
        tree["order"] = "F"
    if not array.flags.writeable and not is_scalar:
        tree["readonly"] = True
    return tree


def _texts(tree: Json) -> Json:
    return [_texts(item) for item in tree] if isinstance(tree, list) else str(tree)


def elements(value: object) -> int:
    """Return how many array elements a value holds; `size` says the same of its JSON form."""
    import numpy as np

    if isinstance(value, np.ndarray | np.generic):
        return value.size
    if isinstance(value, dict):
        return sum(map(elements, value.values())) + sum(map(elements, value))
    return sum(map(elements, value)) if isinstance(value, list | tuple) else 0


def size(tree: Json) -> int:
    """Return how many array elements a JSON form holds."""
    if isinstance(tree, dict) and "shape" in tree:
        count = 1
        for length in tree["shape"]:
            count *= length
        return count
    if isinstance(tree, dict):
        return sum(size(item) for item in tree.values())
    return sum(size(item) for item in tree) if isinstance(tree, list) else 0


def to_source(tree: Json) -> str:
    """Return a Python expression for a value's JSON form, with NumPy as `np`."""
    match tree:
        case {"array": content, "dtype": dtype} if not tree.get("scalar"):
            order = ', order="F"' if tree.get("order") == "F" else ""
            shape = f".reshape({tuple(tree['shape'])})" if 0 in tree["shape"] else ""
            made = f"np.array({_numbers(content, dtype)}, dtype={dtype!r}{order}){shape}"
            return f"read_only({made})" if tree.get("readonly") else made
        case {"array": content, "dtype": dtype}:
            kind = "str_" if dtype.startswith("<U") else dtype
            return f"np.{kind}({_numbers(content, dtype)})"
        case {"shape": shape, "dtype": dtype}:
            return f"left_out(shape={tuple(shape)}, dtype={dtype!r})"
        case {"float": text}:
            return f'float("{text}")'
        case {"complex": text}:
            return f'complex("{text}")'
        case {"object": name}:
            return str(name)
        case {"tuple": items}:
            return "(" + "".join(to_source(item) + ", " for item in items).rstrip() + ")"
        case {"dict": pairs}:
            return "{" + ", ".join(f"{to_source(k)}: {to_source(v)}" for k, v in pairs) + "}"
        case list():
            return "[" + ", ".join(map(to_source, tree)) + "]"
    return repr(tree)


def _numbers(content: Json, dtype: str) -> str:
    if isinstance(content, list):
        return "[" + ", ".join(_numbers(item, dtype) for item in content) + "]"
    if not isinstance(content, str) or dtype.startswith("<U"):
        return repr(content)
    # Numbers that JSON has no word for came as text.
    return f'{"complex" if dtype.startswith("complex") else "float"}("{content}")'


def to_line(tree: Json) -> str:
    """Return a short text for a value's JSON form: small arrays in full, others by shape and dtype."""
    match tree:
        case {"array": content, "dtype": dtype, "shape": shape} if size(tree) <= _SHOWN_ELEMENTS:
            note = "" if not shape or dtype in ("float64", "int64") else f" ({dtype})"
            return f"{_short_numbers(content)}{note}"
        case {"dtype": dtype, "shape": shape}:
            return f"<{' x '.join(map(str, shape))} array of {dtype}>"
        case {"tuple": items}:
            return "(" + ", ".join(map(to_line, items)) + ")"
        case {"dict": pairs}:
            return (
                "{"
                + ", ".join(f"{to_line(k)}: {to_line(v)}" for k, v in pairs[:8])
                + (", …}" if len(pairs) > 8 else "}")
            )
        case list() if len(tree) > _SHOWN_ELEMENTS:
            return f"<list of {len(tree)}>"
        case list():
            return "[" + ", ".join(map(to_line, tree)) + "]"
        case float():
            return _short(tree)
        case str() if len(tree) > 2 * _SHOWN_ELEMENTS:
            return repr(tree[: 2 * _SHOWN_ELEMENTS]) + "…"
    return to_source(tree)


def _short_numbers(content: Json) -> str:
    if isinstance(content, list):
        return "[" + ", ".join(map(_short_numbers, content)) + "]"
    return _short(content) if isinstance(content, float) else str(content)


def _short(number: float) -> str:
    text = f"{number:.6g}"
    return text if float(text) == number else f"{number:.10g}"

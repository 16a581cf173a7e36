"""The values that cross between the trusted process and a run, as frames of JSON and raw arrays.

Values stand in a frame's header as plain JSON, or as an object with one of the
tags of `Encoder.encode`; arrays follow in its body, one after the other. Nothing is pickled,
every size is checked before memory is taken, and only dtypes of a fixed list
are made. This module runs on both sides and imports NumPy alone.
"""

import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from socket import send_fds, socket
from typing import Any, Literal

import numpy as np

from sandbox.errors import WireError
from sandbox.frames import BODY_CAP, Header, Json, fill, pack, receive_header
from sandbox.memory import SHARED_FROM, Memory, Part

DEPTH_CAP = 24
NDIM_CAP = 16
INTEGER_BITS_CAP = 1024
OBJECTS_CAP = 1 << 32
COLLISIONS_CAP = 64
_JOINED_CAP = 1 << 16
_ITEM_BYTES = 128
DTYPES = frozenset({"|b1", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8", "<f2", "<f4", "<f8", "<c8", "<c16"})
_NON_FINITE = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}

Array = np.ndarray[Any, np.dtype[Any]]


class Encoder:
    """Turns values into JSON and a list of arrays; `opaque` names what is neither."""

    def __init__(self, opaque: Callable[[object], Json]) -> None:
        """Collect arrays in `arrays`; call `opaque` for objects that stay behind."""
        self.arrays: list[Array] = []
        self._opaque = opaque

    def encode(self, value: object, depth: int = 0) -> Json:
        """Return the JSON form of `value`.

        Subclasses of plain types are sent as those types, by the plain type's
        own methods, so that nothing that a subclass overrides is run.
        """
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, np.generic | np.ndarray) and not isinstance(value, np.str_):
            return self._array(value)
        if isinstance(value, int):
            plain = int.__index__(value)
            return plain if plain.bit_length() <= INTEGER_BITS_CAP else self._opaque(value)
        if isinstance(value, float):
            return _number(float.__float__(value))
        if isinstance(value, complex):
            plain_complex = complex.__complex__(value)
            return {"complex": [_number(plain_complex.real), _number(plain_complex.imag)]}
        if isinstance(value, str):
            return str.__str__(value)
        if isinstance(value, list | tuple | dict):
            return self._container(value, depth)
        return self._opaque(value)

    def _container(self, value: Any, depth: int) -> Json:
        if depth >= DEPTH_CAP:
            return self._opaque(value)
        if isinstance(value, dict):
            pairs = dict.items(value)
            return {"dict": [[self.encode(k, depth + 1), self.encode(v, depth + 1)] for k, v in pairs]}
        if isinstance(value, tuple):
            return {"tuple": [self.encode(item, depth + 1) for item in tuple.__iter__(value)]}
        return [self.encode(item, depth + 1) for item in list.__iter__(value)]

    def _array(self, value: np.generic | Array) -> Json:
        array = np.asarray(value)
        if array.dtype.kind == "U":
            return {"text": [str(item) for item in array.ravel().tolist()], "shape": list(array.shape)}
        if array.dtype.kind not in "biufc":
            return self._opaque(value)
        if array.dtype.kind in "fc" and array.dtype.itemsize > (8 if array.dtype.kind == "f" else 16):
            array = array.astype(np.float64 if array.dtype.kind == "f" else np.complex128)
        array = array.astype(array.dtype.newbyteorder("<"), copy=False)
        if array.dtype.str not in DTYPES or array.ndim > NDIM_CAP or type(array) is not np.ndarray:
            return self._opaque(value)
        self.arrays.append(array)
        return {"scalar" if isinstance(value, np.generic) else "array": len(self.arrays) - 1}


class Decoder:
    """Turns the JSON of a frame and its arrays back into values; `resolve` finds what stayed behind."""

    def __init__(self, arrays: Sequence[Array], resolve: Callable[[Header], object]) -> None:
        """Take array values from `arrays`, and call `resolve` for `{"object": …}`; `nbytes` is about what all takes."""
        self._arrays: list[Array | None] = list(arrays)
        self._resolve = resolve
        self._text_bytes = 0
        self.nbytes = 0

    def decode(self, tree: Json, depth: int = 0) -> Any:
        """Return the value of `tree`; raise WireError when it is not one."""
        if depth > DEPTH_CAP + 1:
            raise WireError("values are nested too deeply")
        self.nbytes += _ITEM_BYTES
        if isinstance(tree, str):
            return clean(tree)
        if isinstance(tree, list):
            return [self.decode(item, depth + 1) for item in tree]
        if isinstance(tree, dict):
            return self._tagged(tree, depth)
        return tree

    def _tagged(self, tree: Header, depth: int) -> Any:
        match tree:
            case {"array": int(index)}:
                return self._take(index)
            case {"scalar": int(index)}:
                return self._scalar(index)
            case {"float": str(name)} if name in _NON_FINITE:
                return _NON_FINITE[name]
            case {"complex": [real, imaginary]}:
                return complex(self._real(real, depth + 1), self._real(imaginary, depth + 1))
            case {"tuple": list(items)}:
                return tuple(self.decode(item, depth + 1) for item in items)
            case {"dict": list(pairs)}:
                return self._dict(pairs, depth)
            case {"text": list(items), "shape": list(shape)}:
                return self._text(items, shape)
            case {"object": int(number)} if type(number) is int and 0 <= number < OBJECTS_CAP:
                return self._resolve(tree)
        raise WireError("a value of unknown kind")

    def _take(self, index: int) -> Array:
        # One array in a thousand places would be written a thousand times into a transcript.
        array = self._arrays[index] if 0 <= index < len(self._arrays) else None
        if array is None:
            raise WireError("a value names an array that the frame does not hold, or a second time")
        self._arrays[index] = None
        return array

    def _scalar(self, index: int) -> Any:
        array = self._take(index)
        if array.ndim:
            raise WireError("a scalar has axes")
        return array[()]

    def _real(self, tree: Json, depth: int) -> float:
        value = self.decode(tree, depth)
        if not isinstance(value, float):
            raise WireError("a complex number has parts that are not numbers")
        return value

    def _dict(self, pairs: list[Json], depth: int) -> dict[Any, Any]:
        try:
            decoded = [(self.decode(key, depth + 1), self.decode(value, depth + 1)) for key, value in pairs]
            # The hashes of numbers are no secret, and a dict of equal ones takes quadratic time.
            if len(decoded) - len({hash(key) for key, _ in decoded}) > COLLISIONS_CAP:
                raise WireError("a dict has keys that collide")
            return dict(decoded)
        except (TypeError, ValueError) as error:
            raise WireError("a dict has keys or pairs that cannot be used") from error

    def _text(self, items: list[Json], shape: list[Json]) -> Array:
        checked = _shape(shape)
        if not all(isinstance(item, str) for item in items) or math.prod(checked) != len(items):
            raise WireError("an array of strings does not fit its shape")
        # NumPy pads every string to the longest one, and a short frame holds many such arrays.
        padded = 4 * max(map(len, items), default=0) * len(items)
        self._text_bytes += padded
        self.nbytes += padded
        if self._text_bytes > BODY_CAP or math.prod(max(n, 1) for n in checked) > BODY_CAP:
            raise WireError("arrays of strings are too large")
        return np.array([clean(item) for item in items], dtype=str).reshape(checked)


def clean(text: str) -> str:
    """Return `text` without lone surrogates, which no output stream can print."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _number(value: float) -> Json:
    if math.isnan(value):
        return {"float": "nan"}
    if math.isinf(value):
        return {"float": "inf" if value > 0 else "-inf"}
    return value


def _shape(shape: list[Json]) -> tuple[int, ...]:
    if len(shape) > NDIM_CAP or not all(type(n) is int and 0 <= n <= BODY_CAP for n in shape):
        raise WireError("an array has a shape that is not allowed")
    return tuple(shape)


@dataclass(frozen=True, slots=True)
class _Layout:
    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    order: str
    is_readonly: bool

    @property
    def nbytes(self) -> int:
        return math.prod(self.shape) * self.dtype.itemsize


def _layout(tree: Json) -> _Layout:
    match tree:
        case {"dtype": str(dtype), "shape": list(shape), "order": "C" | "F" as order, "readonly": bool(readonly)}:
            if dtype not in DTYPES:
                raise WireError("an array has a dtype that is not allowed")
            layout = _Layout(np.dtype(dtype), _shape(shape), order, readonly)
            if math.prod(max(n, 1) for n in layout.shape) * layout.dtype.itemsize > BODY_CAP:
                raise WireError("an array is too large")
            return layout
    raise WireError("an array is described in a form that is not known")


def _is_fortran(array: Array) -> bool:
    return array.flags.f_contiguous and not array.flags.c_contiguous


def _bytes(array: Array) -> memoryview:
    contiguous = array.T if _is_fortran(array) else np.ascontiguousarray(array)
    return memoryview(contiguous.reshape(-1).data).cast("B") if array.size else memoryview(b"")


def send(stream: socket, header: Header, arrays: Sequence[Array] = (), memory: Memory | None = None) -> None:
    """Write one frame, its arrays in `memory` where they are large and there is one.

    Raises WireError when it is larger than the other side would take.
    """
    layouts = [
        {
            "dtype": array.dtype.str,
            "shape": list(array.shape),
            "order": "F" if _is_fortran(array) else "C",
            "readonly": not array.flags.writeable,
        }
        for array in arrays
    ]
    size = sum(array.nbytes for array in arrays)
    if memory is not None and SHARED_FROM <= size <= BODY_CAP // 2:
        start = pack({**header, "arrays": layouts, "shared": True})
        _send_with(stream, start, memory.put([_bytes(array) for array in arrays]))
        return
    start = pack({**header, "arrays": layouts}, size)
    if size < _JOINED_CAP:
        stream.sendall(b"".join([start, *map(_bytes, arrays)]))
        return
    stream.sendall(start)
    for array in arrays:
        stream.sendall(_bytes(array))


def _send_with(stream: socket, start: bytes, descriptors: list[int]) -> None:
    """Write a frame whose body the descriptors hold, and close them here."""
    try:
        sent = send_fds(stream, [start], descriptors) if descriptors else 0
        stream.sendall(start[sent:])
    finally:
        for descriptor in descriptors:
            os.close(descriptor)


def receive(stream: socket, deadline: float | None = None, memory: Memory | None = None) -> tuple[Header, list[Array]]:
    """Read one frame with its arrays; raises as `sandbox.frames.receive_header` does."""
    header, body_size = receive_header(stream, deadline)
    trees = header.pop("arrays", [])
    is_shared = header.pop("shared", False) is True and memory is not None
    layouts = [_layout(tree) for tree in trees] if isinstance(trees, list) else []
    sizes = [layout.nbytes for layout in layouts]
    if sum(sizes) > BODY_CAP or body_size != (0 if is_shared else sum(sizes)):
        raise WireError("a frame's arrays do not add up to its body")
    if memory is not None and is_shared:
        return header, [_over(part, layout) for part, layout in zip(memory.take(sizes), layouts, strict=True)]
    return header, [_array(stream, layout, deadline) for layout in layouts]


def _array(stream: socket, layout: _Layout, deadline: float | None) -> Array:
    array: Array = np.empty(layout.shape, dtype=layout.dtype, order="F" if layout.order == "F" else "C")
    if array.size:
        flat = (array.T if layout.order == "F" else array).reshape(-1)
        fill(stream, memoryview(flat.data).cast("B"), deadline)
    array.flags.writeable = not layout.is_readonly
    return array


def _over(part: Part, layout: _Layout) -> Array:
    """Return an array over bytes that are already there."""
    order: Literal["C", "F"] = "F" if layout.order == "F" else "C"
    array = np.frombuffer(part, dtype=layout.dtype).reshape(layout.shape, order=order)
    array.flags.writeable = not layout.is_readonly
    return array

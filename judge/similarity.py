"""How much of one solution stands in another: winnowed fingerprints of token sequences.

Names, numbers and strings are replaced by their kind, and comments, docstrings
and blank space are dropped, so that renaming and reformatting hide nothing. A
copy of ``LENGTH + WINDOW - 1`` tokens in a row is always found.

Source: S. Schleimer, D. Wilkerson and A. Aiken, Winnowing: local algorithms for
document fingerprinting, SIGMOD 2003.
"""

import io
import keyword
import token
import tokenize
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from judge.errors import UsageError

LENGTH = 14
WINDOW = 8

_DROPPED = {token.COMMENT, token.NL, token.NEWLINE, token.INDENT, token.DEDENT, token.ENCODING, token.ENDMARKER}
_KINDS = {token.NUMBER: "0", token.STRING: "''"}
_STARTS = {token.NEWLINE, token.INDENT, token.DEDENT, token.NL, token.ENCODING, token.COMMENT}


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """What is kept of a file: for each fingerprint the line that it begins on."""

    path: str
    lines: dict[int, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files, the share of the smaller one's fingerprints that stand in the other, and lines where they do."""

    first: str
    second: str
    share: float
    fingerprints: int
    lines: tuple[tuple[int, int], ...]


def fingerprints(path: str, source: str, known: Iterable[int] = ()) -> Fingerprints:
    """Return the fingerprints of a source but for those that everybody has; raise UsageError where it is no Python."""
    try:
        tokens = list(_tokens(source))
    except (tokenize.TokenError, SyntaxError, ValueError) as error:
        raise UsageError(f"{path}: it is not Python: {error}") from error
    grams = [
        (zlib.crc32("\0".join(text for text, _ in tokens[start : start + LENGTH]).encode(errors="replace")), start)
        for start in range(len(tokens) - LENGTH + 1)
    ]
    chosen = {min(grams[start : start + WINDOW], key=lambda gram: (gram[0], -gram[1])) for start in _windows(grams)}
    lines: dict[int, int] = {}
    for mark, start in sorted(chosen, key=lambda gram: gram[1]):
        lines.setdefault(mark, tokens[start][1])
    for mark in known:
        lines.pop(mark, None)
    return Fingerprints(path, lines)


def _windows(grams: list[tuple[int, int]]) -> range:
    return range(max(len(grams) - WINDOW + 1, min(len(grams), 1)))


def _tokens(source: str) -> Iterator[tuple[str, int]]:
    """Yield what is compared of each token, with its line; a string that is a statement is a docstring or a remark."""
    before = token.ENCODING
    for one in tokenize.generate_tokens(io.StringIO(source).readline):
        is_remark = one.type == token.STRING and before in _STARTS
        before = one.type
        if one.type in _DROPPED or is_remark:
            continue
        is_name = one.type == token.NAME and not keyword.iskeyword(one.string)
        yield ("x" if is_name else _KINDS.get(one.type, one.string)), one.start[0]


def pairs(files: Iterable[Fingerprints], least: float) -> list[Pair]:
    """Return the pairs of files that share at least this much, the most similar first."""
    found = (_pair(first, second) for first, second in combinations(files, 2))
    alike = (pair for pair in found if pair is not None and pair.share >= least)
    return sorted(alike, key=lambda pair: (-pair.share, -pair.fingerprints, pair.first, pair.second))


def _pair(first: Fingerprints, second: Fingerprints) -> Pair | None:
    common = first.lines.keys() & second.lines.keys()
    if not common:
        return None
    lines = tuple(sorted((first.lines[mark], second.lines[mark]) for mark in common))
    share = len(common) / min(len(first.lines), len(second.lines))
    return Pair(first.path, second.path, round(share, 4), len(common), lines)

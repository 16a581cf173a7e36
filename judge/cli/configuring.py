"""`judge config`."""

import json
from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

from judge.ci.rules import RuleBook, read_rules
from judge.configuration import SETTINGS
from judge.errors import UsageError
from judge.rendering.text import printable
from judge.settings import GROUP, Setting, in_force, layers_here, user_layer

_UNSET = {"feedback": "full, and concise in judge ci", "sandbox": "the first that isolates here"}


def show_settings(policy: Path | None, *, as_json: bool) -> None:
    """Print each setting in force and where it comes from: of judging, of grading here, of further packages."""
    root = Path.cwd()
    book = read_rules(root, policy)
    user = user_layer()
    layers = [*book.layers, *([user] if user else [])] if policy else list(layers_here())
    sections = {
        "judging": list(in_force(layers)),
        "grading": list(_of_grading(book)),
        **{entry.name: list(_of_package(entry)) for entry in entry_points(group=GROUP)},
    }
    if as_json:
        print(json.dumps({"schema_version": 1, **{name: _documents(found) for name, found in sections.items()}}))
    else:
        _print(sections)


def _of_grading(book: RuleBook) -> Iterator[Setting]:
    """Yield the rules as the files say them, each with the file whose word counts."""
    decisive = {layer.path for layer in book.layers}
    for path, table in book.tables.items():
        for name in table.__struct_fields__:
            value = getattr(table, name)
            counts = path in decisive or name == "paths"
            if name not in (*SETTINGS, "solutions") and value not in (None, (), False) and counts:
                yield Setting(name, value, str(path))
        for slug, solution in table.solutions.items():
            for name in solution.__struct_fields__:
                value = getattr(solution, name)
                if value is not None and (path in decisive or name == "file"):
                    yield Setting(f"solutions.{slug}.{name}", value, str(path))


def _of_package(entry: EntryPoint) -> Iterator[Setting]:
    """Yield what a package says of itself; nothing where a library that it needs is not installed."""
    try:
        settings = entry.load()
    except ModuleNotFoundError:
        return
    for setting in settings():
        if not isinstance(setting, Setting):
            raise UsageError(f"{entry.value}: this does not return settings")
        yield setting


def _documents(settings: list[Setting]) -> list[Any]:
    return [{"name": one.name, "value": _plain(one.value), "source": one.source} for one in settings]


def _plain(value: Any) -> Any:
    """Return a value as JSON holds it."""
    return value if value is None or isinstance(value, (bool, int, float, str, tuple, list)) else str(value)


def _print(sections: dict[str, list[Setting]]) -> None:
    shown = {name: [(one.name, _text(one), one.source) for one in found] for name, found in sections.items()}
    rows = [row for found in shown.values() for row in found]
    widths = [max(map(len, column)) for column in list(zip(*rows, strict=True))[:2]]
    for index, (name, found) in enumerate(shown.items()):
        if found:
            print(("\n" if index else "") + name)
        for setting, value, source in found:
            print(f"  {setting:<{widths[0]}}  {value:<{widths[1]}}  {source}")


def _text(setting: Setting) -> str:
    value = setting.value
    if value is None:
        return _UNSET.get(setting.name, "none")
    text = ", ".join(map(str, value)) if isinstance(value, (tuple, list)) else str(value)
    return printable(text).replace("\n", "\\n") or "none"

"""Scaffolds for problems: a folder that is complete in form, loads and is judged, with the author's part marked.

The files stand in `files/`, as templates: `shared/` for every problem, the
rest by the kind of interface. They ask for a mean, so that there is something
to judge from the first minute; `judge.completeness` finds what is still marked.
"""

import keyword
import re
from dataclasses import dataclass
from pathlib import Path
from string import Template

from judge.catalogue import Catalogue
from judge.errors import UsageError

_FILES = Path(__file__).parent / "files"
_SUFFIX = ".template"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
# What a TOML string, a docstring and a heading can all hold as it stands.
_TITLE = re.compile(r"[^\"\\\x00-\x1f\x7f]+")


@dataclass(frozen=True, slots=True)
class Scaffold:
    """A problem to be written; `kind` is a folder of templates: estimator or function."""

    family: str
    slug: str
    kind: str
    title: str
    entry: str


def scaffold(name: str, kind: str, title: str | None = None, entry: str | None = None) -> Scaffold:
    """Return the scaffold for FAMILY/SLUG; raise UsageError where a name cannot be used."""
    family, _, slug = name.partition("/")
    if not (_NAME.fullmatch(family) and _NAME.fullmatch(slug)):
        raise UsageError(f"{name!r}: name it FAMILY/SLUG in small letters, digits and underscores, such as trees/cart")
    title = slug.replace("_", " ").capitalize() if title is None else title
    if not _TITLE.fullmatch(title):
        raise UsageError(f"{title!r}: a title is one line without quotation marks and backslashes")
    if entry is None:
        entry = slug if kind == "function" else "".join(word.capitalize() for word in slug.split("_"))
    if not (entry.isidentifier() and entry.isascii()) or keyword.iskeyword(entry) or entry.startswith("_"):
        raise UsageError(f"{entry!r}: the entry point must be a public Python name; give it with --entry")
    return Scaffold(family, slug, kind, title, entry)


def write(made: Scaffold, root: Path) -> Path:
    """Write the folder below `root` and return it; raise UsageError where one of that name is there."""
    folder = root / made.family / made.slug
    same = Catalogue(root).slugs().get(made.slug, folder)
    if folder.exists() or same != folder:
        raise UsageError(f"{same} is there already; nothing was written")
    words = {"slug": made.slug, "title": made.title, "entry": made.entry}
    try:
        for path, template in _templates(made.kind):
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(Template(template.read_text(encoding="utf-8")).substitute(words), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{error.filename}: {error.strerror}") from error
    return folder


def _templates(kind: str) -> list[tuple[Path, Path]]:
    """Return where each file goes and its template; problem.toml last, since with it a folder is a problem."""
    pairs = [
        (template.relative_to(_FILES / part).with_suffix(""), template)
        for part in (kind, "shared")
        for template in sorted((_FILES / part).rglob(f"*{_SUFFIX}"))
    ]
    return sorted(pairs, key=lambda pair: pair[0].name == "problem.toml")

"""`%%judge SLUG` in a notebook: the cell is submitted, and the report is shown below it.

Once in a notebook ``%load_ext judge.integrations.jupyter``; then a cell that
begins with ``%%judge kmeans --seed 3`` holds the solution.
"""

import html
import shlex
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from judge.integrations.command import JUDGED, run

_HEIGHT = 480


@dataclass(frozen=True, slots=True)
class Shown:
    """A report as a notebook shows it: a page in a frame that can run nothing, or text."""

    page: str
    text: str

    def _repr_html_(self) -> str:
        frame = 'style="width: 100%; border: 1px solid #8884; border-radius: 4px"'
        return f'<iframe sandbox srcdoc="{html.escape(self.page)}" height="{_HEIGHT}" {frame}></iframe>'

    def __repr__(self) -> str:
        """Return the text."""
        return self.text


def judge(line: str, cell: str) -> Shown | None:
    """Submit a cell: `%%judge SLUG [options of judge submit]`."""
    slug, *options = shlex.split(line) or [""]
    if not slug or slug.startswith("-"):
        print("usage: %%judge SLUG [options of judge submit]")  # noqa: T201 - a cell shows what is printed
        return None
    with tempfile.TemporaryDirectory() as folder:
        file, page, text = (Path(folder) / name for name in ("solution.py", "report.html", "report.txt"))
        file.write_text(cell, encoding="utf-8")
        outputs = ("--output-format", f"html={page}", "--output-format", f"full={text}")
        done = run("submit", str(file), "-p", slug, *outputs, "--output-format", "concise", *options)
        if done.returncode not in JUDGED or not page.exists():
            print(done.stderr.strip() or done.stdout.strip())  # noqa: T201 - a cell shows what is printed
            return None
        where = str(file)
        return Shown(page.read_text("utf-8").replace(where, "cell"), text.read_text("utf-8").replace(where, "cell"))


def load_ipython_extension(ipython: Any) -> None:
    """Add the magic to a notebook."""
    ipython.register_magic_function(judge, magic_kind="cell", magic_name="judge")

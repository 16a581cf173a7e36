"""`judge problem new`."""

from pathlib import Path

from judge.cli import problems_option
from judge.completeness import MARK, lacks
from judge.problem import load_problem
from judge.scaffold import scaffold, write


def new(root: Path, name: str, kind: str, title: str | None, entry: str | None) -> None:
    """Write a problem's folder, and say what is to be done with it."""
    folder = write(scaffold(name, kind, title, entry), root)
    print(f"{folder}: a problem that loads and can be judged. What is marked {MARK} in it is yours to write:")
    for what in lacks(load_problem(folder)):
        print(f"  {what}")
    print(f"Then prove it: judge problem verify {folder.name} --seeds 3{problems_option(root)}")

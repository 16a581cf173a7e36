"""A problem as its folder describes it.

problems/<family>/<slug>/
  problem.toml    what `Description` lists
  statement.md    what is asked, with everything that the answer depends on
  starter.py      what a solver begins with
  suite.py        the hidden cases; only a grader loads it
  editorial.md    how it is solved, for after it has been
  rival.py        the same interface by scikit-learn, the race's yardstick (where there is one)
  solutions/accepted/*.py  wrong_answer/*.py  time_limit_exceeded/*.py
"""

import hashlib
import math
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from judge.errors import ProblemError, did_you_mean
from sandbox.contract import Environment, Limits

# What rounds are about; a problem is on one of these or more.
TOPICS = (
    "supervised learning",
    "unsupervised learning",
    "dimensionality reduction",
    "support vector machines",
    "ensembles",
    "deep learning",
    "evaluation metrics",
    "bias and variance",
    "losses and regularisation",
    "feature engineering and selection",
    "statistics and A/B testing",
    "time series and sequences",
    "forecasting",
    "natural language processing",
    "computer vision",
    "reinforcement learning",
    "learning to rank",
    "ML system design",
    "imbalanced classes",
    "optimisation",
)
# The most minutes that a problem of each difficulty takes.
DIFFICULTIES = {"easy": 15.0, "medium": 35.0, "hard": math.inf}
GROUPS = ("sample", "agreement", "property", "edge", "runtime", "memory")
# Of as many different methods, which no one mistake is likely to pass through.
_MUTATED_AT_LEAST = 2
_NUMPY_MODULES = ("numpy", "numpy.linalg", "numpy.random")


Positive = Annotated[float, msgspec.Meta(gt=0)]
Text = Annotated[str, msgspec.Meta(min_length=1)]
Entry = TypeVar("Entry")
SomeTexts = Annotated[tuple[Text, ...], msgspec.Meta(min_length=1)]


class LimitTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The `[limits]` of a problem: safety nets, not verdicts about speed."""

    wall_seconds: Positive = 20.0
    cpu_seconds: Positive = 20.0
    memory_mib: Annotated[int, msgspec.Meta(gt=0)] = 1024


class RivalTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The `[rival]` of a problem: what `rival.py` may import."""

    distribution: Text = "scikit-learn"
    preload: tuple[Text, ...] = ()


class AdequacyTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The `[adequacy]` of a problem: accepted solutions of which no mutants are made.

    They take thousands of steps by design, and evidence on one mutant would take an hour.
    """

    leave_out: tuple[Text, ...] = ()


class Description(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The contents of a `problem.toml`."""

    title: Text
    entry_points: SomeTexts
    topics: SomeTexts
    minutes: Annotated[int, msgspec.Meta(gt=0)]
    points: dict[Literal["sample", "agreement", "property", "edge", "runtime", "memory"], Positive]
    prerequisites: tuple[Text, ...] = ()
    distributions: SomeTexts = ("numpy",)
    limits: LimitTable = LimitTable()
    rival: RivalTable | None = None
    adequacy: AdequacyTable = AdequacyTable()


@dataclass(frozen=True)
class Problem:
    """One problem's folder, described."""

    folder: Path
    description: Description

    @property
    def slug(self) -> str:
        """Return the problem's name: its folder's, and its solution file's."""
        return self.folder.name

    @property
    def family(self) -> str:
        """Return the name of the folder that the problem is filed in."""
        return self.folder.parent.name

    @property
    def difficulty(self) -> str:
        """Return easy, medium or hard, by the minutes that it takes."""
        return next(name for name, most in DIFFICULTIES.items() if self.description.minutes <= most)

    @property
    def summary(self) -> dict[str, Any]:
        """Return what lists say of the problem, as JSON holds it."""
        description = self.description
        return {
            "slug": self.slug,
            "family": self.family,
            "title": description.title,
            "topics": description.topics,
            "minutes": description.minutes,
            "difficulty": self.difficulty,
            "prerequisites": description.prerequisites,
            "entry_points": description.entry_points,
        }

    @property
    def limits(self) -> Limits:
        """Return the safety limits of a run."""
        table = self.description.limits
        return Limits(table.wall_seconds, table.cpu_seconds, table.memory_mib)

    @property
    def environment(self) -> Environment:
        """Return what a submission may import."""
        others = tuple(name for name in self.description.distributions if name != "numpy")
        return Environment(self.description.distributions, _NUMPY_MODULES + others)

    def text(self, name: str) -> str:
        """Return one of the folder's files; raise ProblemError when it is missing."""
        try:
            return (self.folder / name).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ProblemError(f"{self.folder / name}: it cannot be read ({error}); every problem has one") from error

    def entries(self, name: str, kind: type[Entry]) -> dict[str, list[Entry]]:
        """Return the tables of one of the folder's TOML files, by what they are called; none where there is no file.

        Raises ProblemError for one that cannot be read.
        """
        path = self.folder / name
        if not path.exists():
            return {}
        try:
            return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), dict[str, list[kind]])  # type: ignore[valid-type]
        except (OSError, ValueError, RecursionError) as error:
            raise ProblemError(f"{path}: it cannot be read: {error}") from error

    def solutions(self, kind: str) -> list[Path]:
        """Return the solutions of a kind: accepted, wrong_answer or time_limit_exceeded."""
        return sorted((self.folder / "solutions" / kind).glob("*.py"))

    @property
    def mutated(self) -> list[Path]:
        """Return the accepted solutions that mutants are made of; raise ProblemError where two are not left."""
        accepted, left_out = self.solutions("accepted"), set(self.description.adequacy.leave_out)
        place = f"{self.folder / 'problem.toml'}: [adequacy]"
        if unknown := left_out - {path.name for path in accepted}:
            raise ProblemError(f"{place}: there is no accepted solution {min(unknown)!r} to leave out")
        mutated = [path for path in accepted if path.name not in left_out]
        if left_out and len(mutated) < _MUTATED_AT_LEAST:
            raise ProblemError(f"{place}: mutants are made of two accepted solutions at least")
        return mutated

    @cached_property
    def version(self) -> str:
        """Return a hash of all that decides a verdict; it changes when any of it does."""
        digest = hashlib.sha256()
        for name in ("problem.toml", "suite.py", "rival.py"):
            path = self.folder / name
            content = path.read_bytes() if path.exists() else b""
            # With its length, so that a line moved from one file to the next is a change.
            digest.update(f"{name} {len(content)}\n".encode() + content)
        return digest.hexdigest()[:12]


def description_of(text: str, place: object) -> Description:
    """Read the text of a `problem.toml`; raise ProblemError with the place, as it is to be told, and the mend."""
    try:
        description = msgspec.convert(tomllib.loads(text), Description)
    except msgspec.ValidationError as error:
        # msgspec names the place as a path from `$`, the whole document.
        raise ProblemError(f"{place}: {str(error).replace('`$.', '`')}") from error
    # Nesting without end, and numbers of thousands of digits, are errors of other kinds than TOML's own.
    except (ValueError, RecursionError) as error:
        raise ProblemError(f"{place}: it cannot be read: {error}") from error
    strange = [topic for topic in description.topics if topic not in TOPICS]
    if strange:
        raise ProblemError(
            f"{place}: there is no topic {strange[0]!r}.{did_you_mean(strange[0], TOPICS)} "
            f"The topics are: {', '.join(TOPICS)}."
        )
    return description


def load_problem(folder: Path) -> Problem:
    """Read a problem's folder; raise ProblemError with the place and the mend."""
    path = folder / "problem.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProblemError(f"{path}: it cannot be read: {error}") from error
    return Problem(folder, description_of(text, path))

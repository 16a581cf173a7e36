"""`pytest --judge`: a solution file becomes a collector, and each of its hidden cases a test.

A file is a solution when its name is a problem's. Its cases are listed when
tests are collected, without judging; it is judged when the first of them runs,
once in each process, so that `pytest -n 2 --dist loadfile` judges it once.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from judge.integrations.command import CommandFailed, ask

_SLUGS = pytest.StashKey[frozenset[str]]()
_CASES = pytest.StashKey[dict[str, Any]]()


class NotPassed(Exception):
    """A case failed; its text is what the judge says."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("judge", "judging of solutions")
    group.addoption("--judge", action="store_true", help="judge solution files, each hidden case as a test")
    group.addoption("--judge-problems", metavar="DIR", help="a folder of problems, instead of the built-in ones")
    group.addoption("--judge-seed", metavar="N", default="0", help="draws the hidden data (0)")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect files that are named for a problem."""
    config = parent.config
    if not config.getoption("--judge") or file_path.suffix != ".py" or file_path.stem not in _slugs(config):
        return None
    return Solution.from_parent(parent, path=file_path)


def _slugs(config: pytest.Config) -> frozenset[str]:
    if _SLUGS not in config.stash:
        try:
            listed = ask("list", "--json", *_problems(config))
        except CommandFailed as error:
            raise pytest.UsageError(str(error)) from None
        config.stash[_SLUGS] = frozenset(problem["slug"] for problem in listed)
    return config.stash[_SLUGS]


def _problems(config: pytest.Config) -> list[str]:
    folder = config.getoption("--judge-problems")
    return ["--problems", folder] if folder else []


class Solution(pytest.File):
    """A file that is judged."""

    report: Any = None

    def collect(self) -> Iterator["HiddenCase"]:
        """Yield the problem's cases."""
        for case in self._listed():
            yield HiddenCase.from_parent(self, name=case["name"], title=case["title"])

    def _listed(self) -> list[Any]:
        cases = self.config.stash.setdefault(_CASES, {})
        slug = self.path.stem
        if slug not in cases:
            try:
                cases[slug] = ask("show", slug, "--cases", "--json", *_problems(self.config))
            except CommandFailed as error:
                raise self.CollectError(str(error)) from None
        listed: list[Any] = cases[slug]
        return listed

    def judged(self) -> Any:
        """Return the report, judging the file the first time."""
        if self.report is None:
            seed = ("--seed", self.config.getoption("--judge-seed"))
            self.report = ask("submit", str(self.path), "--json", *seed, *_problems(self.config))
        return self.report


class HiddenCase(pytest.Item):
    """One hidden case of a problem."""

    def __init__(self, *, title: str, **arguments: Any) -> None:
        """Know what the case is about."""
        super().__init__(**arguments)
        self.title = title
        self.line: int | None = None

    def runtest(self) -> None:
        """Look the case up in its file's report; raise NotPassed where it failed, skip it where it was not run."""
        assert isinstance(self.parent, Solution)  # noqa: S101 - pytest's own tree
        report = self.parent.judged()
        found = [case for case in report["cases"] if case["name"] == self.name]
        if not found:
            raise NotPassed(report["message"] or "the file was not judged as far as this case")
        case = found[0]
        if case["verdict"] == "not_run":
            # A file that does not load has no cases to run, and that is no reason to call them skipped.
            refused = next((one for one in report["cases"] if one["name"] == "load"), None)
            if refused is not None:
                raise NotPassed(_explained(refused))
            pytest.skip("not run: two cases before it ran out of time or memory")
        if case["printed"]:
            self.add_report_section("call", "stdout", case["printed"])
        self.user_properties.append(("points", f"{case['points']:g}/{case['max_points']:g}"))
        if case["verdict"] != "AC":
            lines = [frame["line"] for frame in case["traceback"]]
            self.line = lines[-1] if lines else None
            raise NotPassed(_explained(case))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return what the judge says, and no traceback of this process."""
        if isinstance(excinfo.value, NotPassed | CommandFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Return where the case is shown."""
        return self.path, self.line and self.line - 1, f"{self.path.stem}: {self.title}"


def _explained(case: Any) -> str:
    parts = [f"{case['verdict']} {case['title']}", case["message"]]
    parts += [f"smallest input found: {case['inputs']}"] if case["inputs"] else []
    parts += [f"line {frame['line']}, {frame['function']}: {frame['text']}" for frame in case["traceback"]]
    parts += [f"hint: {case['hint']}"] if case["hint"] else []
    return "\n".join(part for part in parts if part)

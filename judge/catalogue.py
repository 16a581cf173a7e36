"""The problems there are: folders found by path, nothing registered."""

from dataclasses import dataclass
from pathlib import Path

from judge.errors import ProblemError, UsageError, did_you_mean
from judge.problem import Problem, load_problem

BUILT_IN = Path(__file__).resolve().parent.parent / "problems"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All problems below a folder, as `<family>/<slug>`."""

    root: Path = BUILT_IN

    def slugs(self) -> dict[str, Path]:
        """Return every problem's folder by slug."""
        folders = [path.parent for path in sorted(self.root.glob("*/*/problem.toml"))]
        by_slug = {folder.name: folder for folder in folders}
        twice = [folder for folder in folders if by_slug[folder.name] != folder]
        if twice:
            raise ProblemError(f"{twice[0]}: {by_slug[twice[0].name]} has the same name; rename one of them")
        return by_slug

    def all(self) -> list[Problem]:
        """Load every problem, ordered by family and slug."""
        return [load_problem(folder) for folder in self.slugs().values()]

    def problem(self, slug: str) -> Problem:
        """Load one problem; raise UsageError with the nearest names when there is none."""
        folders = self.slugs()
        if not folders:
            raise UsageError(f"there are no problems below {self.root}")
        if slug not in folders:
            raise UsageError(
                f"there is no problem named {slug!r}.{did_you_mean(slug, folders)} `judge list` shows all."
            )
        return load_problem(folders[slug])

    def problem_of(self, path: Path) -> Problem:
        """Load the problem that a solution's file is named for."""
        slug = path.stem
        folders = self.slugs()
        if slug not in folders:
            raise UsageError(
                f"which problem is {path.name} for? Name it with -p SLUG, or name the file after its problem."
                f"{did_you_mean(slug, folders)}"
            )
        return load_problem(folders[slug])

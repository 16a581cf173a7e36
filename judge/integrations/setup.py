"""Files that have a practice repository graded: in a step of GitHub's, a job of GitLab's, or before a commit."""

from pathlib import Path

from judge.errors import UsageError
from judge.rendering.outputs import write_file

_TEMPLATES = Path(__file__).parent / "templates"
TARGETS = {
    "github": ("github.yml", ".github/workflows/judge.yml"),
    "gitlab": ("gitlab.yml", ".gitlab-ci.yml"),
    "pre-commit": ("pre-commit.yml", ".pre-commit-config.yaml"),
}


def template(tool: str) -> str:
    """Return the text for a tool."""
    return (_TEMPLATES / TARGETS[tool][0]).read_text(encoding="utf-8")


def write_for(tool: str, folder: Path, *, force: bool) -> Path:
    """Write the file for a tool into a repository and return its path; raise UsageError where there is one already."""
    path = folder / TARGETS[tool][1]
    if not folder.is_dir():
        raise UsageError(f"{folder}: there is no such folder")
    if path.exists() and not force:
        raise UsageError(
            f"{path} is there already; --force writes it anew, or add to it what this shows:\n{template(tool)}"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, template(tool))
    return path

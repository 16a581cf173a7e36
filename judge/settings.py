"""Which settings are in force, and where each comes from.

Flags come first, then `JUDGE_*` variables, then the repository's file, then the
user's own, then what is built in. The command line reads the first two itself.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from platformdirs import user_config_path

from judge.catalogue import BUILT_IN
from judge.configuration import SETTINGS, RepositoryTable, SettingsTable, read_project_table, read_table
from judge.errors import UsageError
from judge.plain import within

GROUP = "judge.settings"
"""The entry points of functions that return the settings (`Setting`) of further packages."""

FILE = "judge.toml"
"""The file of settings in a repository's root, and in the user's configuration folder."""

_PROJECT_FILE = "pyproject.toml"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting in force; `source` says where its value comes from. Secrets are masked in `value`."""

    name: str
    value: Any
    source: str


@dataclass(frozen=True, slots=True)
class Layer:
    """The settings of one file; paths in them are relative to its folder."""

    path: Path
    table: SettingsTable
    is_confined: bool = False

    def value(self, name: str) -> Any:
        """Return a setting's value, None where the file does not set it.

        Raises UsageError when the problems of a repository are not in it.
        """
        value = getattr(self.table, name)
        if name != "problems" or value is None:
            return value
        if not self.is_confined:
            return str(self.path.parent / Path(value).expanduser())
        try:
            return str(within(self.path.parent, value))
        except UsageError as error:
            raise UsageError(f"{self.path}: problems: {error}") from error


def repository_layer(root: Path) -> Layer | None:
    """Return what a repository sets in its root: judge.toml, else `[tool.judge]` of pyproject.toml."""
    own, project = root / FILE, root / _PROJECT_FILE
    if os.path.lexists(own):
        return Layer(own, read_table(own, RepositoryTable), is_confined=True)
    if project.is_file() and not project.is_symlink():
        table = read_project_table(project)
        return Layer(project, table, is_confined=True) if table is not None else None
    return None


def user_layer() -> Layer | None:
    """Return what the user sets for all repositories."""
    path = user_config_path("ml-coding-judge") / FILE
    return Layer(path.resolve(), read_table(path.resolve(), SettingsTable)) if path.exists() else None


def layers_here() -> Iterator[Layer]:
    """Yield what holds for commands given here: the repository's settings, then the user's.

    A folder belongs to the repository that Git sees; without one, it is looked
    at alone, since anybody may put a file into a folder such as /tmp.
    """
    here = Path.cwd()
    repository = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    for folder in (here, *here.parents):
        if layer := repository_layer(folder):
            yield layer
            break
        if folder == repository:
            break
    if layer := user_layer():
        yield layer


def defaults_here() -> dict[str, Any]:
    """Return the settings that files make for commands given here."""
    chosen: dict[str, Any] = {}
    for layer in layers_here():
        for name in SETTINGS:
            if name not in chosen and (value := layer.value(name)) is not None:
                chosen[name] = value
    return chosen


def in_force(layers: list[Layer], environment: Mapping[str, str] = os.environ) -> Iterator[Setting]:
    """Yield each setting that no flag decides, with its source."""
    for name in SETTINGS:
        yield _from_environment(name, environment) or _from_files(name, layers) or _built_in(name)


def _from_environment(name: str, environment: Mapping[str, str]) -> Setting | None:
    variable = f"JUDGE_{name.upper()}"
    if not environment.get(variable):
        return None
    try:
        table = msgspec.convert({name: environment[variable]}, SettingsTable, strict=False)
    except msgspec.ValidationError as error:
        raise UsageError(f"{variable}: {str(error).partition(' - at ')[0]}") from error
    return Setting(name, getattr(table, name), variable)


def _from_files(name: str, layers: list[Layer]) -> Setting | None:
    for layer in layers:
        if (value := layer.value(name)) is not None:
            return Setting(name, value, str(layer.path))
    return None


def _built_in(name: str) -> Setting:
    values = {"problems": str(BUILT_IN), "feedback": None, "sandbox": None, "workers": os.cpu_count() or 1}
    return Setting(name, values[name], "built in")

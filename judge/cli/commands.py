"""Commands that other installed packages add to `judge`, found when one is asked for that is not built in."""

from collections.abc import Mapping
from typing import Any

from typer.core import TyperGroup
from typer.main import get_command

from judge.errors import UsageError

GROUP = "judge.commands"
"""The entry points that name a command and the Typer application that has it."""


def default_map(group: Any, defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Return defaults as the built-in commands of a group, and of groups in it, look them up by their options."""
    return {
        name: default_map(command, defaults) if isinstance(command, TyperGroup) else dict(defaults)
        for name, command in group.commands.items()
    }


class Commands(TyperGroup):
    """The built-in commands, and behind them those of entry points."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands."""
        from importlib.metadata import entry_points

        return [*super().list_commands(ctx), *sorted(entry_points(group=GROUP).names)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command; None when there is none of that name.

        Raises UsageError when the package that has it lacks a library.
        """
        built_in = super().get_command(ctx, cmd_name)
        if built_in is not None:
            return built_in
        from importlib.metadata import entry_points

        for entry in entry_points(group=GROUP, name=cmd_name):
            try:
                group: Any = get_command(entry.load())
            except ModuleNotFoundError as error:
                raise UsageError(
                    f"`judge {cmd_name}` needs {error.name}: install ml-coding-judge with its extra `server`"
                ) from error
            return group.get_command(ctx, cmd_name)
        return None

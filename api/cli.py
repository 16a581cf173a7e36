"""The commands of the service; `judge.cli` finds them by the entry points of the group `judge.commands`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from api.settings import Settings

app = typer.Typer(add_completion=False, rich_markup_mode=None)
database_app = typer.Typer(help="The service's database.", no_args_is_help=True)
admin_app = typer.Typer(help="The service's admins.", no_args_is_help=True)
app.add_typer(database_app, name="db")
app.add_typer(admin_app, name="admin")

Host = Annotated[str | None, typer.Option(help="The address to listen on; loopback unless said otherwise.")]
Port = Annotated[int | None, typer.Option(help="The port to listen on.", min=0, max=65535)]
Workers = Annotated[int | None, typer.Option(help="Submissions judged at once on this host.", min=0, max=256)]
Problems = Annotated[Path | None, typer.Option("--problems", help="A folder of problems.")]


def _settings(**flags: Any) -> "Settings":
    """Return what is in force: flags, else the environment, else defaults; raise UsageError where it is wrong."""
    from pydantic import ValidationError

    from api.settings import Settings
    from judge.errors import UsageError

    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(map(str, first["loc"])).upper().removeprefix("JUDGE_")
        raise UsageError(f"JUDGE_{name}: {first['msg']}") from None


@app.command()
def serve(host: Host = None, port: Port = None, workers: Workers = None, problems: Problems = None) -> None:
    """Serve the HTTP API, with workers beside it."""
    from api.serving import serve

    serve(_settings(host=host, port=port, workers=workers, problems=problems))


@app.command()
def worker(workers: Workers = None, problems: Problems = None) -> None:
    """Judge what others queue; DATABASE_URL says where."""
    from api.serving import stop_on_signals, work

    work(_settings(workers=workers, problems=problems), stop_on_signals())


@database_app.command("upgrade")
def upgrade() -> None:
    """Create the tables, or bring them up to date."""
    from api.opening import upgrade

    upgrade(_settings().database_url)


@database_app.command("backup")
def backup(
    file: Annotated[Path, typer.Argument(help="Where to write.")],
    *,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write all that the service knows to a file, while it runs."""
    from api.backup import back_up

    print(f"Wrote {file}: {_counted(back_up(_settings().database_url, file, force=force))}")


@database_app.command("restore")
def restore(
    file: Annotated[Path, typer.Argument(help="What `judge db backup` wrote.", exists=True, dir_okay=False)],
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace what is in the database.")] = False,
) -> None:
    """Bring back all that a backup holds; stop the service before."""
    from api.backup import restore

    print(f"Restored {file}: {_counted(restore(_settings().database_url, file, force=force))}")


def _counted(submissions: int) -> str:
    return f"{submissions} submission{'' if submissions == 1 else 's'}"


@admin_app.command("create")
def create(name: Annotated[str, typer.Argument(help="The admin's name, and their team's.")]) -> None:
    """Make an admin, and print the token: it is shown this once."""
    from api.serving import create_admin

    print(create_admin(_settings(), name))

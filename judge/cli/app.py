"""The commands and their options; what they do stands in the modules beside this one."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from judge.catalogue import BUILT_IN
from judge.cli import authoring
from judge.cli.commands import Commands, default_map
from judge.cli.options import (
    Cold,
    Feedback,
    FeedbackOption,
    File,
    Formats,
    HtmlReport,
    Insecure,
    Json,
    Problems,
    Remote,
    Sandbox,
    Seed,
    ServiceUrl,
    Slug,
    Unsafe,
    Workers,
)

if TYPE_CHECKING:
    from judge.rendering.outputs import Output


class Tool(StrEnum):
    """What can run the judge on a practice repository."""

    GITHUB = "github"
    GITLAB = "gitlab"
    PRE_COMMIT = "pre-commit"


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(authoring.app, name="problem")


@app.callback()
def main(context: typer.Context) -> None:
    """Judge machine-learning algorithms written from scratch."""
    # These two say where their settings come from, and read them themselves.
    if context.invoked_subcommand in {"ci", "config"}:
        return
    from judge.settings import defaults_here

    if defaults := defaults_here():
        context.default_map = default_map(context.command, defaults)


@app.command("list")
def list_problems(
    problems: Problems = BUILT_IN,
    *,
    topics: Annotated[bool, typer.Option("--topics", help="Group by topic, and say which have no problem.")] = False,
    difficulty: Annotated[bool, typer.Option("--difficulty", help="Group by difficulty.")] = False,
    as_json: Json = False,
) -> None:
    """List the problems."""
    from judge.cli.browsing import list_problems

    list_problems(problems, by_topic=topics, by_difficulty=difficulty, as_json=as_json)


@app.command()
def show(
    slug: Annotated[str, typer.Argument(help="A problem's name.")],
    problems: Problems = BUILT_IN,
    *,
    editorial: Annotated[bool, typer.Option("--editorial", help="Show how it is solved, once you have.")] = False,
    spoil: Annotated[bool, typer.Option("--spoil", help="Show the editorial before you have.")] = False,
    cases: Annotated[bool, typer.Option("--cases", help="List the hidden cases: names, titles and points.")] = False,
    as_json: Json = False,
) -> None:
    """Show a problem's statement."""
    from judge.cli.browsing import show, show_cases

    if cases:
        show_cases(problems, slug, as_json=as_json)
    else:
        show(problems, slug, editorial=editorial, spoil=spoil)


@app.command()
def start(
    slug: Annotated[str, typer.Argument(help="A problem's name.")],
    folder: Annotated[Path, typer.Argument(help="Where to write.")] = Path(),
    problems: Problems = BUILT_IN,
) -> None:
    """Write a problem's starter and statement into a folder."""
    from judge.cli.browsing import start

    start(problems, slug, folder)


@app.command()
def test(
    file: File = None,
    slug: Slug = None,
    seed: Seed = 0,
    problems: Problems = BUILT_IN,
    *,
    as_json: Json = False,
    output_format: Formats = None,
    report: HtmlReport = None,
    sandbox: Sandbox = None,
    cold: Cold = False,
    unsafe: Unsafe = False,
) -> None:
    """Run the sample cases only."""
    from judge.bootstrap import Choice
    from judge.cli.submitting import Order, submit

    choice = Choice(sandbox, cold, unsafe)
    outputs = _outputs(output_format, report, as_json=as_json)
    submit(Order(problems, file, slug, seed, "full", choice, outputs, ("sample",)))


@app.command()
def submit(
    context: typer.Context,
    file: File = None,
    slug: Slug = None,
    seed: Seed = 0,
    problems: Problems = BUILT_IN,
    *,
    as_json: Json = False,
    output_format: Formats = None,
    report: HtmlReport = None,
    feedback: FeedbackOption = Feedback.FULL,
    sandbox: Sandbox = None,
    cold: Cold = False,
    unsafe: Unsafe = False,
    remote: Remote = None,
    insecure: Insecure = False,
) -> None:
    """Judge a solution: every case, and the race against scikit-learn."""
    from judge.bootstrap import Choice
    from judge.cli.submitting import Order, submit

    choice = Choice(sandbox, cold, unsafe)
    outputs = _outputs(output_format, report, as_json=as_json)
    order = Order(problems, file, slug, seed, str(feedback), choice, outputs)
    if remote:
        from judge.cli.remoting import submit_remotely

        _refuse_here_only(context)
        submit_remotely(order, remote, is_insecure=insecure)
    submit(order)


def _outputs(formats: list[str] | None, report: str | None, *, as_json: bool) -> "tuple[Output, ...]":
    """Return what is to be written, for people where nothing else is asked to be printed."""
    from judge.rendering.outputs import Output, parse

    outputs = parse([*(formats or ()), *(["json"] if as_json else ()), *([f"html={report}"] if report else ())])
    is_printed = any(output.path is None and output.format != "github" for output in outputs)
    return outputs if is_printed else (Output("full"), *outputs)


def _refuse_here_only(context: typer.Context) -> None:
    """Raise UsageError for an option that a service decides by itself."""
    from judge.errors import UsageError

    for name in ("seed", "feedback", "sandbox", "cold", "unsafe"):
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            raise UsageError(f"--{name} has no meaning with --remote: the service decides it")


@app.command()
def login(url: ServiceUrl, *, insecure: Insecure = False) -> None:
    """Keep a token for a service, which is asked for, or read from standard input."""
    from judge.cli.remoting import login

    login(url, is_insecure=insecure)


@app.command()
def logout(url: Annotated[str | None, typer.Argument(help="The service's address; else the only one.")] = None) -> None:
    """Forget the token for a service."""
    from judge.cli.remoting import logout

    logout(url)


@app.command()
def replay(
    file: File = None,
    slug: Slug = None,
    problems: Problems = BUILT_IN,
    *,
    seed: Annotated[int | None, typer.Option(help="The seed of the report.", min=0, max=2**31 - 1)] = None,
    case: Annotated[str | None, typer.Option(help="The case; else the first that failed.")] = None,
    export: Annotated[Path | None, typer.Option(help="Write the failure as a plain script.")] = None,
    sandbox: Sandbox = None,
    cold: Cold = False,
    unsafe: Unsafe = False,
) -> None:
    """Run a failed case again, by default that of the last submission."""
    from judge.bootstrap import Choice
    from judge.cli.replaying import replay

    replay(problems, file, slug, seed, case, export, Choice(sandbox, cold, unsafe))


@app.command()
def doctor(
    *,
    as_json: Json = False,
    apparmor: Annotated[
        bool, typer.Option("--apparmor", help="Print an AppArmor profile that lets bubblewrap work, and nothing else.")
    ] = False,
) -> None:
    """Say what isolates submitted code on this machine, and what would mend what does not."""
    from judge.cli.doctoring import doctor, print_apparmor_profile

    if apparmor:
        print_apparmor_profile()
    else:
        doctor(as_json=as_json)


@app.command()
def init(
    tool: Annotated[Tool, typer.Argument(help="What is to run the judge.")],
    folder: Annotated[Path, typer.Argument(help="The repository.")] = Path(),
    *,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write the file that has a practice repository graded by GitHub, by GitLab, or before a commit."""
    from judge.integrations.setup import write_for

    print(f"Wrote {write_for(str(tool), folder, force=force)}")


@app.command()
def badge(
    run: Annotated[Path, typer.Argument(help="What `judge ci --json` printed.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the picture.")] = Path("judge.svg"),
) -> None:
    """Draw a badge with a run's points."""
    from judge.cli.submitting import read_source
    from judge.integrations.badge import badge
    from judge.rendering.outputs import write_file

    write_file(output, badge(read_source(run)))


@app.command()
def similar(
    folders: Annotated[list[Path], typer.Argument(help="Folders of solutions, of a course for example.")],
    problems: Problems = BUILT_IN,
    *,
    least: Annotated[float, typer.Option("--least", help="Show pairs that share at least this.", min=0, max=1)] = 0.5,
    as_json: Json = False,
) -> None:
    """Say which solutions of one problem share how much, whatever they were renamed to."""
    from judge.cli.comparing import similar

    similar(problems, folders, least=least, as_json=as_json)


@app.command()
def ci(
    folder: Annotated[Path, typer.Argument(help="The root of the repository.")] = Path(),
    policy: Annotated[
        Path | None,
        typer.Option(help="A course's rules; of the repository's own file, only where solutions are counts."),
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="REF", help="Only what changed since this revision of Git's.")
    ] = None,
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="When it was handed in; else the dates of the commits tell.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option(help="Draws the hidden data; a fresh one unless given.", min=0, max=2**31 - 1)
    ] = None,
    problems: Annotated[
        Path | None, typer.Option("--problems", envvar="JUDGE_PROBLEMS", help="A folder of problems.")
    ] = None,
    *,
    as_json: Json = False,
    output_format: Formats = None,
    report: HtmlReport = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 where it would be 1.")] = False,
    feedback: Annotated[
        Feedback | None,
        typer.Option(envvar="JUDGE_FEEDBACK", help="How much to say about hidden cases; concise unless given."),
    ] = None,
    sandbox: Sandbox = None,
    workers: Workers = None,
) -> None:
    """Grade a repository's solutions."""
    from judge.cli.grading import Order, annotated, grade

    chosen = annotated(_outputs(output_format, report, as_json=as_json))
    grade(
        Order(
            folder, policy, since, at, seed, chosen, exit_zero, problems, feedback and str(feedback), sandbox, workers
        )
    )


@app.command()
def config(
    *,
    policy: Annotated[Path | None, typer.Option(help="Show what is in force under a course's rules.")] = None,
    as_json: Json = False,
) -> None:
    """Show each setting in force, and where it comes from."""
    from judge.cli.configuring import show_settings

    show_settings(policy, as_json=as_json)

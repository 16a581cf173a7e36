"""`judge problem …`: the commands for authors of problems."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from judge.catalogue import BUILT_IN
from judge.cli.options import Cold, Problems, Sandbox, Workers


class Kind(StrEnum):
    """What a problem asks for."""

    ESTIMATOR = "estimator"
    FUNCTION = "function"


app = typer.Typer(help="For authors of problems.", no_args_is_help=True)


@app.command("new")
def new_problem(
    name: Annotated[str, typer.Argument(metavar="FAMILY/SLUG", help="Where it is filed, and its name.")],
    problems: Problems = BUILT_IN,
    *,
    title: Annotated[str | None, typer.Option(help="Its title; else its name in words.")] = None,
    entry: Annotated[str | None, typer.Option(help="The class or function that is asked for.")] = None,
    kind: Annotated[Kind, typer.Option(help="What is asked for: a class with fit and predict, or a function.")] = (
        Kind.ESTIMATOR
    ),
) -> None:
    """Write the folder of a new problem, complete in form, with what is yours to write marked in it."""
    from judge.cli.scaffolding import new

    new(problems, name, str(kind), title, entry)


@app.command("verify")
def verify(
    slugs: Annotated[list[str] | None, typer.Argument(help="Problems' names.")] = None,
    problems: Problems = BUILT_IN,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Verify every problem.")] = False,
    seeds: Annotated[int, typer.Option(help="Seeds that accepted solutions are tried on.", min=1)] = 25,
    workers: Workers = None,
    adequacy: Annotated[
        bool, typer.Option("--adequacy", help="Judge mutants of the accepted solutions instead; list the survivors.")
    ] = False,
    table: Annotated[Path | None, typer.Option(help="With --adequacy: write the numbers into this page.")] = None,
    sandbox: Sandbox = None,
    cold: Cold = False,
) -> None:
    """Prove that a suite accepts what is right and rejects what is wrong."""
    from judge.bootstrap import Choice
    from judge.cli.proving import prove_adequacy
    from judge.cli.verifying import chosen, verify
    from judge.errors import UsageError

    named, choice = chosen(problems, slugs or [], everything=everything), Choice(sandbox, cold)
    if adequacy:
        prove_adequacy(named, choice, workers=workers, table=table)
    elif table is not None:
        raise UsageError("--table goes with --adequacy")
    else:
        verify(named, choice, seeds=seeds, workers=workers)


@app.command("kills")
def kills(
    slug: Annotated[str, typer.Argument(help="A problem's name.")],
    problems: Problems = BUILT_IN,
    *,
    workers: Workers = None,
    sandbox: Sandbox = None,
    cold: Cold = False,
) -> None:
    """Show which case fails which wrong solution."""
    from judge.bootstrap import Choice
    from judge.cli.proving import kills

    kills(problems, slug, Choice(sandbox, cold), workers=workers)


@app.command("triage")
def triage(
    slugs: Annotated[list[str] | None, typer.Argument(help="Problems' names.")] = None,
    problems: Problems = BUILT_IN,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Triage every problem; takes hours.")] = False,
    mutants: Annotated[list[str] | None, typer.Option("--mutant", help="A mutant's key; else all survivors.")] = None,
    table: Annotated[Path | None, typer.Option(help="Write the numbers into this page.")] = None,
    workers: Workers = None,
    sandbox: Sandbox = None,
    cold: Cold = False,
) -> None:
    """Compare surviving mutants with their originals, and write the evidence beside the problem."""
    from judge.bootstrap import Choice
    from judge.cli.proving import triage
    from judge.cli.verifying import chosen

    named = chosen(problems, slugs or [], everything=everything)
    triage(named, mutants or [], Choice(sandbox, cold), workers=workers, table=table)

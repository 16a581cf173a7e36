"""What several commands take: arguments and options, with their types and help."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class SandboxName(StrEnum):
    """What keeps submitted code from the machine."""

    BUBBLEWRAP = "bubblewrap"
    DOCKER = "docker"


class Feedback(StrEnum):
    """How much a report says about hidden cases."""

    FULL = "full"
    CONCISE = "concise"


Problems = Annotated[Path, typer.Option("--problems", envvar="JUDGE_PROBLEMS", help="A folder of problems.")]
File = Annotated[Path | None, typer.Argument(help="The solution; its name says which problem it is for.")]
Slug = Annotated[
    str | None, typer.Option("--problem", "-p", help="The problem, where the file's name does not say it.")
]
Seed = Annotated[int, typer.Option(help="Draws the hidden data; equal seeds give equal data.", min=0, max=2**31 - 1)]
Json = Annotated[bool, typer.Option("--json", help="Print the report as one JSON document.")]
Formats = Annotated[
    list[str] | None,
    typer.Option(
        "--output-format",
        metavar="FORMAT[=FILE]",
        help="Print the report in this format, or write it to a file; can be given several times.",
    ),
]
HtmlReport = Annotated[
    str | None, typer.Option("--report", metavar="FILE", help="Write a page with pictures: --output-format html=FILE.")
]
FeedbackOption = Annotated[Feedback, typer.Option(envvar="JUDGE_FEEDBACK", help="How much to say about hidden cases.")]
Sandbox = Annotated[
    SandboxName | None, typer.Option("--sandbox", envvar="JUDGE_SANDBOX", help="This sandbox; else the best here.")
]
Cold = Annotated[bool, typer.Option("--cold", help="Start an interpreter for each submission, for comparison.")]
Unsafe = Annotated[bool, typer.Option("--unsafe-no-sandbox", help="Run without isolation: your own code only.")]
Remote = Annotated[
    str | None,
    typer.Option("--remote", envvar="JUDGE_REMOTE", metavar="URL", help="Have this service judge it; see judge login."),
]
Insecure = Annotated[
    bool, typer.Option("--insecure", help="Speak plain http with another machine: it can be read on the way.")
]
ServiceUrl = Annotated[str, typer.Argument(help="The service's address, https://…")]
Workers = Annotated[
    int | None,
    typer.Option(envvar="JUDGE_WORKERS", help="Graders at once; else one for each core.", min=1, max=256),
]

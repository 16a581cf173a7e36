"""Reports for people: nothing foreign reaches a terminal, and an exported script runs."""

import io
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from judge.errors import SubmissionError, UsageError
from judge.rendering.calls import readable, runnable
from judge.rendering.script import write_script
from judge.rendering.terminal import render
from judge.rendering.text import printable
from judge.report import CaseReport, Diagnosis, LimitFacts, Race, Report, SandboxFacts, TracebackLine
from judge.transcript import Call, Transcript
from judge.values import to_json
from judge.verdict import Verdict

HOSTILE = "\x1b[31mred\x1b]0;title\x07\x1b[2J\r\x08\x00\x7f\x9b1m\u202eoslaf\u2066\u200b\ufeff\ue000\U000e0041"


class Named:
    """Stands for a remote object, which is written by its variable's name."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name


def transcript(*calls: Call) -> tuple:
    return tuple(Transcript(list(calls)).to_json())


X = np.asfortranarray([[1.0, np.nan], [2.0, 4.0], [3.0, -np.inf]])
FITTED = transcript(
    Call("submission.Scaler", ((), {"ddof": 1}), returned=Named("scaler"), assigned="scaler"),
    Call("scaler.fit", ((X,), {}), returned=Named("scaler"), assigned="scaler"),
    Call("scaler.mean_", None, returned=np.array([2.0, 5.0])),
    Call("scaler.transform", ((np.zeros((0, 2), dtype=np.float32),), {}), returned=np.zeros((0, 2))),
)
CASE = CaseReport(
    name="test_scaling",
    title="Columns get mean 0",
    group="edge",
    verdict=Verdict.WA,
    points=0.0,
    max_points=10.0,
    message="mean_ differs",
    hint="Average over samples.",
    expected=to_json(np.array([2.0, np.nan])),
    transcript=FITTED,
)
REPORT = Report(
    problem="scaler",
    verdict=Verdict.WA,
    score=90.0,
    max_score=100.0,
    seed=3,
    feedback="full",
    message="",
    sandbox=SandboxFacts("bubblewrap", isolated=True, limits="cgroup v2"),
    limits=LimitFacts(20.0, 20.0, 1024, 1.0),
    cases=(CASE,),
    versions={"suite": "abc123"},
)
SOLUTION = """\
import numpy as np


class Scaler:
    def __init__(self, ddof):
        self.ddof = ddof

    def fit(self, X):
        assert X.flags.f_contiguous and not X.flags.c_contiguous
        assert np.isnan(X[0, 1]) and X[2, 1] == -np.inf
        self.mean_ = X[:, 0].mean() * np.ones(2)
        return self

    def transform(self, X):
        assert X.shape == (0, 2) and X.dtype == np.float32
        return X
"""


# Text.


@settings(deadline=None, max_examples=40)
@given(st.text(st.characters()))
def test_printable_text_holds_nothing_that_a_terminal_obeys(text):
    """Control, format, private and surrogate characters are written out; the rest is as it was."""
    shown = printable(text)
    assert not [c for c in shown if c not in "\n\t" and unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs"}]
    shown.encode("utf-8")
    assert printable(shown) == shown
    if text.isprintable():
        assert shown == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", r"\x1b[31m"),
        ("\u202e\u2066", r"\u202e\u2066"),
        ("a\rb\x08", r"a\rb\x08"),
        ("\x9b1m", r"\x9b1m"),
        ("\ud800", r"\ud800"),
        ("\U000e0041", r"\U000e0041"),
        ("a\u200b\u00adb", r"a\u200b\xadb"),
        ("line\n\ttab", "line\n\ttab"),
        ("‖x‖² ≤ ½ 😀 'é'", "‖x‖² ≤ ½ 😀 'é'"),
    ],
)
def test_colours_and_directions_are_written_out(text, shown):
    """ANSI sequences and bidirectional overrides are shown as escapes, harmless text stays."""
    assert printable(text) == shown


# Calls.


def test_a_transcript_reads_like_python_with_answers_behind():
    """Creation is assigned, fit is called, attributes and answers are commented."""
    assert readable(FITTED) == [
        "scaler = submission.Scaler(ddof=1)",
        "scaler.fit([[1.0, nan], [2.0, 4.0], [3.0, -inf]])",
        "scaler.mean_   # [2, 5]",
        "scaler.transform([] (float32))   # []",
    ]
    assert [line.split("(")[0] for line in runnable(FITTED)] == [
        "scaler = submission.Scaler",
        "scaler.fit",
        "scaler.mean_",
        "scaler.transform",
    ]


def test_an_exception_stands_where_the_answer_would():
    """The type and the message are shown behind the call."""
    error = SubmissionError("ValueError", ("ValueError",), "too few rows", ())
    calls = transcript(Call("model.fit", ((np.zeros((9, 9)),), {}), raised=error))
    assert readable(calls) == ["model.fit(<9 x 9 array of float64>)   raised ValueError: too few rows"]


def test_the_answer_that_is_wrong_is_marked():
    """By being the very one that a finding is about, however many are equal to it."""
    answers = [np.array([1.0]), np.array([1.0])]
    made = Transcript()
    made.calls += [Call("submission.f", ((i,), {}), returned=answer) for i, answer in enumerate(answers)]
    calls = made.to_json(wrong=answers[0])
    assert readable(calls) == ["submission.f(0)   # [1]   ← this one", "submission.f(1)   # [1]"]
    assert runnable(calls) == ["submission.f(0)", "submission.f(1)"]


def test_a_long_call_is_shortened_to_be_read():
    """A model's parameters in full would bury the answer behind them."""
    calls = transcript(Call("submission.f", (([f"word {i}" for i in range(39)],), {}), returned=2.0))
    assert re.fullmatch(r"submission\.f\(\['word 0', .{200,230}…   # 2", readable(calls)[0])


def test_runnable_calls_hold_every_number():
    """What is shortened to be read is in full to be run."""
    data = np.arange(100.0)
    (line,) = runnable(transcript(Call("submission.f", ((data,), {"names": ("a",)}), returned=1)))
    seen = []
    made = eval(line, {"np": np, "submission": type("S", (), {"f": lambda *args, **kw: seen.append((args, kw))})})  # noqa: S307 - our own writing
    assert made is None
    ((args, keywords),) = seen
    np.testing.assert_array_equal(args[0], data)
    assert keywords == {"names": ("a",)}


# The terminal.


def rendered(report: Report, **options) -> str:
    stream = io.StringIO()
    render(report, Console(file=stream, width=100, color_system=None), title="Scaler", **options)
    return stream.getvalue()


def hostile_report() -> Report:
    error = SubmissionError(HOSTILE, (HOSTILE,), HOSTILE, ())
    case = replace(
        CASE,
        message=HOSTILE,
        traceback=(TracebackLine(3, HOSTILE, HOSTILE),),
        printed=f"{HOSTILE}\n{HOSTILE}",
        inputs=HOSTILE,
        transcript=transcript(
            Call("model.x", None, returned=HOSTILE),
            Call("model.y", None, returned={HOSTILE: [HOSTILE]}),
            Call("model.f", ((), {}), raised=error),
        ),
    )
    return replace(REPORT, cases=(case,) * 5)


def test_nothing_that_a_submission_says_reaches_the_terminal_raw():
    """Messages, tracebacks, output, inputs and transcripts are made printable, in every case of a report."""
    shown = rendered(hostile_report())
    assert not [c for c in shown if c != "\n" and unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs"}]
    assert shown.count(r"\x1b[31m") >= 10


def test_markup_of_a_submission_is_plain_text():
    """Square brackets are not read as styles or links."""
    report = replace(REPORT, cases=(replace(CASE, message="[bold]a[/bold] [link=x]b[/link] :smile:"),))
    assert "[bold]a[/bold] [link=x]b[/link] :smile:" in rendered(report)


def test_a_failure_is_explained():
    """Message, smallest input, calls, own lines, output and hint are shown."""
    case = replace(CASE, inputs="size = 6", printed="hello", traceback=(TracebackLine(7, "fit", "1 / 0"),))
    shown = rendered(replace(REPORT, cases=(case,)))
    for part in (
        "✗ WA Columns get mean 0  edge · test_scaling",
        "mean_ differs",
        "smallest input found: size = 6",
        "scaler = submission.Scaler(ddof=1)",
        "line 7, fit: 1 / 0",
        "hello",
        "hint: Average over samples.",
        "WA wrong answer   90 of 100 points, 0 of 1 cases",
        "seed 3, sandbox bubblewrap, suite abc123",
        "judge replay",
    ):
        assert part in shown


def test_only_the_first_failures_are_explained_at_length():
    """After three, a failure is a headline and its message."""
    cases = tuple(replace(CASE, name=f"test_{i}", message=f"message {i}", hint=f"hint {i}") for i in range(5))
    shown = rendered(replace(REPORT, cases=cases))
    assert [f"message {i}" in shown for i in range(5)] == [True] * 5
    assert [f"hint: hint {i}" in shown for i in range(5)] == [True, True, True, False, False]
    assert "Only 3 of 5 failures are shown with their calls; `judge replay --case NAME` shows another." in shown


def test_a_smallest_input_is_shown_wherever_it_is():
    """It says most in the fewest numbers, and takes the place of the third failure."""
    cases = [replace(CASE, name=f"test_{i}", hint=f"hint {i}", inputs="") for i in range(5)]
    cases[4] = replace(cases[4], inputs="points = [0]")
    shown = rendered(replace(REPORT, cases=tuple(cases)))
    assert [f"hint: hint {i}" in shown for i in range(5)] == [True, True, False, False, True]


def test_an_accepted_report_is_short():
    """A line for each case and the result, without an offer to replay; the hint is not given away."""
    case = replace(CASE, verdict=Verdict.AC, points=10.0)
    shown = rendered(replace(REPORT, verdict=Verdict.AC, score=100.0, cases=(case,)))
    assert "✓ Columns get mean 0  edge\n" in shown
    assert "AC accepted   100 of 100 points, 1 of 1 cases" in shown
    assert "hint" not in shown
    assert "replay" not in shown


def test_a_report_says_what_a_reader_must_know():
    """A missing sandbox, stretched limits, a race, a diagnosis and a mere sample are all told."""
    report = replace(
        REPORT,
        sandbox=SandboxFacts("unsafe", isolated=False, limits="degraded"),
        limits=replace(REPORT.limits, scale=2.5),
        diagnosis=Diagnosis("ddof", "It divides by n - 1.", "test_scaling"),
        cases=(replace(CASE, race=Race(4.2, 3.9, 4.6, 3.0)), replace(CASE, verdict=Verdict.NOT_RUN)),
    )
    shown = rendered(report, is_sample=True)
    for part in (
        "NOT ISOLATED",
        "time limits × 2.5",
        "known mistake, ddof: It divides by n - 1.",
        "4.2× the rival's CPU time (3.9–4.6), limit 3×",
        "sample cases",
        "· not_run",
    ):
        assert part in shown


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_can_be_rendered(verdict):
    """No verdict lacks a style or a title."""
    shown = rendered(replace(REPORT, verdict=verdict, cases=(replace(CASE, verdict=verdict),)))
    assert f"{verdict} " in shown


# The script.


def run_script(folder: Path, text: str, solution: str = SOLUTION) -> "subprocess.CompletedProcess[str]":
    (folder / "repro.py").write_text(text, encoding="utf-8")
    (folder / "scaler.py").write_text(solution, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-W", "error", str(folder / "repro.py"), str(folder / "scaler.py")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=folder,
    )


def test_the_script_of_a_failure_runs_against_the_solution(tmp_path):
    """Inputs arrive as they were, answers are shown with shape and dtype, and what was expected beside them."""
    done = run_script(tmp_path, write_script(REPORT, CASE, Path("scaler.py")))
    assert done.returncode == 0, done.stderr
    assert "scaler.mean_: ndarray, shape (2,), dtype float64\n[2. 2.]" in done.stdout
    assert "scaler.transform: ndarray, shape (0, 2), dtype float32" in done.stdout
    assert done.stdout.endswith("expected:\n[ 2. nan]\n")


def test_the_script_shows_the_submissions_own_exception(tmp_path):
    """A call that raised raises again, with the solution's own traceback."""
    error = SubmissionError("ZeroDivisionError", ("ZeroDivisionError",), "division by zero", ())
    case = replace(CASE, expected=None, transcript=transcript(Call("submission.f", ((0,), {}), raised=error)))
    text = write_script(REPORT, case, Path("scaler.py"))
    done = run_script(tmp_path, text, "def f(x):\n    return 1 / x\n")
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr
    assert "return 1 / x" in done.stderr
    assert "expected" not in text


@pytest.mark.parametrize(
    "message",
    [
        'ends with a quote"',
        '"""',
        '""""""; import os; """',
        "'''",
        "ends with a backslash\\",
        '\\"""',
        '\\\\"""',
        "\\N{no such name} \\x \\u12",
        "{title} {calls!r} {0} %s",
        "two\nlines\r\nand\x0cmore",
        "naïve ‖x‖² 😀",
        "",
    ],
)
def test_no_message_breaks_out_of_the_script(tmp_path, message):
    """Whatever a submission raised, it stands in the docstring and nowhere else."""
    text = write_script(REPORT, replace(CASE, message=message), Path('odd "name"\\.py'))
    plain = write_script(REPORT, replace(CASE, message="m"), Path('odd "name"\\.py'))
    code, plain_code = (compile(one, "repro.py", "exec") for one in (text, plain))
    assert code.co_names == plain_code.co_names
    assert code.co_code == plain_code.co_code
    assert run_script(tmp_path, plain).returncode == 0


@pytest.mark.parametrize(
    "calls", [(), transcript(Call("submission.f", ((np.zeros(60_000),), {}), returned=1))], ids=["none", "too large"]
)
def test_what_cannot_be_written_out_is_a_usage_error(calls):
    """A script that would lack its inputs, or its calls, is not written."""
    with pytest.raises(UsageError, match="test_scaling"):
        write_script(REPORT, replace(CASE, transcript=calls), Path("scaler.py"))


def test_the_script_names_its_origin():
    """Problem, case and seed stand at its top, and the file's path is its default argument."""
    text = write_script(REPORT, CASE, Path("my solutions/scaler.py"))
    assert text.startswith(
        '"""Columns get mean 0\n\ntest_scaling of scaler at seed 3, written by `judge replay --export`.'
    )
    assert "'my solutions/scaler.py'" in text

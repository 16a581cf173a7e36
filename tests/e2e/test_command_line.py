"""The command line as a user meets it: commands, exit codes, messages, files."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RIGHT, WRONG = ROOT / "examples/kmeans.py", ROOT / "examples/wrong/kmeans.py"

Judge = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Return a function that runs `judge` in an empty folder, with a state folder of its own."""
    work = tmp_path / "work"
    work.mkdir()
    variables = {**os.environ, "XDG_STATE_HOME": str(tmp_path / "state"), "NO_COLOR": "1"}

    def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
        command = [str(Path(sys.executable).with_name("judge")), *map(str, arguments)]
        return subprocess.run(
            command, cwd=work, env=variables, capture_output=True, text=True, timeout=120, check=False
        )

    return run


def test_a_right_solution_is_accepted(judge: Judge) -> None:
    """AC is exit code 0, with the race's ratio in the text."""
    done = judge("submit", RIGHT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "AC accepted   100 of 100 points" in done.stdout
    assert "rival's CPU time" in done.stdout


def test_a_wrong_solution_is_explained(judge: Judge) -> None:
    """WA is exit code 1, with the calls, the smallest input, the hint and the diagnosis."""
    done = judge("submit", WRONG)
    assert done.returncode == 1
    assert "WA wrong answer" in done.stdout
    assert "kmeans.labels_   # [0, 1, 1, 1]" in done.stdout
    assert "smallest input found: points = " in done.stdout
    assert "hint: " in done.stdout
    assert "a known mistake, stale_labels: The labels are those of the centres before the last update" in done.stdout


def test_json_is_one_document(judge: Judge) -> None:
    """`--json` prints the whole report and nothing else on stdout."""
    done = judge("submit", WRONG, "--json", "--seed", 5)
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert report["schema_version"] == 1
    assert (report["problem"], report["verdict"], report["seed"]) == ("kmeans", "WA", 5)
    assert report["sandbox"]["name"] == "bubblewrap"
    assert report["sandbox"]["isolated"] is True
    assert report["diagnosis"]["mistake"] == "stale_labels"
    assert sum(case["max_points"] for case in report["cases"]) == pytest.approx(100)
    assert {"judge", "suite", "python", "numpy", "scikit-learn"} <= set(report["versions"])


def test_the_race_is_reported_with_its_interval(judge: Judge) -> None:
    """The ratio to the rival's CPU time comes with a confidence interval and the limit."""
    report = json.loads(judge("submit", RIGHT, "--json").stdout)
    race = next(case["race"] for case in report["cases"] if case["race"])
    assert 0 < race["low"] <= race["ratio"] <= race["high"] < race["limit"] == 100


def test_equal_seeds_give_equal_reports(judge: Judge) -> None:
    """A report can be had again from its seed; only times differ."""

    def told() -> list[tuple[str, str, str, str]]:
        report = json.loads(judge("submit", WRONG, "--json", "--seed", 3).stdout)
        # Times differ, and with them how far a search got in shrinking.
        cases = [case for case in report["cases"] if case["group"] not in ("runtime", "property")]
        return [(case["name"], case["verdict"], case["message"], case["inputs"]) for case in cases]

    assert told() == told()


def test_concise_feedback_gives_no_hidden_case_away(judge: Judge) -> None:
    """Inputs, answers and prints of hidden cases are withheld; samples are told in full."""
    report = json.loads(judge("submit", WRONG, "--json", "--feedback", "concise").stdout)
    hidden = [case for case in report["cases"] if case["group"] != "sample" and case["verdict"] == "WA"]
    assert hidden
    for case in hidden:
        withheld = ("transcript", "inputs", "printed", "expected", "agreement")
        assert not any(case[field] for field in withheld)
        # Names such as log2 may have digits; values have points or stand alone.
        assert not any(word.strip(".,()[]").replace(".", "").isdigit() for word in case["message"].split())
    assert any(case["transcript"] for case in report["cases"] if case["group"] == "sample")
    assert report["diagnosis"] is None


def test_only_samples_are_tested(judge: Judge) -> None:
    """`judge test` runs the sample cases and says so."""
    done = judge("test", RIGHT)
    assert done.returncode == 0
    assert "3 of 3 cases" in done.stdout
    assert "`judge submit` runs all" in done.stdout


def test_start_writes_a_starter_that_does_not_pass(judge: Judge) -> None:
    """A learner's way: start, test; the starter loads and is not accepted."""
    assert judge("start", "kmeans").returncode == 0
    done = judge("test")
    assert done.returncode == 1
    assert "NotImplementedError" in done.stdout or "differ" in done.stdout
    again = judge("start", "kmeans")
    assert again.returncode == 2
    assert "is there already" in again.stderr


def test_show_prints_the_statement(judge: Judge) -> None:
    """`judge show` prints what is asked."""
    assert "max_iter" in judge("show", "kmeans").stdout


def test_list_names_every_problem(judge: Judge) -> None:
    """`judge list --json` lists as many problems as there are folders."""
    listed = json.loads(judge("list", "--json").stdout)
    folders = {path.parent.name for path in (ROOT / "problems").glob("*/*/problem.toml")}
    assert {problem["slug"] for problem in listed} == folders
    assert "kmeans" in judge("list", "--topics").stdout


def test_replay_repeats_the_first_failure(judge: Judge) -> None:
    """`judge replay` needs no arguments after a submission."""
    judge("submit", WRONG)
    done = judge("replay")
    assert done.returncode == 1
    assert "test_one_step" in done.stdout
    assert "0 of 1 cases" in done.stdout


def test_an_exported_failure_is_a_script_that_shows_it(judge: Judge, tmp_path: Path) -> None:
    """The script runs by itself and prints the wrong answer and what was expected."""
    judge("submit", WRONG)
    script = tmp_path / "repro.py"
    assert judge("replay", "--export", script).returncode == 0
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert "[0 1 1 1]" in done.stdout
    assert done.stdout.rstrip().endswith("expected:\n[0 0 1 1]")


def test_replay_without_a_submission_is_a_usage_error(judge: Judge) -> None:
    """There is nothing to replay yet."""
    done = judge("replay")
    assert done.returncode == 2
    assert "no earlier submission" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("submit", "missing.py"), "missing.py: there is no such file"),
        (("submit", RIGHT, "-p", "k-means"), "Did you mean kmeans"),
        (("submit", __file__), "which problem is test_command_line.py for?"),
        (("submit",), "which file?"),
        (("show", "nothing_like_it"), "there is no problem named 'nothing_like_it'"),
        (("replay", WRONG, "--case", "test_one_stepp"), "Did you mean test_one_step"),
        (("problem", "verify"), "say --all"),
    ],
)
def test_usage_errors_say_what_is_wrong(judge: Judge, arguments: tuple[object, ...], message: str) -> None:
    """Exit code 2, one line on stderr, nothing on stdout."""
    done = judge(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_a_file_that_is_no_text_is_a_usage_error(judge: Judge, tmp_path: Path) -> None:
    """Bytes that are not UTF-8 are refused with their place."""
    path = tmp_path / "kmeans.py"
    path.write_bytes(b"x = '\xff\xfe'")
    done = judge("submit", path)
    assert done.returncode == 2
    assert "not UTF-8" in done.stderr


def test_doctor_says_what_isolates(judge: Judge) -> None:
    """The doctor's findings are those of a live probe."""
    done = judge("doctor")
    assert done.returncode == 0
    assert "bubblewrap: isolates" in done.stdout


def test_doctor_tells_every_backend_s_limits_in_json(judge: Judge) -> None:
    """A script learns which sandbox isolates, what holds its limits, and what would mend the rest."""
    report = json.loads(judge("doctor", "--json").stdout)
    assert {"bubblewrap", "bubblewrap, cold", "docker"} <= {backend["name"] for backend in report["backends"]}
    assert all(backend["limits"] for backend in report["backends"])
    assert all({"reason", "command"} == mend.keys() for mend in report["mends"])


def test_doctor_prints_an_apparmor_profile_for_this_installation(judge: Judge) -> None:
    """What it prints can be written into the system's folder of profiles as it is."""
    done = judge("doctor", "--apparmor")
    assert done.returncode == 0
    assert "userns," in done.stdout
    assert "/bwrap flags=(unconfined)" in done.stdout


def test_a_cold_sandbox_gives_the_same_verdict(judge: Judge) -> None:
    """An interpreter for each submission is slower and nothing else."""
    report = json.loads(judge("test", RIGHT, "--cold", "--json").stdout)
    assert (report["verdict"], report["sandbox"]["name"]) == ("AC", "bubblewrap, cold")


@pytest.mark.docker
def test_docker_judges_the_whole_suite(judge: Judge) -> None:
    """The race's rival runs in a container too."""
    report = json.loads(judge("submit", RIGHT, "--sandbox", "docker", "--json").stdout)
    assert (report["verdict"], report["score"], report["sandbox"]["name"]) == ("AC", 100.0, "docker")


def test_an_unsafe_report_is_stamped(judge: Judge) -> None:
    """Whoever goes without a sandbox sees it in the report."""
    done = judge("test", RIGHT, "--unsafe-no-sandbox")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "NOT ISOLATED" in done.stdout
    assert json.loads(judge("test", RIGHT, "--unsafe-no-sandbox", "--json").stdout)["sandbox"]["isolated"] is False


def test_without_isolation_it_refuses(tmp_path: Path) -> None:
    """Where nothing isolates, nothing is run: exit code 3 and what to do."""
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho 'bwrap: no permissions' >&2\nexit 1\n")
    broken.chmod(0o755)
    code = (
        "import sandbox.probe, judge.bootstrap, judge.cli, sys;"
        "from sandbox.bubblewrap import Bubblewrap;"
        f"judge.bootstrap.backends = lambda name, is_cold: [Bubblewrap({str(broken)!r})];"
        f"sys.argv = ['judge', 'test', {str(RIGHT)!r}];"
        "judge.cli.main()"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "bwrap: no permissions" in done.stderr
    assert "--unsafe-no-sandbox" in done.stderr

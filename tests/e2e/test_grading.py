"""`judge ci` and `judge config` as a student, a course and a pipeline meet them."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples/practice-repo"
PROGRAM = Path(sys.executable).with_name("judge")
STATISTICS = "statistics/two_proportion_z.py"
WHO = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@b"}

Judge = Callable[..., "subprocess.CompletedProcess[str]"]


def run(folder: Path, *command: object, **variables: str) -> "subprocess.CompletedProcess[str]":
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("JUDGE_", "GIT", "DATABASE", "CI"))
    }
    return subprocess.run(
        [*map(str, command)],
        cwd=folder,
        env={**clean, **WHO, "NO_COLOR": "1", "XDG_CONFIG_HOME": str(folder.parent / "config"), **variables},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the example as a repository: its first commit has a wrong solution, its second mends it."""
    root = tmp_path_factory.mktemp("course") / "repository"
    shutil.copytree(EXAMPLE, root)
    right = (root / STATISTICS).read_text()
    wrong = right.replace("erfc(z / sqrt(2)) / 2,", "erfc(-z / sqrt(2)) / 2,")
    assert wrong != right
    run(root, "git", "init", "--quiet", "--initial-branch=main")
    for text, message in ((wrong, "A first try"), (right, "The right tail")):
        (root / STATISTICS).write_text(text)
        run(root, "git", "add", "--all")
        assert run(root, "git", "commit", "--quiet", "--message", message).returncode == 0
    return root


@pytest.fixture
def judge(repository: Path) -> Judge:
    """Return a function that runs `judge` in the repository."""

    def ask(*arguments: object, **variables: str) -> "subprocess.CompletedProcess[str]":
        return run(repository, PROGRAM, *arguments, **variables)

    return ask


@pytest.fixture
def first_commit(repository: Path, tmp_path: Path) -> Path:
    """Return a checkout of the commit with the wrong solution."""
    made = tmp_path / "first"
    run(repository, "git", "worktree", "add", "--quiet", "--detach", made, "HEAD~1")
    return made


def test_a_wrong_solution_fails_the_run_and_is_named(judge: Judge, first_commit: Path) -> None:
    """Exit code 1, a table with every solution, the total, and what is wrong."""
    done = judge("ci", first_commit, "--seed", 5)
    assert done.returncode == 1, done.stderr
    assert re.search(r"statistics/two_proportion_z.py +two_proportion_z +[\d.]+/50 +WA wrong answer", done.stdout)
    assert re.search(r"clustering/kmeans_plus_plus.py +kmeans_plus_plus +100/100 +AC accepted", done.stdout)
    assert re.search(r"metrics/how_far_off.py +regression_metrics +100/100 +AC accepted", done.stdout)
    assert "of 250 points, 240 asked for   seed 5" in done.stdout


def test_a_job_of_github_s_gets_annotations_and_a_summary(judge: Judge, first_commit: Path, tmp_path: Path) -> None:
    """The annotation names the file as the checkout has it, and the summary is appended to."""
    summary = tmp_path / "summary.md"
    summary.write_text("# Before\n")
    variables = {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(tmp_path), "GITHUB_STEP_SUMMARY": str(summary)}
    done = judge("ci", first_commit, "--since", "HEAD", "--policy", _policy(tmp_path, "two_proportion_z"), **variables)
    assert (done.returncode, "::error" in done.stdout) == (0, False)
    done = judge("ci", first_commit, "--policy", _policy(tmp_path, "two_proportion_z"), **variables)
    assert done.returncode == 1
    assert "file=first/statistics/two_proportion_z.py" in done.stdout
    assert summary.read_text().startswith("# Before\n")
    assert r"first\/statistics\/two\_proportion\_z\.py" in summary.read_text()


def _policy(folder: Path, slug: str) -> Path:
    made = folder / "policy.toml"
    made.write_text(f'required = ["{slug}"]\n')
    return made


def test_a_mended_solution_passes_the_run(judge: Judge) -> None:
    """Exit code 0; with --since only what the last commit changed is judged."""
    done = judge("ci", "--since", "HEAD~1", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    document = json.loads(done.stdout)
    assert [(item["path"], item["points"]) for item in document["items"]] == [(STATISTICS, 50.0)]
    assert document["items"][0]["report"]["feedback"] == "concise"
    assert document["seed"] == document["items"][0]["report"]["seed"]
    assert "1 of 3 solutions changed since HEAD~1" in done.stderr


def test_nothing_changed_is_nothing_judged(judge: Judge) -> None:
    """A run of no solutions is accepted."""
    done = judge("ci", "--since", "HEAD", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["items"] == []


def test_exit_zero_leaves_judging_to_others(judge: Judge, first_commit: Path) -> None:
    """A pipeline that only reports is not stopped by a wrong solution."""
    done = judge("ci", first_commit, "--exit-zero", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["items"][2]["report"]["verdict"] == "WA"


def test_fresh_seeds_differ(judge: Judge) -> None:
    """Nobody can write for the data of the next run."""
    seeds = {json.loads(judge("ci", "--since", "HEAD", "--json").stdout)["seed"] for _ in range(3)}
    assert len(seeds) == 3


def test_a_policy_decides_what_counts(judge: Judge, tmp_path: Path) -> None:
    """What the student's file says of points and problems is left aside; what is required and missing earns nothing."""
    policy = tmp_path / "policy.toml"
    policy.write_text(
        'required = ["two_proportion_z", "pca"]\nminimum = 100\n[solutions.two_proportion_z]\npoints = 60\n'
    )
    done = judge("ci", "--policy", policy, "--json")
    assert done.returncode == 1
    items: list[dict[str, Any]] = json.loads(done.stdout)["items"]
    assert [(item["path"], item["points"], item["max_points"], item["problem"]) for item in items] == [
        (STATISTICS, 60.0, 60.0, ""),
        ("pca.py", 0.0, 100.0, "there is no such file"),
    ]
    assert "required of the repository's own file does not count under a policy" in done.stderr


def test_a_repository_s_problems_and_sandbox_do_not_count_under_a_policy(judge: Judge, tmp_path: Path) -> None:
    """A student's suite that accepts everything is never loaded."""
    root, policy = tmp_path / "repository", tmp_path / "policy.toml"
    shutil.copytree(EXAMPLE / "statistics", root / "statistics")
    folder = root / "mine/statistics/two_proportion_z"
    shutil.copytree(EXAMPLE.parents[1] / "problems/statistics/two_proportion_z", folder)
    (folder / "suite.py").write_text("raise SystemExit('loaded')\n")
    (root / "judge.toml").write_text('problems = "mine"\nsandbox = "docker"\n')
    policy.write_text('required = ["two_proportion_z"]\n')
    done = judge("ci", root, "--policy", policy, "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)["items"][0]["report"]
    assert report["sandbox"]["name"] == "bubblewrap"
    assert len(report["cases"]) > 10
    without = judge("ci", root, "--sandbox", "bubblewrap")
    assert without.returncode == 3, "the repository's own suite is what is loaded without a policy"


def test_a_late_solution_earns_nothing(judge: Judge, tmp_path: Path) -> None:
    """The course says when it was handed in."""
    policy = tmp_path / "policy.toml"
    policy.write_text('required = ["two_proportion_z"]\ndeadline = 2026-10-01T18:00:00+02:00\nrequires_at = true\n')
    assert "--at TIME" in judge("ci", "--policy", policy).stderr
    done = judge("ci", "--policy", policy, "--at", "2026-10-01T18:00:01+02:00")
    assert done.returncode == 1
    assert "late: handed in at 2026-10-01 16:00:01 UTC, due at 2026-10-01 16:00:00 UTC" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ci", "nowhere"), "nowhere: there is no such folder"),
        (("ci", "--since", "nothing"), "--since nothing: Git does not know"),
        (("ci", "--at", "noon"), "--at noon: this is not a time such as"),
        (("ci", "--at", "2026-10-01T18:00"), "say whose time it is"),
        (("ci", "--policy", "nowhere.toml"), "nowhere.toml: it cannot be read"),
        (("ci", "--output-format", "jsn"), "Did you mean json"),
        (("ci", "statistics", "--problems", "clustering"), "no file here is named for a problem"),
        (("ci", "--unsafe-no-sandbox"), "No such option"),
    ],
)
def test_usage_errors_say_what_is_wrong(judge: Judge, arguments: tuple[object, ...], message: str) -> None:
    """Exit code 2 and nothing on stdout."""
    done = judge(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_commands_take_a_repository_s_settings(tmp_path: Path) -> None:
    """`judge submit` reads judge.toml of the folder that it is started in; a variable and a flag come before it."""
    root = tmp_path / "repository"
    shutil.copytree(EXAMPLE, root)
    (root / "judge.toml").write_text('feedback = "concise"\n')

    def feedback(*flags: str, **variables: str) -> str:
        told: str = json.loads(run(root, PROGRAM, "submit", STATISTICS, "--json", *flags, **variables).stdout)[
            "feedback"
        ]
        return told

    assert feedback() == "concise"
    assert feedback(JUDGE_FEEDBACK="full") == "full"
    assert feedback("--feedback", "concise", JUDGE_FEEDBACK="full") == "concise"


def test_config_tells_where_each_setting_comes_from(judge: Judge, repository: Path) -> None:
    """Judging, grading and the service, passwords masked."""
    done = judge("config", "--json", JUDGE_WORKERS="1", DATABASE_URL="postgresql+psycopg://me:secret@host/judge")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    told = {(part, one["name"]): one for part in ("judging", "grading", "service") for one in document[part]}
    assert told["judging", "workers"] == {"name": "workers", "value": 1, "source": "JUDGE_WORKERS"}
    assert told["grading", "minimum"]["value"] == 240
    assert told["grading", "minimum"]["source"] == str(repository / "judge.toml")
    assert told["service", "database_url"]["value"] == "postgresql+psycopg://me:***@host/judge"
    assert told["service", "database_url"]["source"] == "DATABASE_URL"
    assert told["service", "port"]["source"] == "built in"


def test_config_shows_no_secret_in_an_address_s_query(judge: Judge) -> None:
    """Drivers take passwords there too."""
    done = judge("config", JUDGE_DATABASE_URL="postgresql+psycopg://host/judge?user=me&password=secret")
    assert "user=me" in done.stdout
    assert "secret" not in done.stdout


def test_config_under_a_policy_shows_the_policy(judge: Judge, tmp_path: Path) -> None:
    """What a student's file says in vain is not shown as in force."""
    policy = tmp_path / "policy.toml"
    policy.write_text("minimum = 30\n")
    document = json.loads(judge("config", "--policy", policy, "--json").stdout)
    grading = {one["name"]: (one["value"], one["source"]) for one in document["grading"]}
    assert grading["minimum"] == (30, str(policy))
    assert "required" not in grading
    assert grading["solutions.regression_metrics.file"][0] == "metrics/how_far_off.py"

"""The service as it is set up: by two commands on a laptop, by workers elsewhere on PostgreSQL, and by mistake."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cluster import Cluster, binaries, missing, running
from sqlalchemy import create_engine, text

ROOT = Path(__file__).parents[2]
JUDGE = str(Path(sys.executable).with_name("judge"))
SECONDS = 240
HEADERS = ("-H", "content-type: application/json")

Curl = Callable[..., Any]


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    """Return an environment with folders of its own, and none of the service's settings."""
    folders = {f"XDG_{kind}_HOME": str(tmp_path / kind.lower()) for kind in ("CONFIG", "DATA", "STATE")}
    return {name: value for name, value in os.environ.items() if "DATABASE" not in name} | folders


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@pytest.fixture
def body(tmp_path: Path) -> str:
    """Return what curl is to send: a file with a right solution."""
    file = tmp_path / "submission.json"
    source = (ROOT / "examples/kmeans.py").read_text(encoding="utf-8")
    file.write_text(json.dumps({"problem": "kmeans", "source": source}))
    return f"@{file}"


@pytest.fixture
def curl(port: int) -> Curl:
    """Return a function that asks the service something by curl, as soon as there is one."""
    if shutil.which("curl") is None:
        missing("no curl is installed here: apt-get install curl")

    def ask(path: str, *options: str) -> Any:
        url = f"http://127.0.0.1:{port}/api/v1{path}"
        patience = ("--retry", str(SECONDS), "--retry-delay", "1", "--retry-connrefused")
        command = ["curl", "--silent", "--show-error", "--fail-with-body", *patience, *options, url]
        return json.loads(subprocess.run(command, check=True, capture_output=True, timeout=SECONDS).stdout)

    return ask


@contextmanager
def started(*command: str, variables: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """Run a command during the block, which ends well when it is told to."""
    process = subprocess.Popen(command, env=variables, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.terminate()
        ended = process.wait(90)
        assert process.stderr is not None
        process.stderr.close()
    assert ended == 0


def wait_for(words: str, process: "subprocess.Popen[str]") -> None:
    """Wait until a command has said something."""
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if words in line:
            return
    pytest.fail(f"it ended before it said that: {said}")


def verdict_of(curl: Curl, identity: str) -> str:
    until = time.monotonic() + SECONDS
    while (found := curl(f"/submissions/{identity}"))["state"] != "done":
        assert time.monotonic() < until, found
        time.sleep(0.2)
    return found["verdict"]


def test_two_commands_judge_a_submission(variables: dict[str, str], port: int, curl: Curl, body: str):
    """`judge serve` and curl: no database to set up, no token, no worker to start."""
    with started(JUDGE, "serve", "--port", str(port), variables=variables):
        made = curl("/submissions", *HEADERS, "-d", body)
        assert verdict_of(curl, made["id"]) == "AC"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Run a PostgreSQL that is reached by a socket in a folder only."""
    with running(binaries()) as made:
        yield made


def network_of(process: "subprocess.Popen[str]") -> str:
    return os.readlink(f"/proc/{process.pid}/ns/net")


def test_workers_in_other_networks_judge_what_is_submitted_here(
    variables: dict[str, str], port: int, curl: Curl, body: str, cluster: Cluster
):
    """All that they need is the database; each takes its share."""
    if shutil.which("unshare") is None:
        missing("no unshare is installed here: apt-get install util-linux")
    url = cluster.create("deployment")
    variables |= {"DATABASE_URL": url}
    subprocess.run([JUDGE, "db", "upgrade"], env=variables, check=True, timeout=SECONDS)
    apart = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--map-current-user"])]
    worker = [*apart, JUDGE, "worker", "--workers", "1"]
    with (
        started(JUDGE, "serve", "--port", str(port), "--workers", "0", variables=variables) as service,
        started(*worker, variables=variables) as one,
        started(*worker, variables=variables) as other,
    ):
        wait_for("Judging", one)
        wait_for("Judging", other)
        assert len({network_of(process) for process in (service, one, other)}) == 3
        made = [curl("/submissions", *HEADERS, "-d", body)["id"] for _ in range(6)]
        assert {verdict_of(curl, identity) for identity in made} == {"AC"}
    engine = create_engine(url)
    with engine.connect() as connection:
        workers = set(connection.scalars(text("SELECT worker FROM submissions")))
    engine.dispose()
    assert workers == {f"{socket.gethostname()}:{process.pid}" for process in (one, other)}


Judge = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def judge(variables: dict[str, str]) -> Judge:
    """Return a function that runs `judge` on a database."""

    def run(url: str, command: str) -> "subprocess.CompletedProcess[str]":
        chosen = variables | {"DATABASE_URL": url}
        arguments = [JUDGE, *command.split()]
        return subprocess.run(arguments, env=chosen, capture_output=True, text=True, timeout=SECONDS, check=False)

    return run


@pytest.mark.parametrize("command", ["serve", "worker", "db upgrade", "db backup judge.db", "admin create eve"])
def test_a_database_that_does_not_answer_is_told_in_one_line(judge: Judge, command: str):
    """With where it was looked for, and without its password."""
    done = judge("postgresql+psycopg://ada:s3cret@127.0.0.1:9/judge", command)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    assert "postgresql+psycopg://ada:***@127.0.0.1:9/judge: " in done.stderr
    assert "Connection refused" in done.stderr
    assert "DATABASE_URL" in done.stderr
    assert "s3cret" not in done.stderr


@pytest.mark.parametrize(
    ("url", "code", "words"),
    [
        ("sqlite:////proc/nowhere/judge.db", 3, "/proc/nowhere: No such file or directory"),
        ("sqlite:////proc/version", 3, "/proc/version: "),
        (f"sqlite:///{__file__}", 3, "file is not a database"),
        ("mysql://ada@localhost/judge", 2, "this database is not supported; it is sqlite:///FILE or postgresql"),
        ("judge.db", 2, "the database URL cannot be read"),
    ],
)
def test_what_cannot_be_a_database_is_told_in_one_line(judge: Judge, url: str, code: int, words: str):
    """It is a mistake in the settings, or a file that is something else."""
    done = judge(url, "db upgrade")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (code, "", 1)
    assert words in done.stderr


def test_a_database_without_tables_says_what_to_run(judge: Judge, tmp_path: Path):
    """A worker is not the one to make them: others may be at work with another version."""
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    done = judge(url, "worker")
    assert done.returncode == 2
    assert "run `judge db upgrade` first" in done.stderr
    assert judge(url, "db upgrade").returncode == 0
    assert judge(url, f"db backup {tmp_path / 'backup'}").stdout == f"Wrote {tmp_path / 'backup'}: 0 submissions\n"
    done = judge(f"sqlite:///{tmp_path / 'other.db'}", f"db restore {tmp_path / 'backup'}")
    assert done.stdout == f"Restored {tmp_path / 'backup'}: 0 submissions\n"


def test_a_port_that_is_taken_is_told_in_one_line(judge: Judge, tmp_path: Path):
    """Before a worker is started in vain."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = judge(f"sqlite:///{tmp_path / 'judge.db'}", f"serve --port {port}")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert f"JUDGE_PORT {port}: Address already in use" in done.stderr


def test_a_folder_without_problems_is_told_in_one_line(judge: Judge, tmp_path: Path):
    """Whoever serves none made a mistake."""
    done = judge(f"sqlite:///{tmp_path / 'judge.db'}", f"serve --problems {tmp_path}")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert f"JUDGE_PROBLEMS {tmp_path}: there are no problems here" in done.stderr

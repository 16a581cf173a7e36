"""The service's image, run as compose.yaml runs a worker: not as root, with few walls less than any container."""

import json
import os
import subprocess
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from cluster import missing

ROOT = Path(__file__).parents[2]
IMAGE = os.environ.get("JUDGE_IMAGE", "judge")
SECONDS = 240
PORT = 18473
URL = f"http://127.0.0.1:{PORT}/api/v1"

pytestmark = pytest.mark.docker

Docker = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def docker() -> Docker:
    """Return a function that runs `docker`; without the image the tests fail in CI, and are skipped elsewhere."""

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = ["docker", *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False)

    if run("image", "inspect", IMAGE).returncode != 0:
        missing(f"there is no image {IMAGE} here: make image")
    return run


def options() -> list[str]:
    """Return what compose.yaml says of a worker's container, as options of `docker run`."""
    worker = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["worker"]
    assert worker["read_only"] is True
    flags = {"--tmpfs": worker["tmpfs"], "--cap-drop": worker["cap_drop"], "--security-opt": worker["security_opt"]}
    given = [part for flag, values in flags.items() for value in values for part in (flag, value)]
    return ["--read-only", *given]


@pytest.fixture
def service(docker: Docker) -> Iterator[str]:
    """Run the service in a container, with workers beside it; yield the container's name."""
    name = f"judge-{uuid.uuid4().hex}"
    # Loopback only, where nobody needs a token; the state is gone with the container.
    settings = ("--env", "JUDGE_HOST=127.0.0.1", "--env", f"JUDGE_PORT={PORT}", "--env", "JUDGE_WORKERS=1")
    state = ("--tmpfs", "/var/lib/judge:uid=10001,mode=700")
    run = ("run", "--detach", "--name", name, "--network", "host", *options(), *state, *settings, IMAGE)
    made = docker(*run)
    assert made.returncode == 0, made.stderr
    try:
        yield name
    finally:
        docker("rm", "--force", name)


def ask(path: str, body: Any = None) -> Any:
    data, headers = json.dumps(body).encode() if body else None, {"Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(URL + path, data, headers), timeout=30) as answer:  # noqa: S310 - our own address
        return json.loads(answer.read())


def wait_for(holds: Callable[[], bool], docker: Docker, service: str) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        try:
            if holds():
                return
        except OSError:
            pass
        time.sleep(0.5)
    logs = docker("logs", service)
    pytest.fail(logs.stdout + logs.stderr)


def test_it_judges_backs_up_and_ends_well(docker: Docker, service: str):
    """Not as root, without a capability, on a file system that it cannot write to."""
    wait_for(lambda: ask("/readyz")["status"] == "ok", docker, service)
    source = (ROOT / "examples/kmeans.py").read_text(encoding="utf-8")
    made = ask("/submissions", {"problem": "kmeans", "source": source})["id"]
    wait_for(lambda: ask(f"/submissions/{made}")["state"] == "done", docker, service)
    found = ask(f"/submissions/{made}")
    assert found["verdict"] == "AC", found
    assert docker("exec", service, "id", "-u").stdout == "10001\n"
    assert "1 submission\n" in docker("exec", service, "judge", "db", "backup", "backup").stdout
    healthy = ("inspect", "--format", "{{.State.Health.Status}}", service)
    wait_for(lambda: docker(*healthy).stdout == "healthy\n", docker, service)
    docker("stop", "--time", "120", service)
    assert docker("inspect", "--format", "{{.State.ExitCode}}", service).stdout == "0\n"


def test_in_an_ordinary_container_nothing_is_judged(docker: Docker):
    """A worker that cannot make its jails says so and ends; nobody's code has been run."""
    database = ("--env", "DATABASE_URL=sqlite:////tmp/judge.db", "--entrypoint", "sh")
    done = docker("run", "--rm", "--network", "none", *database, IMAGE, "-c", "judge db upgrade && judge worker")
    assert done.returncode == 3, done.stderr
    assert "Nothing isolates submitted code on this machine, so nothing was run" in done.stderr


def test_a_service_whose_worker_cannot_work_says_so(docker: Docker):
    """In words, not in tracebacks, and ever less often; what is submitted waits for a worker that can."""
    name = f"judge-{uuid.uuid4().hex}"
    docker("run", "--detach", "--name", name, "--network", "none", IMAGE)
    try:
        wait_for(lambda: "another is started in 4 s" in docker("logs", name).stderr, docker, name)
        said = docker("logs", name).stderr
    finally:
        docker("rm", "--force", name)
    assert "Nothing isolates submitted code on this machine, so nothing was run" in said
    assert "the worker ended with 3; another is started in 2 s" in said
    assert "Traceback" not in said


def test_it_has_what_backups_of_postgresql_need(docker: Docker):
    """The client's programs."""
    for program in ("pg_dump", "pg_restore", "psql"):
        done = docker("run", "--rm", "--network", "none", "--entrypoint", program, IMAGE, "--version")
        assert "PostgreSQL" in done.stdout

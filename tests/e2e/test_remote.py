"""A file judged by a service on this machine, as its users meet it: log in, submit, log out."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RIGHT, WRONG = ROOT / "examples/kmeans.py", ROOT / "examples/wrong/kmeans.py"
JUDGE = str(Path(sys.executable).with_name("judge"))

Judge = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def variables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return an environment with folders of its own for configuration, data and state."""
    home = tmp_path_factory.mktemp("home")
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "DATA", "STATE")}
    return {**os.environ, **folders, "NO_COLOR": "1", "JUDGE_LOOPBACK_MEMBER": "false"}


@pytest.fixture(scope="module")
def url(variables: dict[str, str]) -> Iterator[str]:
    """Start a service that lets nobody in without a token."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([JUDGE, "serve", "--port", str(port), "--workers", "1"], env=variables)
    url = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + 180
        while not is_ready(url):
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        ended = process.wait(90)
    assert ended == 0


def is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/api/v1/readyz", timeout=5):  # noqa: S310 - our own address
            return True
    except OSError:
        return False


@pytest.fixture
def judge(variables: dict[str, str], tmp_path: Path) -> Judge:
    """Return a function that runs `judge` in an empty folder."""

    def run(*arguments: object, text: str = "") -> "subprocess.CompletedProcess[str]":
        command = [JUDGE, *map(str, arguments)]
        return subprocess.run(
            command, cwd=tmp_path, env=variables, input=text, capture_output=True, text=True, timeout=180, check=False
        )

    return run


@pytest.fixture
def logged_in(judge: Judge, url: str) -> Iterator[Judge]:
    """Return the same with a token for the service."""
    token = judge("admin", "create", f"root{time.time_ns()}").stdout
    done = judge("login", url, text=token)
    assert done.returncode == 0, done.stderr
    assert f"Logged in to {url} as root" in done.stdout
    yield judge
    assert judge("logout").returncode == 0


def without_times(text: str) -> str:
    return re.sub(r"  [\d.e+]+× the rival's CPU time .*?, limit", "  limit", text)


def test_a_report_from_a_service_is_the_one_from_here(logged_in: Judge, url: str) -> None:
    """To the letter, at the same seed; only the race's times are others."""
    there = logged_in("submit", RIGHT, "--remote", url)
    assert there.returncode == 0, there.stdout + there.stderr
    found = re.search(r"^seed (\d+),", there.stdout, re.MULTILINE)
    assert found is not None
    here = logged_in("submit", RIGHT, "--seed", found.group(1))
    assert without_times(there.stdout) == without_times(here.stdout)


def test_a_wrong_solution_is_explained_from_afar(logged_in: Judge, url: str) -> None:
    """Exit code 1, calls and hint, and what failed can be tried again here."""
    done = logged_in("submit", WRONG, "--remote", url)
    assert done.returncode == 1
    assert "WA wrong answer" in done.stdout
    assert "kmeans.labels_   # [" in done.stdout
    assert "hint: " in done.stdout
    assert "replayed" in logged_in("replay").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((RIGHT, "-p", "kmans"), 2, "Did you mean kmeans"),
        ((RIGHT, "--seed", 3), 2, "the service decides it"),
        ((), 2, "which file?"),
        (("nothing.py",), 2, "there is no such file"),
    ],
)
def test_a_users_mistake_is_told(
    logged_in: Judge, url: str, arguments: tuple[object, ...], code: int, words: str
) -> None:
    """As it is where the judge is here."""
    done = logged_in("submit", *arguments, "--remote", url)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr


def test_without_a_token_one_is_told_to_log_in(judge: Judge, url: str) -> None:
    """And a token that does not hold is not kept."""
    done = judge("submit", RIGHT, "--remote", url)
    assert done.returncode == 2
    assert "judge login" in done.stderr
    assert judge("login", url, text="judge_wrong\n").returncode == 2
    assert judge("logout").returncode == 2


def test_a_service_that_is_not_there_is_no_verdict(judge: Judge) -> None:
    """Exit code 3, as for any failure that is not the submission's."""
    done = judge("submit", RIGHT, "--remote", "http://127.0.0.1:9")
    assert done.returncode == 3
    assert "cannot be reached" in done.stderr

"""What of the Docker backend needs no engine; the rest is in the conformance list."""

import sys

import pytest

from sandbox import docker
from sandbox.contract import Environment, Limits
from sandbox.docker import Docker, build_command, has_engine
from sandbox.errors import SandboxError


def test_a_daemon_that_is_not_there_is_told_and_leaves_nothing_open(monkeypatch, tmp_path):
    """On a laptop without Docker the judge goes on with what else isolates."""
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/nowhere.sock")
    assert has_engine() is False
    with pytest.raises(SandboxError, match="docker: the daemon cannot be reached"):
        Docker().open(Limits(), Environment())


def test_an_installation_without_the_sdk_is_told(monkeypatch):
    """It is an extra, and whoever has bubblewrap does without."""
    monkeypatch.setitem(sys.modules, "docker", None)
    assert has_engine() is False
    with pytest.raises(SandboxError, match=r"pip install 'ml-coding-judge\[docker\]'"):
        Docker().open(Limits(), Environment())


@pytest.mark.parametrize(
    ("distributions", "tag"),
    [
        (("numpy",), "numpy"),
        (("numpy", "scipy"), "science"),
        (("numpy", "pandas", "scipy"), "science"),
        (("numpy", "scikit-learn"), "rival"),
    ],
)
def test_a_session_gets_the_smallest_image_that_suffices(distributions, tag):
    """scikit-learn is in the rival's image alone."""
    assert docker._tag(Environment(distributions)) == tag


def test_the_command_that_builds_an_image_names_its_libraries():
    """It can be copied from the message that asks for it."""
    command = build_command("judge-jail:science")
    assert "--build-arg LIBRARIES=science" in command
    assert "-t judge-jail:science" in command

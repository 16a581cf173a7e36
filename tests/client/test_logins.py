"""Kept tokens: one for each service, for their owner only."""

import os
from pathlib import Path

import pytest

from judge.client import logins
from judge.errors import UsageError


@pytest.fixture(autouse=True)
def configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a configuration folder of its own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path


def test_a_token_is_kept_for_its_service_alone():
    """Another service gets nothing."""
    logins.keep("https://a.example", "one")
    logins.keep("https://b.example", "two")
    logins.keep("https://a.example", "three")
    assert (logins.token_for("https://a.example"), logins.token_for("https://b.example")) == ("three", "two")
    assert logins.token_for("https://c.example") is None


def test_a_forgotten_token_is_gone():
    """And it can be forgotten once."""
    path = logins.keep("https://a.example", "one")
    assert logins.forget("https://a.example")
    assert not logins.forget("https://a.example")
    assert "one" not in path.read_text()


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such modes")
def test_only_the_owner_reads_tokens():
    """Whatever the umask is; a file that others can read is refused."""
    before = os.umask(0)
    try:
        path = logins.keep("https://a.example", "one")
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    with pytest.raises(UsageError, match="chmod 600"):
        logins.token_for("https://a.example")


@pytest.mark.parametrize("content", ["", "[]", '{"a": 1}', "\x00", "[" * 100_000])
def test_a_broken_file_is_told(content: str):
    """It is not taken for an empty one, which would be overwritten."""
    logins.keep("https://a.example", "one").write_text(content)
    with pytest.raises(UsageError, match="log in again"):
        logins.token_for("https://a.example")

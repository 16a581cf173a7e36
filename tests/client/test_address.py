"""Addresses of services: what is one, and where a token may travel."""

import pytest

from judge.client.address import parse_address
from judge.errors import UsageError


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://judge.example.org", "https://judge.example.org"),
        ("https://Judge.Example.org/", "https://judge.example.org"),
        ("https://judge.example.org/api/v1/", "https://judge.example.org"),
        ("https://example.org:8443/judge/", "https://example.org:8443/judge"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("http://localhost", "http://localhost"),
    ],
)
def test_an_address_is_written_in_one_way(text: str, url: str):
    """A token is kept under the address, so that two ways of writing it are one."""
    assert parse_address(text).url == url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "judge.example.org",
        "ftp://judge.example.org",
        "https://",
        "https://me:secret@judge.example.org",
        "https://judge.example.org?x=1",
        "https://judge.example.org#x",
        "https://judge.example.org:99999",
        "https://judge.example.org/a b",
        "https://judge.example.org/\x1b[2J",
        "https://[::1",
    ],
)
def test_what_is_no_address_is_refused(text: str):
    """A user's mistake is told as one."""
    with pytest.raises(UsageError):
        parse_address(text)


@pytest.mark.parametrize("host", ["judge.example.org", "203.0.113.5", "localhost.example.org", "127.0.0.1.example.org"])
def test_plain_http_to_another_machine_must_be_asked_for(host: str):
    """Who is on the way could read the token and write the verdict."""
    with pytest.raises(UsageError, match="https"):
        parse_address(f"http://{host}")
    assert parse_address(f"http://{host}", allow_plain=True).is_loopback is False

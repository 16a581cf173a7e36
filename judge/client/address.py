"""Where a service is, and whether a token may travel there."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from judge.errors import UsageError

API = "/api/v1"


@dataclass(frozen=True, slots=True)
class Address:
    """A service's address: `url` begins all of its paths and is what tokens are kept under."""

    url: str
    is_loopback: bool


def parse_address(text: str, *, allow_plain: bool = False) -> Address:
    """Return the address that a user gave.

    Raises UsageError when it is none, or when it is plain HTTP to another
    machine and `allow_plain` is not set: whoever is on the way could read the
    token and the source, and write the verdict.
    """
    try:
        parts = urlsplit(text.strip())
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"{text!r} is not an address: {error}") from error
    if parts.scheme not in ("http", "https") or not host or not _is_printable(text.strip()):
        raise UsageError(f"{text!r} is not a service's address; it looks like https://judge.example.org")
    if parts.username is not None or parts.query or parts.fragment:
        raise UsageError("a service's address has no user, no ? and no #; tokens are given to `judge login`")
    is_loopback = _is_loopback(host)
    if parts.scheme == "http" and not is_loopback and not allow_plain:
        raise UsageError(f"{host}: plain http can be read on the way; use https, or --insecure if nobody is on it")
    name = f"[{host}]" if ":" in host else host
    place = name if port is None else f"{name}:{port}"
    path = parts.path.rstrip("/").removesuffix(API).rstrip("/")
    return Address(f"{parts.scheme}://{place}{path}", is_loopback)


def _is_printable(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

"""`judge submit --remote`, `judge login` and `judge logout`."""

import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from judge.catalogue import Catalogue
from judge.cli.submitting import Order, Outcome, find_file, finish, read_source, shown_progress
from judge.client import logins
from judge.client.address import Address, parse_address
from judge.client.connection import Connection
from judge.client.service import Service, Ticket
from judge.errors import JudgeError, UsageError, did_you_mean
from judge.report import Report
from judge.verdict import Verdict

_TOKEN_CAP = 4096


def submit_remotely(order: Order, url: str, *, is_insecure: bool) -> None:
    """Have a service judge a file, and do with its report what is done with one from here."""
    address = parse_address(url, allow_plain=is_insecure)
    with _service(address, logins.token_for(address.url)) as service:
        titles = service.problems()
        file = find_file(order.file, [order.slug] if order.slug else titles)
        slug = _problem(titles, order.slug, file)
        source = read_source(file)
        report = _judged(service, service.submit(slug, source, secrets.token_hex(16)))
    if report.verdict is Verdict.JE and not report.cases:
        sys.stderr.write(f"judge: {report.message}\n")
    finish(order, Outcome(file, source, report, titles[slug], Catalogue(order.problems).slugs().get(slug)))


def _problem(titles: dict[str, str], slug: str | None, file: Path) -> str:
    """Return the problem that was meant, which the service must have."""
    meant = slug or file.stem
    if meant not in titles:
        name = "" if slug else " Name it with -p SLUG, or name the file after its problem."
        raise UsageError(f"the service has no problem named {meant!r}.{name}{did_you_mean(meant, titles)}")
    return meant


def _judged(service: Service, ticket: Ticket) -> Report:
    with _cancelling(service, ticket), shown_progress("waiting for its turn") as progress:
        service.follow(ticket, progress)
    return service.report(ticket)


@contextmanager
def _cancelling(service: Service, ticket: Ticket) -> Iterator[None]:
    """Have a submission cancelled that nobody waits for any more."""
    try:
        yield
    except (SystemExit, KeyboardInterrupt):
        with suppress(JudgeError):
            service.cancel(ticket)
        raise


def login(url: str, *, is_insecure: bool) -> None:
    """Read a token from standard input, check it with the service, keep it."""
    address = parse_address(url, allow_plain=is_insecure)
    token = _read_token()
    with _service(address, token) as service:
        me = service.me()
    path = logins.keep(address.url, token)
    print(f"Logged in to {address.url} as {me.name} ({me.role}). The token is kept in {path}.")


def _read_token() -> str:
    if sys.stdin.isatty():
        from getpass import getpass

        token = getpass("Token: ")
    else:
        token = sys.stdin.readline(_TOKEN_CAP)
    token = token.strip()
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise UsageError("this is not a token; an admin of the service makes one, and it is one word")
    return token


def logout(url: str | None) -> None:
    """Forget the token of a service, or of the only one that there is a token for."""
    known = logins.urls()
    if url is None and len(known) != 1:
        raise UsageError(f"which service? {'you are logged in to ' + ', '.join(known) if known else 'none is known'}")
    named = known[0] if url is None else parse_address(url, allow_plain=True).url
    if not logins.forget(named):
        raise UsageError(f"{named}: there is no token for it here")
    print(f"Forgot the token for {named}. It holds until it expires: DELETE {named}/api/v1/tokens/NUMBER ends it.")


def _service(address: Address, token: str | None) -> Service:
    if token is None and not address.is_loopback:
        raise UsageError(f"there is no token for {address.url}; run `judge login {address.url}` first")
    return Service(Connection(address, token))

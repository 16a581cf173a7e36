"""What the routes stand on: settings, database, problems, queue, and who is calling."""

import ipaddress
import math
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api import accounts, packs
from api.accounts import Caller
from api.database import reading
from api.errors import RequestError
from api.models import ProblemPack
from api.queueing import Queue
from api.settings import LOOPBACK, Settings
from judge.catalogue import Catalogue
from judge.errors import UsageError
from judge.problem import Problem

# Reading a folder anew takes longer than all else that a submission asks of us.
_STALE_SECONDS = 10.0
RETRY = "5"
"""In seconds, when what is full now may have room."""
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


@dataclass(frozen=True, slots=True)
class Service:
    """One process's service."""

    settings: Settings
    engine: Engine
    catalogue: Catalogue
    queue: Queue
    limiter: MovingWindowRateLimiter = field(default_factory=lambda: MovingWindowRateLimiter(MemoryStorage()))
    refused: Counter[str] = field(default_factory=Counter)
    watchers: Counter[int] = field(default_factory=Counter)
    _read: dict[str, tuple[float, Problem]] = field(default_factory=dict)

    def problem(self, slug: str) -> Problem:
        """Return a problem as it stood some seconds ago; raise RequestError (404) when there is none of that name."""
        read_at, problem = self._read.get(slug, (-math.inf, None))
        if problem is None or time.monotonic() - read_at > _STALE_SECONDS:
            try:
                problem = self.catalogue.problem(slug)
            except UsageError as error:
                raise RequestError(404, str(error)) from None
            self._read[slug] = time.monotonic(), problem
        return problem

    def pack(self, caller: Caller, slug: str) -> ProblemPack | None:
        """Return the pack of a problem of the caller's team, None for a built-in one.

        Raises RequestError (404) when the caller can see no problem of that name.
        """
        try:
            self.problem(slug)
        except RequestError:
            with reading(self.engine) as session:
                found = packs.current(session, caller.account.team_id, slug)
            if found is None:
                raise
            return found
        return None

    def limit(self, caller: Caller) -> None:
        """Count a request of an account; raise RequestError (429) when there were too many in a minute."""
        item, key = RateLimitItemPerMinute(self.settings.requests_per_minute), str(caller.account.id)
        if not self.limiter.hit(item, key):
            wait = self.limiter.get_window_stats(item, key).reset_time - time.time()
            self.refused["rate"] += 1
            raise RequestError(429, "too many requests in a minute", Retry_After=str(max(1, round(wait))))

    @contextmanager
    def watched_by(self, caller: Caller) -> Iterator[None]:
        """Count a watcher during the block; raise RequestError (429, 503) where an account, or all, have too many."""
        account, settings = caller.account.id, self.settings
        for status, is_full, reason in (
            (429, self.watchers[account] >= settings.account_watchers_cap, "you watch too many submissions at once"),
            (503, self.watchers.total() >= settings.watchers_cap, "too many submissions are being watched"),
        ):
            if is_full:
                self.refused["watchers"] += 1
                raise RequestError(status, reason, Retry_After=RETRY)
        self.watchers[account] += 1
        try:
            yield
        finally:
            self.watchers[account] -= 1


def service_of(request: Request) -> Service:
    """Return the service that a request came to."""
    service: Service = request.app.state.service
    return service


def _reading(request: Request) -> Iterator[Session]:
    with reading(service_of(request).engine) as session:
        yield session


def _writing(request: Request) -> Iterator[Session]:
    with Session(service_of(request).engine, expire_on_commit=False) as session:
        yield session


def is_local(request: Request) -> bool:
    """Tell whether a request comes from this machine itself, by a name of its own, through nobody.

    A web page that the user visits can reach loopback too, but not under a name
    of loopback's unless it names it, and then a browser sends its origin along.
    """
    host = (request.url.hostname or "").strip("[]")
    peer = request.client.host if request.client else ""
    if host not in LOOPBACK or not _is_loopback(peer):
        return False
    return not any(name in request.headers for name in (*_FORWARDED, "origin"))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


# For the API's description; what is shown is looked at below, since another scheme is not the same as none.
_Bearer = Annotated[object, Security(HTTPBearer(auto_error=False, description="A token of the service's."))]


def caller_of(request: Request, _: _Bearer) -> Caller:
    """Return who is calling; raise RequestError (401) when nobody is known by what they show."""
    service = service_of(request)
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    with reading(service.engine) as session:
        if scheme:
            caller = accounts.by_secret(session, secret) if scheme.lower() == "bearer" else None
        elif service.settings.loopback_member and service.settings.is_loopback and is_local(request):
            caller = accounts.local_member(session)
        else:
            caller = None
    if caller is None:
        raise RequestError(401, "a token is needed: Authorization: Bearer …", WWW_Authenticate="Bearer")
    service.limit(caller)
    return caller


async def _here(request: Request) -> Service:
    # Not a plain function: those are given a thread each.
    return service_of(request)


Here = Annotated[Service, Depends(_here)]
Reading = Annotated[Session, Depends(_reading)]
Writing = Annotated[Session, Depends(_writing)]
By = Annotated[Caller, Depends(caller_of)]

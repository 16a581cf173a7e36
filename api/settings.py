"""What can be set about the service, each by an environment variable `JUDGE_<NAME>`; flags of a command come before."""

import os
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from judge.catalogue import BUILT_IN


def _own_database() -> str:
    return f"sqlite:///{user_data_path('ml-coding-judge') / 'service.db'}"


class Settings(BaseSettings):
    """The service's settings; every one has a default that is safe on a laptop."""

    model_config = SettingsConfigDict(env_prefix="JUDGE_", frozen=True)

    database_url: str = Field(
        default_factory=_own_database,
        validation_alias=AliasChoices("database_url", "JUDGE_DATABASE_URL", "DATABASE_URL"),
        description="Where everything is kept: sqlite:///FILE, or postgresql+psycopg://… for workers on other hosts.",
    )
    host: str = Field("127.0.0.1", description="The address that the service listens on.")
    port: int = Field(8000, ge=0, le=65535, description="The port that the service listens on.")
    hosts: tuple[str, ...] = Field(
        (), description="Names under which the service is reached, besides loopback's; requests for others are refused."
    )
    loopback_member: bool = Field(
        True,
        description="Let requests from this machine in without a token, as one member, where the service listens on "
        "loopback only. Turn it off behind a proxy.",
    )
    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1,
        ge=0,
        le=256,
        description="Submissions judged at once by `judge serve` or `judge worker` on this host.",
    )
    problems: Path = Field(BUILT_IN, description="The folder of problems.")
    feedback: Literal["full", "concise"] = Field(
        "full",
        description="How much reports say of hidden cases: concise withholds their inputs and what was printed.",
    )
    source_cap: int = Field(256 << 10, gt=0, description="The largest body of a request in bytes.")
    queue_cap: int = Field(5000, gt=0, description="Submissions waiting at once, of all accounts together.")
    waiting_cap: int = Field(1000, gt=0, description="Submissions waiting at once, of one account.")
    daily_cap: int = Field(5000, gt=0, description="Submissions of one account in 24 hours.")
    requests_per_minute: int = Field(1200, gt=0, description="Requests of one account in a minute, to one process.")
    account_watchers_cap: int = Field(20, gt=0, description="Submissions that one account watches at once.")
    watchers_cap: int = Field(200, gt=0, description="Submissions that are watched at once, by all accounts together.")
    token_days: int = Field(90, gt=0, le=3650, description="Days until a token expires, where nothing else is asked.")
    jailed_graders: bool = Field(
        True,
        description="Run suites in jails of their own, which needs bubblewrap; without, there are no private packs.",
    )
    grading_seconds: float = Field(
        180.0, gt=0, description="How long the suite of one submission may take, on a machine of nominal speed."
    )
    lease_seconds: float = Field(
        6.0, gt=0.5, description="Silence of a worker after which its submission goes to another."
    )

    @property
    def is_loopback(self) -> bool:
        """Tell whether only this machine can reach the service."""
        return self.host in LOOPBACK


LOOPBACK = ("127.0.0.1", "::1", "localhost")

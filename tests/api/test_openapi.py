"""The API's description holds for what the service does: Schemathesis tries every operation, well and badly."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from api import accounts
from api.accounts import ALLOWED, Grant, Role
from api.service import Service

_EXAMPLES = 12
# Refused though the requests are as described: a key that came with another body before, a report in a type that there
# is not, and bytes that are no pack.
_CONFIGURATION = """
hooks = "serializers"

[[operations]]
include-path = "/api/v1/submissions"
include-method = "POST"
[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "409", "422", "429"]

[[operations]]
include-path = "/api/v1/submissions/{identity}/report"
[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "406", "409", "429"]

[[operations]]
include-path = "/api/v1/problems/{slug}"
include-method = "PUT"
[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "403", "404", "409", "422", "429"]
"""
_SERIALIZERS = """
import schemathesis


@schemathesis.serializer("application/zip")
def as_they_are(_, value):
    data = getattr(value, "data", value)
    return data if isinstance(data, bytes) else str(data).encode()
"""


def secret_of(service: Service, role: Role) -> str:
    """Make an account with tokens, and return the last one's secret: a guess at numbers revokes the others."""
    with Session(service.engine, expire_on_commit=False) as session, session.begin():
        account = accounts.create_account(session, "test", f"the {role}", role, "team")
        for _ in range(5):
            _, secret = accounts.create_token(session, "test", account, Grant("test", ALLOWED[role], 1))
    return secret


@pytest.mark.parametrize("role", [Role.ADMIN, Role.MEMBER, None])
def test_the_service_keeps_to_its_description(
    service: Service, running: Callable[[Service], AbstractContextManager[str]], tmp_path: Path, role: Role | None
):
    """Status, headers, media type and body are those described; bad input is refused, and nobody is let in unknown."""
    changes = {"requests_per_minute": 10**6, "loopback_member": False}
    object.__setattr__(service, "settings", service.settings.model_copy(update=changes))
    configuration = tmp_path / "schemathesis.toml"
    token = "" if role is None else f'[auth.openapi.HTTPBearer]\nbearer = "{secret_of(service, role)}"\n'
    configuration.write_text(f"{_CONFIGURATION}\n{token}")
    (tmp_path / "serializers.py").write_text(_SERIALIZERS)
    with running(service) as url:
        command = [
            *(str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(configuration)),
            *("run", f"{url}/api/v1/openapi.json", "--checks", "all", "--max-examples", str(_EXAMPLES)),
            *("--generation-deterministic", "--seed", "1", "--no-color"),
        ]
        variables = {**os.environ, "PYTHONPATH": str(tmp_path)}
        done = subprocess.run(
            command, cwd=tmp_path, env=variables, capture_output=True, text=True, timeout=300, check=False
        )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr

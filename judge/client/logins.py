"""The tokens that `judge login` keeps, one for each service, in a file that only its owner may read."""

import json
import os
import tempfile
from pathlib import Path

import msgspec
from platformdirs import user_config_path

from judge.errors import UsageError

_APPLICATION = "ml-coding-judge"
_OTHERS = 0o077


def token_for(url: str) -> str | None:
    """Return the token that is kept for a service, if there is one; raise UsageError when others could read it."""
    return _read().get(url)


def keep(url: str, token: str) -> Path:
    """Keep a service's token in place of an earlier one; return the file that holds it."""
    return _write({**_read(), url: token})


def forget(url: str) -> bool:
    """Forget a service's token; tell whether there was one."""
    tokens = _read()
    if tokens.pop(url, None) is None:
        return False
    _write(tokens)
    return True


def urls() -> list[str]:
    """Return the services that a token is kept for."""
    return sorted(_read())


def _path() -> Path:
    return user_config_path(_APPLICATION) / "logins.json"


def _read() -> dict[str, str]:
    path = _path()
    try:
        with path.open("rb") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & _OTHERS:
                raise UsageError(f"{path}: others can read these tokens; run `chmod 600 {path}`, or make new ones")
            return msgspec.convert(json.loads(file.read()), dict[str, str])
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"{path}: it cannot be read ({error}); remove it and log in again") from error


def _write(tokens: dict[str, str]) -> Path:
    path = _path()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # A temporary file is its owner's alone from the start; renamed, so that who is interrupted loses nothing.
        with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
            json.dump(tokens, file, indent=1)
        os.replace(file.name, path)
    except OSError as error:
        raise UsageError(f"{path}: it cannot be written: {error.strerror or error}") from error
    return path

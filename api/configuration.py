"""The service's settings for `judge config`, which finds them by an entry point of the group `judge.settings`."""

import os
from collections.abc import Iterator
from typing import Any

from pydantic import AliasChoices, ValidationError
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from api.settings import Settings
from judge.errors import UsageError
from judge.settings import Setting

_MASK = "***"


def in_force() -> Iterator[Setting]:
    """Yield each setting, secrets masked, and the variable that it comes from; raise UsageError where one is wrong."""
    try:
        settings = Settings.model_validate({})
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(f"{'_'.join(map(str, first['loc'])).upper()}: {first['msg']}") from None
    for name in Settings.model_fields:
        value = getattr(settings, name)
        yield Setting(name, without_password(value) if name == "database_url" else value, _source(name))


def _source(name: str) -> str:
    """Return the variable that sets a setting; pydantic takes the first that there is, in any case of letters."""
    alias = Settings.model_fields[name].validation_alias
    prefix = Settings.model_config.get("env_prefix", "")
    names = [str(choice) for choice in alias.choices] if isinstance(alias, AliasChoices) else [prefix + name]
    present = {variable.lower(): variable for variable in os.environ}
    return next((present[one.lower()] for one in names if one.lower() in present), "built in")


def without_password(text: str) -> Any:
    """Return a database's address without what opens it."""
    try:
        url = make_url(text)
    except ArgumentError:
        return _MASK
    secret = [key for key in url.query if "pass" in key.lower() or "key" in key.lower()]
    return url.update_query_dict(dict.fromkeys(secret, _MASK)).render_as_string(hide_password=True)

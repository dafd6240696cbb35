"""What the operator decides, read once when the program starts: options of the command line over `LARGESSE_*` variables
over defaults. The names agree: `--database-url`, `LARGESSE_DATABASE_URL` and `Settings.database_url` are one thing.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import msgspec

PREFIX = "LARGESSE_"

WORKERS_MAX = 64
"""More processes than any machine this was tried on has cores; a slip of the finger should not fork a thousand."""


class WrongSetting(Exception):  # noqa: N818 - it names what the operator did
    """A setting has a value it cannot have; the message names it and is meant for the operator."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """One node's settings.

    * `host`, `port`: where to listen; port 0 lets the system choose.
    * `workers`: processes that serve.
    * `data_dir`: the folder of the embedded database; used only without a `database_url`.
    * `database_url`: an external PostgreSQL ("postgresql://...").
    * `log_requests`: one line per request on standard error.
    """

    host: str = "127.0.0.1"
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 9000
    workers: Annotated[int, msgspec.Meta(ge=1, le=WORKERS_MAX)] = 1
    data_dir: str = "largesse-data"
    database_url: str | None = None
    log_requests: bool = True

    @property
    def data_path(self) -> Path:
        """The data folder, absolute."""
        return Path(self.data_dir).expanduser().absolute()


def read_settings(environment: Mapping[str, str], **options: object) -> Settings:
    """Settings from the environment, overridden by those `options` that are not None.

    Raises `WrongSetting` for a value of the wrong type or outside its limits, and for an option that does not exist.
    """
    names = [field.name for field in msgspec.structs.fields(Settings)]
    unknown = sorted(set(options) - set(names))
    if unknown:
        raise WrongSetting(f"there is no setting called {unknown[0]}")
    values: dict[str, object] = {
        name: environment[PREFIX + name.upper()] for name in names if environment.get(PREFIX + name.upper())
    }
    values |= {name: value for name, value in options.items() if value is not None}
    try:
        return msgspec.convert(values, Settings, strict=False)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at `$.")
        name = place.rstrip("`")
        raise WrongSetting(f"{PREFIX}{name.upper()} (or --{name.replace('_', '-')}): {reason}") from error


def from_environment(**options: object) -> Settings:
    """`read_settings` on this process's own environment."""
    return read_settings(os.environ, **options)


def environment_of(settings: Settings) -> dict[str, str]:
    """The environment in which a process started by this one reads the same settings."""
    values = {PREFIX + name.upper(): value for name, value in msgspec.structs.asdict(settings).items()}
    inherited = {name: value for name, value in os.environ.items() if name not in values}
    return inherited | {name: str(value) for name, value in values.items() if value is not None}

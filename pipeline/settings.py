"""What a run may be told: sane defaults, then ``saraban.toml``, then ``SARABAN_…`` variables.

The command line's own options win over all three. ``saraban config`` prints each value and
where it came from.
"""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field, PositiveInt, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from pipeline.errors import UsageError

CONFIG_FILE = Path("saraban.toml")


class Settings(BaseSettings):
    """Settings of a run; every field can be set as ``field = …`` in ``saraban.toml`` or ``SARABAN_FIELD``."""

    model_config = SettingsConfigDict(
        env_prefix="SARABAN_", toml_file=CONFIG_FILE, extra="forbid", frozen=True
    )

    out: Path = Field(Path("data/processed"), description="Folder for the catalog and datasets")
    workers: PositiveInt = Field(
        default_factory=lambda: os.cpu_count() or 1, description="Worker processes that read pages"
    )
    dpi: int = Field(300, ge=100, le=600, description="Resolution at which PDF pages are rasterised")
    page_break: str | None = Field(
        None, description="Text that separates pages in transcripts, besides form feeds"
    )
    max_pages: PositiveInt = Field(3000, description="Pages that one file may have")
    max_page_pixels: PositiveInt = Field(
        120_000_000, description="Pixels that one page may have once rasterised"
    )
    max_file_bytes: PositiveInt = Field(2_000_000_000, description="Bytes that one file may have")
    page_seconds: float = Field(120.0, gt=0, description="Time limit for reading one page")
    file_seconds: float = Field(7200.0, gt=0, description="Time limit for reading one file")
    worker_megabytes: PositiveInt = Field(3000, description="Memory that one worker process may use")
    dask: str | None = Field(None, description="Address of a Dask scheduler, such as tcp://host:8786")
    nightly_input: Path = Field(Path("data/raw"), description="Folder that the nightly run ingests")
    nightly_cron: str = Field("0 1 * * *", description="When the nightly run starts, in nightly_timezone")
    nightly_timezone: str = Field("Asia/Bangkok", description="Time zone of nightly_cron")
    nightly_port: int = Field(
        0, ge=0, le=65535, description="Port of the loopback Prefect server; 0: a free one"
    )
    notify_command: str | None = Field(
        None, description="Command run after a failed nightly run; what happened is its standard input"
    )
    notify_webhook: str | None = Field(
        None, description="Address to which a failed nightly run posts what happened, as JSON"
    )

    @field_validator("out", "nightly_input")
    @classmethod
    def _in_the_home_folder(cls, path: Path) -> Path:
        """A ``~`` that no shell has replaced, as in ``saraban.toml``, is the home folder all the same."""
        return path.expanduser()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order of precedence: given in code, environment, ``saraban.toml``."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load_settings(**given: object) -> Settings:
    """The settings in force; ``given`` values that are not None win over file and environment.

    Raises :class:`pipeline.errors.UsageError` when a value is of the wrong kind or unknown.
    """
    known = {f"SARABAN_{name.upper()}" for name in Settings.model_fields}
    for name in sorted(os.environ):
        if name.upper().startswith("SARABAN_") and name.upper() not in known:
            raise UsageError(f"environment {name}: there is no such setting")
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        reason = "there is no such setting" if first["type"] == "extra_forbidden" else first["msg"]
        raise UsageError(f"setting {name}: {reason}") from error
    except (OSError, ValueError) as error:
        raise UsageError(f"{CONFIG_FILE}: {error}") from error


def describe_settings(settings: Settings) -> tuple[tuple[str, str, str], ...]:
    """(name, value, where it came from) of every setting, in the order of declaration."""
    in_file = TomlConfigSettingsSource(type(settings))()
    variables = {variable.upper(): variable for variable in os.environ}
    rows = []
    for name in type(settings).model_fields:
        variable = variables.get(f"SARABAN_{name.upper()}")
        if variable is not None:
            origin = f"environment ({variable})"
        elif name in in_file:
            origin = str(CONFIG_FILE)
        else:
            origin = "default"
        rows.append((name, str(getattr(settings, name)), origin))
    return tuple(rows)

"""Settings of the program: environment variables, or files of the same names in a secrets folder (API.md)."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from adapters.cron import CronExpressions
from adapters.outbound.addresses import AddressPolicy
from domain.runs.kinds import HouseKind

SECRETS_FOLDER = Path("/run/secrets")
OFF = "off"


class Configuration(BaseSettings):
    """What can be set from outside. Unset servers mean the embedded ones."""

    model_config = SettingsConfigDict(
        case_sensitive=False,
        extra="ignore",
        secrets_dir=SECRETS_FOLDER if SECRETS_FOLDER.is_dir() else None,
        populate_by_name=True,
    )

    database_url: str | None = Field(default=None, alias="DATABASE_URL")
    redis_url: str | None = Field(default=None, alias="REDIS_URL")
    data: Path = Field(default=Path("data"), alias="BALLAST_DATA")
    auth: Literal["open", "password", "oidc"] = Field(default="open", alias="BALLAST_AUTH")
    host: str = Field(default="127.0.0.1", alias="BALLAST_HOST")
    port: int = Field(default=8000, alias="BALLAST_PORT", ge=1, le=65535)
    callback_secret: SecretStr | None = Field(default=None, alias="BALLAST_CALLBACK_SECRET")
    sealing_key: SecretStr | None = Field(default=None, alias="BALLAST_SEALING_KEY")
    alpaca_url: str | None = Field(default=None, alias="BALLAST_ALPACA_URL")
    alpaca_stream_url: str | None = Field(default=None, alias="BALLAST_ALPACA_STREAM_URL")
    alpaca_data_url: str | None = Field(default=None, alias="BALLAST_ALPACA_DATA_URL")
    outbound_allow: str | None = Field(default=None, alias="BALLAST_OUTBOUND_ALLOW")
    backup_cron: str = Field(default="15 2 * * *", alias="BALLAST_BACKUP_CRON")
    backups_keep: int = Field(default=14, alias="BALLAST_BACKUPS_KEEP", ge=1)
    audit_heads: Path | None = Field(default=None, alias="BALLAST_AUDIT_HEADS")
    retention_cron: str = Field(default="45 2 * * *", alias="BALLAST_RETENTION_CRON")
    log_level: str = Field(default="INFO", alias="BALLAST_LOG_LEVEL")

    @field_validator("outbound_allow")
    @classmethod
    def _can_be_read(cls, allowed: str | None) -> str | None:
        AddressPolicy.parse(allowed)
        return allowed

    @field_validator("backup_cron", "retention_cron")
    @classmethod
    def _falls_due(cls, cron: str) -> str:
        if cron != OFF:
            for problem in CronExpressions().problems(cron, "UTC").values():
                raise ValueError(f"{problem} Or it is {OFF!r}.")
        return cron

    def house_schedules(self) -> dict[HouseKind, str]:
        """What is done for the whole house by itself, with its cron expression in UTC."""
        crons: dict[HouseKind, str] = {"backup": self.backup_cron, "retention": self.retention_cron}
        return {kind: cron for kind, cron in crons.items() if cron != OFF}

"""Settings of the program: environment variables, or files of the same names in a secrets folder (API.md)."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from adapters.outbound.addresses import AddressPolicy

SECRETS_FOLDER = Path("/run/secrets")


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
    outbound_allow: str | None = Field(default=None, alias="BALLAST_OUTBOUND_ALLOW")
    log_level: str = Field(default="INFO", alias="BALLAST_LOG_LEVEL")

    @field_validator("outbound_allow")
    @classmethod
    def _can_be_read(cls, allowed: str | None) -> str | None:
        AddressPolicy.parse(allowed)
        return allowed

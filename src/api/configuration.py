"""Settings of the program: environment variables, or files of the same names in a secrets folder."""

import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from adapters.cron import CronExpressions
from adapters.exports.bucket import StoreSettings
from adapters.oidc.client import OidcClient
from adapters.outbound.addresses import AddressPolicy
from api.issuer_settings import IssuerSettings
from api.operators import Operators
from api.reviewing import Reviewing
from application.access.sign_in_at_issuer import Admitted
from domain.exports.destination import Bucket, Destination, destination_of
from domain.refusals import Invalid
from domain.runs.kinds import HouseKind

SECRETS_FOLDER = Path("/run/secrets")
BUILT_PAGE = Path(__file__).parents[2] / "web" / "dist"
"""Where ``make page`` puts the page, beside the sources."""

OFF = "off"


def _destinations(named: str) -> list[Destination]:
    try:
        return [destination_of(each) for each in re.split(r"[\s,]+", named) if each]
    except Invalid as refusal:
        raise ValueError(str(refusal)) from None


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
    public_url: str | None = Field(default=None, alias="BALLAST_PUBLIC_URL")
    trusted_proxies: str = Field(default="127.0.0.1", alias="BALLAST_TRUSTED_PROXIES")
    oidc_issuer: str | None = Field(default=None, alias="BALLAST_OIDC_ISSUER")
    oidc_client_id: str | None = Field(default=None, alias="BALLAST_OIDC_CLIENT_ID")
    oidc_client_secret: SecretStr | None = Field(default=None, alias="BALLAST_OIDC_CLIENT_SECRET")
    oidc_audience: str | None = Field(default=None, alias="BALLAST_OIDC_AUDIENCE")
    oidc_admit: Admitted = Field(default="known", alias="BALLAST_OIDC_ADMIT")
    operators: str | None = Field(default=None, alias="BALLAST_OPERATORS")
    requests_per_minute: int = Field(default=6000, alias="BALLAST_REQUESTS_PER_MINUTE", ge=10)
    callback_secret: SecretStr | None = Field(default=None, alias="BALLAST_CALLBACK_SECRET")
    sealing_key: SecretStr | None = Field(default=None, alias="BALLAST_SEALING_KEY")
    alpaca_url: str | None = Field(default=None, alias="BALLAST_ALPACA_URL")
    alpaca_stream_url: str | None = Field(default=None, alias="BALLAST_ALPACA_STREAM_URL")
    alpaca_data_url: str | None = Field(default=None, alias="BALLAST_ALPACA_DATA_URL")
    outbound_allow: str | None = Field(default=None, alias="BALLAST_OUTBOUND_ALLOW")
    backup_cron: str = Field(default="15 2 * * *", alias="BALLAST_BACKUP_CRON")
    backups_keep: int = Field(default=14, alias="BALLAST_BACKUPS_KEEP", ge=1)
    audit_heads: Path | None = Field(default=None, alias="BALLAST_AUDIT_HEADS")
    exports_kept_days: int | None = Field(default=None, alias="BALLAST_EXPORTS_KEPT_DAYS", ge=1, le=36_500)
    export_destinations: str | None = Field(default=None, alias="BALLAST_EXPORT_DESTINATIONS")
    s3_endpoint: str | None = Field(default=None, alias="BALLAST_S3_ENDPOINT")
    s3_region: str | None = Field(default=None, alias="BALLAST_S3_REGION")
    s3_access_key: SecretStr | None = Field(default=None, alias="BALLAST_S3_ACCESS_KEY")
    s3_secret_key: SecretStr | None = Field(default=None, alias="BALLAST_S3_SECRET_KEY")
    s3_encryption: Literal["AES256", "aws:kms"] | None = Field(default=None, alias="BALLAST_S3_ENCRYPTION")
    s3_kms_key: str | None = Field(default=None, alias="BALLAST_S3_KMS_KEY")
    retention_cron: str = Field(default="45 2 * * *", alias="BALLAST_RETENTION_CRON")
    llm_url: str | None = Field(default=None, alias="BALLAST_LLM_URL")
    llm_model: str | None = Field(
        default=None, alias="BALLAST_LLM_MODEL", min_length=1, max_length=100, pattern=r"^[ -~]+$"
    )
    llm_key: SecretStr | None = Field(default=None, alias="BALLAST_LLM_KEY")
    llm_seconds: float = Field(default=60, alias="BALLAST_LLM_SECONDS", gt=0, le=120)
    llm_tokens_a_day: int = Field(default=200_000, alias="BALLAST_LLM_TOKENS_A_DAY", ge=1)
    page: Path = Field(default=BUILT_PAGE, alias="BALLAST_PAGE")
    log_level: str = Field(default="INFO", alias="BALLAST_LOG_LEVEL")

    @model_validator(mode="before")
    @classmethod
    def _empty_is_unset(cls, given: dict[str, object]) -> dict[str, object]:
        """An empty variable, and an empty file of secrets, are as good as none: compose.yaml can leave out neither."""
        return {name: value for name, value in given.items() if value != ""}

    @field_validator("outbound_allow")
    @classmethod
    def _can_be_read(cls, allowed: str | None) -> str | None:
        AddressPolicy.parse(allowed)
        return allowed

    @field_validator("public_url")
    @classmethod
    def _is_an_origin(cls, url: str | None) -> str | None:
        if url is None:
            return None
        parts = urlsplit(url)
        if (
            parts.scheme not in ("https", "http")
            or not parts.hostname
            or parts.path.strip("/")
            or parts.query
        ):
            raise ValueError("It is scheme and host, such as https://ballast.example.org")
        return f"{parts.scheme}://{parts.netloc}"

    @model_validator(mode="after")
    def _knows_its_issuer(self) -> Self:
        if self.auth == "oidc" and self.issuer() is None:
            raise ValueError(
                "BALLAST_AUTH=oidc needs BALLAST_OIDC_ISSUER, BALLAST_OIDC_CLIENT_ID and BALLAST_PUBLIC_URL"
            )
        return self

    @field_validator("oidc_issuer", "llm_url")
    @classmethod
    def _is_an_address(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("https://", "http://")):
            raise ValueError(
                "An address begins with https:// or http://, such as https://id.example.org or http://127.0.0.1:11434/v1"
            )
        return url

    @field_validator("export_destinations")
    @classmethod
    def _are_buckets(cls, named: str | None) -> str | None:
        if named is not None and not all(isinstance(each, Bucket) for each in _destinations(named)):
            raise ValueError("It is buckets, such as s3://exports/ballast; the folder of exports needs none")
        return named

    @field_validator("s3_endpoint")
    @classmethod
    def _is_a_store(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("https://", "http://")):
            raise ValueError("An endpoint begins with https:// or http://, such as http://127.0.0.1:9000")
        return url

    @model_validator(mode="after")
    def _opens_its_store(self) -> Self:
        if (self.s3_access_key is None) != (self.s3_secret_key is None):
            raise ValueError(
                "BALLAST_S3_ACCESS_KEY and BALLAST_S3_SECRET_KEY go together: set both, or neither"
            )
        return self

    @model_validator(mode="after")
    def _names_its_model(self) -> Self:
        if (self.llm_url is None) != (self.llm_model is None):
            raise ValueError("BALLAST_LLM_URL and BALLAST_LLM_MODEL go together: set both, or neither")
        return self

    @field_validator("backup_cron", "retention_cron")
    @classmethod
    def _falls_due(cls, cron: str) -> str:
        if cron != OFF:
            for problem in CronExpressions().problems(cron, "UTC").values():
                raise ValueError(f"{problem} Or it is {OFF!r}.")
        return cron

    def issuer(self) -> IssuerSettings | None:
        """The issuer that people sign in at, None where they do not."""
        if self.auth != "oidc" or not (self.oidc_issuer and self.oidc_client_id and self.public_url):
            return None
        client = OidcClient(
            self.oidc_issuer,
            self.oidc_client_id,
            self.oidc_client_secret,
            self.oidc_audience or self.oidc_client_id,
            f"{self.public_url}/auth/oidc/callback",
        )
        return IssuerSettings(client, self.oidc_admit)

    def known_operators(self) -> Operators | None:
        """Who changes what concerns everybody, None for everybody. An issuer's names are no names to go by."""
        chosen_elsewhere = self.auth == "oidc" and self.oidc_admit == "everybody"
        return Operators.parse(self.operators, by_name=not chosen_elsewhere)

    def reviewing(self) -> Reviewing | None:
        """The model that is asked for opinions, None where nobody has configured one."""
        if self.llm_url is None or self.llm_model is None:
            return None
        return Reviewing(self.llm_url, self.llm_model, self.llm_key, self.llm_seconds, self.llm_tokens_a_day)

    def exports_kept(self) -> timedelta | None:
        """For how long exports are kept, None for good."""
        return None if self.exports_kept_days is None else timedelta(days=self.exports_kept_days)

    def object_store(self) -> StoreSettings | None:
        """The store that exports may go to, None where there are no keys of one."""
        if self.s3_access_key is None or self.s3_secret_key is None:
            return None
        return StoreSettings(
            access_key=self.s3_access_key.get_secret_value(),
            secret_key=self.s3_secret_key.get_secret_value(),
            endpoint=self.s3_endpoint,
            region=self.s3_region,
            encryption=self.s3_encryption,
            kms_key=self.s3_kms_key,
        )

    def export_buckets(self) -> Sequence[Bucket] | None:
        """The buckets that exports may go to, None for whatever the store's keys reach.

        Unless it is said, that is for the person at this machine, whose keys they are, and nobody else.
        """
        if self.export_destinations is None:
            return None if self.auth == "open" else ()
        return [each for each in _destinations(self.export_destinations) if isinstance(each, Bucket)]

    def house_schedules(self) -> dict[HouseKind, str]:
        """What is done for the whole house by itself, with its cron expression in UTC."""
        crons: dict[HouseKind, str] = {"backup": self.backup_cron, "retention": self.retention_cron}
        return {kind: cron for kind, cron in crons.items() if cron != OFF}

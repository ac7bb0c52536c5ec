"""What a process is told: where its servers are, and whatever else is configured."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from argon2 import Parameters
from argon2.profiles import RFC_9106_LOW_MEMORY
from pydantic import SecretStr

from adapters.brokers.alpaca.addresses import Addresses
from adapters.exports.bucket import StoreSettings
from adapters.outbound.addresses import AddressPolicy
from api.issuer_settings import IssuerSettings
from api.reviewing import Reviewing
from application.ports import Clock
from application.ports.market_data import PROVIDER_SECONDS_MAX
from domain.exports.destination import Bucket
from domain.runs.kinds import HouseKind

if TYPE_CHECKING:
    from adapters.traces.traces import Traces


def utc_now() -> datetime:
    """The clock."""
    return datetime.now(UTC)


NOWHERE = Path("/nowhere/drop")
"""A folder to watch that is not there."""


@dataclass
class Configured:
    """Where things are and how they are to be; every default is what a process does without being told."""

    database_url: str
    redis_url: str
    clock: Clock = utc_now
    namespace: str = "ballast"
    sealing_key: Callable[[], SecretStr | None] = lambda: None
    alpaca_addresses: Addresses = field(default_factory=Addresses)
    house_schedules: Mapping[HouseKind, str] = field(default_factory=dict)
    backups_folder: Path = Path("backups")
    backups_kept: int = 14
    heads_file: Path | None = None
    alpaca_data_url: str | None = None
    outbound_policy: AddressPolicy = field(default_factory=AddressPolicy)
    provider_seconds_max: float = PROVIDER_SECONDS_MAX
    drop_folder: Path = NOWHERE
    policies_folder: Path = NOWHERE
    reviewing: Reviewing | None = None
    issuer: IssuerSettings | None = None
    traces: "Traces | None" = None
    password_cost: Parameters = field(default_factory=lambda: RFC_9106_LOW_MEMORY)
    exports_folder: Path = Path("exports")
    exports_kept: timedelta | None = None
    object_store: StoreSettings | None = None
    export_buckets: Sequence[Bucket] | None = None

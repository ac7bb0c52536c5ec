"""Channels that take notifications to people outside of Ballast, as the use cases need them (DOMAIN §9)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from pydantic import SecretStr

from application.ports.log import Batch
from domain.notifications.message import Message, Waiting
from domain.notifications.notification import Severity


@dataclass(frozen=True, slots=True)
class Channel:
    """A person's channel, as far as it may be shown: of its address only how it begins, and a fingerprint."""

    id: UUID
    name: str
    scheme: str
    fingerprint: str
    severities: Sequence[Severity]
    enabled: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """A channel as it is to be kept; without an address it keeps the one it has."""

    channel: Channel
    url: SecretStr | None


class Channels(Protocol):
    """Where channels are kept, their addresses sealed."""

    def of(self, owner: str) -> list[Channel]:
        """A person's channels, in their own order."""

    def fingerprint(self, url: SecretStr) -> str:
        """A short name of an address, from which the address cannot be guessed. Raises KeysSealed without a key."""

    def replace(self, owner: str, kept: Sequence[Kept], batch: Batch, at: datetime) -> int:
        """Make these a person's channels, in one transaction with a batch, and answer the log's last number.

        A new one hears what comes after it. Raises Conflict when another request changed them meanwhile, and
        KeysSealed.
        """

    def address(self, channel_id: UUID) -> SecretStr | None:
        """A channel's address, None when the channel is gone. Raises KeysSealed."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """A notification, and the person it is for; ``number`` is its event's place in the log."""

    owner: str
    notification_id: UUID
    number: int
    waiting: Waiting


@dataclass(frozen=True, slots=True)
class Delivery:
    """A notification on its way over a channel, in its ``tries``-th try."""

    notification_id: UUID
    tries: int
    waiting: Waiting


@dataclass(frozen=True, slots=True)
class Standing:
    """How a channel does: what waits, what was given up, and what was wrong when that last happened."""

    last_sent_at: datetime | None = None
    waiting: int = 0
    failed: int = 0
    problem: str | None = None


class Deliveries(Protocol):
    """What was sent over which channel, and what waits to be: one for each notification and channel."""

    def expect(self, addressed: Sequence[Addressed], now: datetime) -> None:
        """Have notifications sent over the channels that want them; what is expected already stays as it is."""

    def due(self, now: datetime) -> list[UUID]:
        """The channels over which something should be sent by now."""

    def claim(self, channel_id: UUID, now: datetime) -> list[Delivery]:
        """Begin a try of everything that is due on a channel, oldest first; nobody else gets it before the next."""

    def sent(self, channel_id: UUID, notification_ids: Sequence[UUID], at: datetime) -> None:
        """Record that these arrived."""

    def unsent(self, channel_id: UUID, notification_ids: Sequence[UUID], problem: str) -> None:
        """Record what is wrong; they are tried again."""

    def give_up(
        self, channel_id: UUID, notification_ids: Sequence[UUID], at: datetime, problem: str | None
    ) -> None:
        """Record that these are not tried again; without a problem, the last one recorded is why."""

    def standing(self, owner: str) -> Mapping[UUID, Standing]:
        """How each of a person's channels does."""


SEND_SECONDS_MAX = 30.0
"""How long a try may take: a process has to start, and a service to answer."""


class Sender(Protocol):
    """Sends over channels. What is wrong is answered within SEND_SECONDS_MAX, in a sentence without the address."""

    def scheme(self, url: SecretStr) -> str:
        """How an address begins. Raises ValueError where no channel's address may begin so."""

    def objection(self, url: SecretStr) -> str | None:
        """Why nothing could ever be sent to an address, without sending anything."""

    def send(self, url: SecretStr, message: Message) -> str | None:
        """Send a message once. None means that the service has taken it."""

"""A person's channels: set as a whole, and tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from pydantic import SecretStr

from application.ledger import Cause, Ledger, Outcome
from application.ports.channels import Channel, Channels, Kept, Sender
from domain.notifications.message import TEST
from domain.notifications.notification import Severity
from domain.refusals import Invalid, NotFound


@dataclass(frozen=True, slots=True)
class Wanted:
    """A channel as a person wants it. It is the one they have under this id, else under this name, else a new one.

    Without ``url`` it keeps the address that it has.
    """

    id: UUID | None
    name: str
    url: SecretStr | None
    severities: Sequence[Severity]
    enabled: bool


@dataclass(frozen=True, slots=True)
class SetChannels:
    """The use cases with what they need from outside."""

    ledger: Ledger
    channels: Channels
    sender: Sender

    def __call__(self, cause: Cause, owner: str, wanted: Sequence[Wanted]) -> Outcome[Sequence[Channel]]:
        """Make these a person's channels; what is not among them is forgotten. The same again changes nothing.

        Raises Invalid, with nothing changed, and what Channels.replace raises.
        """
        kept = self._kept(owner, wanted)
        return self.ledger.transact(
            cause,
            lambda _: [each.channel for each in kept],
            lambda batch, _: self.channels.replace(owner, kept, batch, self.ledger.clock()),
        )

    def test(self, cause: Cause, owner: str, channel_id: UUID) -> Outcome[str | None]:
        """Send a test message over a channel, and answer what went wrong. Raises NotFound and KeysSealed."""
        own = any(channel.id == channel_id for channel in self.channels.of(owner))
        url = self.channels.address(channel_id) if own else None
        if url is None:
            raise NotFound("channel", channel_id)
        problem = self.sender.send(url, TEST)
        return self.ledger.transact(cause, lambda _: problem)

    def _kept(self, owner: str, wanted: Sequence[Wanted]) -> list[Kept]:
        known = {each.id: each for each in self.channels.of(owner)}
        asked = {each.id for each in wanted}
        by_name = {each.name: each for each in known.values() if each.id not in asked}
        kept: list[Kept] = []
        for place, each in enumerate(wanted):
            at = f"channels[{place}]"
            if each.id is not None and each.id not in known:
                raise Invalid(f"{at}.id", "You have no such channel, or it stands in the list twice.")
            if each.name in {before.channel.name for before in kept}:
                raise Invalid(f"{at}.name", "Another channel has this name.")
            before = by_name.get(each.name) if each.id is None else known.pop(each.id)
            kept.append(Kept(self._channel(at, each, before), each.url))
        return kept

    def _channel(self, at: str, wanted: Wanted, before: Channel | None) -> Channel:
        if wanted.url is not None:
            scheme, fingerprint = self._judged(f"{at}.url", wanted.url, before)
        elif before is not None:
            scheme, fingerprint = before.scheme, before.fingerprint
        else:
            raise Invalid(f"{at}.url", "A new channel needs an address.")
        channel_id = self.ledger.new_id() if before is None else before.id
        return Channel(channel_id, wanted.name, scheme, fingerprint, wanted.severities, wanted.enabled)

    def _judged(self, field: str, url: SecretStr, before: Channel | None) -> tuple[str, str]:
        """How an address begins, and its fingerprint. Raises Invalid for one that nothing can be sent to."""
        try:
            scheme = self.sender.scheme(url)
        except ValueError as error:
            raise Invalid(field, f"{error}.") from None
        fingerprint = self.channels.fingerprint(url)
        known = before is not None and before.fingerprint == fingerprint
        objection = None if known else self.sender.objection(url)
        if objection is not None:
            raise Invalid(field, objection)
        return scheme, fingerprint

"""Send what waits for a channel: each notification once, and again only when nobody knows that it arrived."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog

from application.ports import Clock
from application.ports.broker import KeysSealed
from application.ports.channels import Channels, Deliveries, Delivery, Sender
from domain.notifications.message import message_of, together
from domain.notifications.tries import is_last

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class DeliverNotifications:
    """The use case with what it needs from outside."""

    channels: Channels
    deliveries: Deliveries
    sender: Sender
    clock: Clock

    def __call__(self, channel_id: UUID) -> None:
        """Try once everything that is due on a channel; after the last try it is given up."""
        now = self.clock()
        claimed = self.deliveries.claim(channel_id, now)
        # Whoever made the last try of these has died over it.
        self.deliveries.give_up(
            channel_id, [each.notification_id for each in claimed if over(each)], now, None
        )
        due = [each for each in claimed if not over(each)]
        if not due:
            return
        if together([each.waiting for each in due], now):
            self._try(channel_id, due)
        else:
            for each in due:
                self._try(channel_id, [each])

    def _try(self, channel_id: UUID, deliveries: Sequence[Delivery]) -> None:
        problem = self._problem(channel_id, deliveries)
        ids = [each.notification_id for each in deliveries]
        if problem is None:
            self.deliveries.sent(channel_id, ids, self.clock())
            return
        log.warning(
            "notification.unsent", channel_id=str(channel_id), notifications=len(ids), problem=problem
        )
        self.deliveries.unsent(channel_id, ids, problem)
        last = [each.notification_id for each in deliveries if is_last(each.tries)]
        self.deliveries.give_up(channel_id, last, self.clock(), problem)

    def _problem(self, channel_id: UUID, deliveries: Sequence[Delivery]) -> str | None:
        try:
            url = self.channels.address(channel_id)
        except KeysSealed as sealed:
            return str(sealed)
        if url is None:
            return "The channel is gone."
        return self.sender.send(url, message_of([each.waiting for each in deliveries]))


def over(delivery: Delivery) -> bool:
    """Whether a delivery has had its last try before this one."""
    return is_last(delivery.tries - 1)

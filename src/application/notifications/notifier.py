"""The follower that has notifications sent over the channels of those whom they are for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from application.ports import Clock
from application.ports.channels import Addressed, Deliveries
from domain.events import Recorded
from domain.notifications.notification import TOLD

Audience = Callable[[Sequence[Recorded]], Sequence[Addressed]]
"""For whom these events are, leaving out what a freeze keeps silent."""


@dataclass(slots=True)
class Notifier:
    """The follower's handler. Its position is its own: no rebuild of the feed sends anything again."""

    audience: Audience
    deliveries: Deliveries
    send_over: Callable[[UUID], None]
    clock: Clock
    name: str = "notifier"

    def handle(self, _: object, events: Sequence[Recorded]) -> None:
        """Expect what a batch of events tells. Shown them again after a failure, it expects nothing twice."""
        told = [each for each in events if isinstance(each.event, TOLD)]
        if told:
            self.deliveries.expect(self.audience(told), self.clock())

    def idle(self) -> None:
        """Enqueue a job for each channel over which something is due; called about once a second."""
        for channel_id in self.deliveries.due(self.clock()):
            self.send_over(channel_id)

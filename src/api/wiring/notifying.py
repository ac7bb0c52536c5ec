"""What brings notifications to people, made of the adapters that it needs."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from adapters.notifiers.apprise_sender import AppriseSender
from adapters.postgres.channels import PostgresChannels
from adapters.postgres.deliveries import PostgresDeliveries
from adapters.seals.channel import ChannelSeals
from adapters.seals.sealing import Sealer
from api.wiring.outside import Outside
from application.notifications.deliver import DeliverNotifications
from application.notifications.notifier import Notifier
from application.notifications.set_channels import SetChannels
from application.ports.channels import Addressed
from domain.events import Recorded
from domain.notifications.message import Waiting
from projections.audience import For, audience


class Notifying(Outside):
    """The notifier, channels, and what is sent over them."""

    @cached_property
    def channels(self) -> PostgresChannels:
        return PostgresChannels(self.pool, self.log, ChannelSeals(lambda: Sealer(self.sealing_key())))

    @cached_property
    def deliveries(self) -> PostgresDeliveries:
        return PostgresDeliveries(self.pool)

    @cached_property
    def sender(self) -> AppriseSender:
        return AppriseSender(lambda: self.outbound_policy)

    @cached_property
    def notifier(self) -> Notifier:
        return Notifier(self._audience, self.deliveries, self.jobs.send_notifications, self._now)

    @cached_property
    def deliver_notifications(self) -> DeliverNotifications:
        return DeliverNotifications(self.channels, self.deliveries, self.sender, self._now)

    @cached_property
    def set_channels(self) -> SetChannels:
        return SetChannels(self.ledger, self.channels, self.sender)

    def _now(self) -> datetime:
        """The ledger's clock: what waits is as old as its event."""
        return self.ledger.clock()

    def _audience(self, events: Sequence[Recorded]) -> Sequence[Addressed]:
        with self.pool.connection() as connection:
            return [_addressed(each) for each in audience(connection, events)]


def _addressed(each: For) -> Addressed:
    told, metadata = each.notification, each.recorded.metadata
    waiting = Waiting(told.severity, told.title, told.sentence, each.about, metadata.recorded_at)
    return Addressed(each.person, metadata.id, each.recorded.number, waiting)

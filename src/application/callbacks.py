"""Take in what a broker calls back with: once per webhook id, and only with its effect (DOMAIN §3)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import structlog

from application.broker import BrokerReport
from application.ledger import Ledger
from application.order_reports import OrderReports
from domain.refusals import NotFound, NotYet

log = structlog.get_logger()


class Taken(StrEnum):
    """What became of a callback. ``STORED``: kept for a person to look at, nothing was booked."""

    BOOKED = "booked"
    DUPLICATE = "duplicate"
    STORED = "stored"


class Callbacks(Protocol):
    """The callbacks that were taken, by their webhook ids."""

    def has(self, webhook_id: str) -> bool: ...

    def keep(self, webhook_id: str, body: str, problem: str | None) -> None: ...


@dataclass(frozen=True, slots=True)
class Callback:
    """One delivery: what it says, and the raw body that said it."""

    webhook_id: str
    body: str
    report: BrokerReport


@dataclass(frozen=True, slots=True)
class TakeCallback:
    """The use case with what it needs from outside."""

    ledger: Ledger
    report: OrderReports
    callbacks: Callbacks

    def __call__(self, callback: Callback) -> tuple[Taken, int | None]:
        """Book a callback and answer what became of it, with the log's number when something was appended.

        Its id is kept after its effect: when this fails in between, the delivery is repeated and booking it
        again changes nothing. Raises Conflict for what contradicts the books.
        """
        if self.callbacks.has(callback.webhook_id):
            return Taken.DUPLICATE, None
        try:
            outcome = self.report([callback.report])
        except (NotFound, NotYet) as refusal:
            log.warning("callback.stored", webhook_id=callback.webhook_id, problem=str(refusal))
            self.callbacks.keep(callback.webhook_id, callback.body, str(refusal))
            return Taken.STORED, None
        self.callbacks.keep(callback.webhook_id, callback.body, None)
        return Taken.BOOKED, outcome.number

"""Book what one message of a broker says, or keep it with what stands in the way (DOMAIN §3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from application.alerts import Concern, raise_alert
from application.ledger import Cause, Transaction
from application.orders.find_order import Located, locate, position_of
from application.orders.order_reports import take_located
from application.ports import Message, Settlement
from application.ports.broker import BrokerReport
from domain.portfolio import decide as portfolio_rules
from domain.refusals import Conflict, NotFound, NotYet, Refusal
from domain.streams import PORTFOLIO, POSITION

UNKNOWN_ORDER = "unknown_order"
UNBOOKABLE = "unbookable_execution"
CONFLICT = "execution_conflict"

PAUSE_SECONDS_MAX = 3_600
GIVE_UP_AFTER = timedelta(days=7)
"""By then a person, or a reconciliation, has done what there was to do; the message stays with its problem."""


class Taken(StrEnum):
    """What became of a message. ``STORED``: kept until it can be booked, nothing was booked."""

    BOOKED = "booked"
    DUPLICATE = "duplicate"
    STORED = "stored"


@dataclass(frozen=True, slots=True)
class About:
    """Whom a message is about: what is known of its position, or else of the portfolio it came for."""

    portfolio_id: UUID | None = None
    listing_id: UUID | None = None
    position_id: UUID | None = None


def book(transaction: Transaction, message: Message, reports: Sequence[BrokerReport], cause: Cause) -> UUID:
    """Book the reports of a message, all of one order, and mark it as booked; answers the order's position.

    Raises what ``order_reports.take`` raises, and then nothing has changed.
    """

    def decide() -> UUID:
        located = locate(transaction, reports[0].client_order_id)
        _require_sender(transaction, located, message)
        take_located(transaction, located, reports)
        settle(transaction, message, located.position.id)
        return located.position.id

    return transaction.attempt(decide, cause)


def keep(
    transaction: Transaction, message: Message, client_order_id: str, refusal: NotFound | NotYet, about: About
) -> None:
    """Keep a message that cannot be booked yet, call a person the first time, and try again later.

    Shares that leave before they came freeze the portfolio: its book is not what the broker's is.
    """
    if isinstance(refusal, NotYet) and message.attempts == 0 and about.portfolio_id is not None:
        stream, portfolio = transaction.require(PORTFOLIO, about.portfolio_id)
        transaction.append(stream, portfolio_rules.freeze(portfolio, str(refusal)))
    if message.attempts == 0:
        rule = UNBOOKABLE if isinstance(refusal, NotYet) else UNKNOWN_ORDER
        alert(transaction, about, rule, refusal, client_order_id)
    settle(transaction, message, about.position_id, str(refusal), again=True)


def settle(
    transaction: Transaction,
    message: Message,
    position_id: UUID | None,
    problem: str | None = None,
    *,
    again: bool = False,
) -> None:
    """Record that a message was booked, or its problem; the pause before it is tried again doubles each time."""
    now = transaction.now
    seconds = min(2 ** min(message.attempts + 1, 20), PAUSE_SECONDS_MAX)
    again = again and now - message.received_at < GIVE_UP_AFTER
    next_try_at = now + timedelta(seconds=seconds) if again else None
    transaction.settle(Settlement(message, now, position_id, problem, next_try_at))


def alert(transaction: Transaction, about: About, rule: str, refusal: Exception, observed: str) -> None:
    """Call a person to something that a broker said."""
    concern = Concern(
        about.portfolio_id, about.listing_id, rule, "CRITICAL", str(refusal), observed=observed[:200]
    )
    raise_alert(transaction, concern)


def about_whom(
    transaction: Transaction, client_order_id: str, message: Message, account: str | None = None
) -> About:
    """Whom a message is about: its order's position, else the portfolio it came for or that ``account`` names."""
    try:
        _, position = transaction.require(POSITION, position_of(client_order_id))
    except NotFound:
        return About(message.portfolio_id or _portfolio_named(transaction, account))
    return About(position.portfolio_id, position.listing_id, position.id)


def call_on_conflict(transaction: Transaction, about: About, refusal: Refusal, client_order_id: str) -> None:
    """Call a person where the books are contradicted: trying again would not help. Another refusal calls nobody."""
    if isinstance(refusal, Conflict):
        alert(transaction, about, CONFLICT, refusal, client_order_id)


def _require_sender(transaction: Transaction, located: Located, message: Message) -> None:
    """A real account speaks for the orders of its own portfolio alone, and nobody else speaks for those.

    What comes for no portfolio in particular was signed with the paper accounts' secret.
    """
    _, portfolio = transaction.require(PORTFOLIO, located.position.portfolio_id)
    is_paper = (located.order.broker or portfolio.broker.kind) == "paper"
    if message.portfolio_id != (None if is_paper else portfolio.id):
        raise NotFound("order", located.order.client_order_id)


def _portfolio_named(transaction: Transaction, account: str | None) -> UUID | None:
    try:
        stream, _ = transaction.require(PORTFOLIO, UUID(account or ""))
    except (ValueError, NotFound):
        return None
    return stream.id

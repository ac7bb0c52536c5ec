"""Trades that the books have under a broker's reference: told again under it, they are not booked again (DOMAIN §6)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.money import ZERO
from domain.numbers import exactly, shortest
from domain.refusals import Conflict


@dataclass(frozen=True, slots=True)
class Traded:
    """An entry that moves units of a listing under a reference: imported, marked executed, posted, or a broker's."""

    reference: str
    entry_id: UUID
    listing_id: UUID
    quantity: Decimal
    cash: Decimal


@dataclass(frozen=True, slots=True)
class Told:
    """A trade as somebody tells it now; units that come are above zero, those that go below."""

    reference: str | None
    listing_id: UUID | None
    quantity: Decimal
    symbol: str


@exactly
def require_new(
    told: Iterable[Told], known: Sequence[Traded], currency: str, besides: Collection[UUID] = ()
) -> None:
    """Raises Conflict for a trade of which the books have units under its reference, bought or sold as it was.

    Entries named in ``besides`` do not count: they are parts of the same. Other numbers are no other trade: people
    leave a fee out. What was taken back is none.
    """
    standing = [each for each in known if each.entry_id not in besides]
    for trade in told:
        same = [
            each
            for each in standing
            if (each.reference, each.listing_id) == (trade.reference, trade.listing_id)
        ]
        moved = sum((each.quantity for each in same), ZERO)
        if moved * trade.quantity > 0:
            raise Conflict(_sentence(trade, moved, same, currency))


def _sentence(trade: Told, moved: Decimal, same: Sequence[Traded], currency: str) -> str:
    cash = sum((each.cash for each in same), ZERO)
    done = f"{shortest(abs(moved))} {trade.symbol} {'bought' if moved > 0 else 'sold'}, {cash:+} {currency}"
    entries = " and ".join(str(each.entry_id) for each in same)
    return (
        f"The books have {done} under {trade.reference} already (entry {entries}). If that is this trade, it is"
        " booked; to book it here instead, reverse that first. Another trade needs a reference of its own."
    )

"""An entry as a person, or a row of a file, says it."""

from dataclasses import dataclass
from decimal import Decimal

from domain.listing import Listing
from domain.money import ZERO
from domain.portfolio.events import ImportedRow, PostedKind


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says of an entry. ``amount`` is money in the base currency, ``price`` is in the quote unit."""

    kind: PostedKind
    listing: Listing | None = None
    quantity: Decimal | None = None
    price: Decimal | None = None
    amount: Decimal | None = None
    fee: Decimal = ZERO
    tax: Decimal = ZERO
    reference: str | None = None
    note: str | None = None
    source: str | None = None
    row: ImportedRow | None = None

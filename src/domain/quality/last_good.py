"""The last good price of a listing, as it is kept between batches."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.price_point import PricePoint


@dataclass(frozen=True, slots=True)
class LastGood:
    """The last good price of a listing, and what goes with it. None is what is not known.

    ``unchanged_since`` is since when it has been these very numbers, ``day_until`` when its trading day ends,
    ``day_before`` the last good price from before that day, as it was at ``day_before_at``, and ``sigma`` the spread
    of the returns of the hour before its minute.
    """

    point: PricePoint
    unchanged_since: datetime | None = None
    day_until: datetime | None = None
    day_before: Decimal | None = None
    day_before_at: datetime | None = None
    sigma: Decimal | None = None

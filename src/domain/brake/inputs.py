"""Everything that is read to say how much a portfolio has lost; recorded when it is too much (DOMAIN §2)."""

from uuid import UUID

from domain.events import Instant, Value
from domain.numbers import Exact


class Stake(Value):
    """What a portfolio holds of one listing, before its trading day and now. Prices are in the quote unit.

    ``came_in_kind`` is what was brought in or taken out as units since, in money at the prices of then; below zero
    when it was taken out.
    """

    listing_id: UUID
    symbol: str
    unit_scale: Exact
    units_before: Exact
    price_before: Exact
    units: Exact
    price: Exact
    came_in_kind: Exact


class DayInputs(Value):
    """A portfolio before the day and now. Money is in its base currency, cash is with what is owed to it.

    ``since`` is when its freeze for an earlier loss of the same day was lifted; then all that is ``before`` is from
    that moment. ``came`` and ``went`` are the deposits and withdrawals since.
    """

    limit_pct: Exact
    at: Instant
    since: Instant | None
    cash_before: Exact
    cash: Exact
    came: Exact
    went: Exact
    stakes: tuple[Stake, ...]

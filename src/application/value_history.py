"""What a portfolio was worth day by day: from what is booked and from stored prices, reckoned when it is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from application.actions.action_calendar import ActionCalendar
from application.ports.fx import FxRates
from application.ports.prices import Prices
from application.ports.valuation import Pasts
from domain.valuation import CloseOfDay, Market, closes


@dataclass(frozen=True, slots=True)
class ValueHistory:
    """What it reads from."""

    pasts: Pasts
    prices: Prices
    rates: FxRates
    calendar: ActionCalendar

    def __call__(self, portfolio_id: UUID, until: datetime) -> Sequence[CloseOfDay]:
        """The closes of its days, oldest first, the last as it stands at ``until``; none where nothing was booked."""
        past = self.pasts.of(portfolio_id)
        if past is None or not past.movements:
            return []
        self.calendar.refresh()
        first = min(each.at for each in past.movements).astimezone(UTC).date()
        foreign = any(currency != past.currency for currency, _ in past.listings.values())
        market = Market(
            currency=past.currency,
            listings=past.listings,
            marks=self.prices.daily(past.feed, [*past.listings], first, until),
            rates=self.rates.daily(until) if foreign else (),
            acted_on=frozenset(each for each in past.listings if self.calendar.knows(each)),
            expected=self.calendar.expected,
        )
        return closes(past.movements, market, until)

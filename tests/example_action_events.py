"""Corporate actions that tests share, and an example of each of their events."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.actions import DividendAnnounced, MergerAnnounced, SplitAnnounced
from domain.events import Event
from domain.position import actions as rules
from domain.position.evolve import evolve
from domain.position.state import Position
from domain.settings import Settings
from stories import ALLOCATED, KO, LISTING_ID, OPENED, a_listing, position

EX_DATE = date(2026, 11, 23)
EX_OPEN = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
PAY_DATE = date(2026, 12, 15)
PAY_OPEN = datetime(2026, 12, 15, 14, 30, tzinfo=UTC)
OTHER_ID = UUID("019aa000-0000-7000-8000-000000000006")
OTHER = a_listing(KO, listing_id=OTHER_ID, symbol="PEP")

ABOUT: dict[str, Any] = {
    "action_id": UUID("019aa000-0000-7000-8000-000000000007"),
    "listing_id": LISTING_ID,
    "symbol": "KO",
    "currency": "USD",
    "quote_unit": "USD",
    "effective_at": EX_OPEN,
}


def a_dividend(per_share: str = "0.50", **changes: Any) -> DividendAnnounced:
    """Half a dollar a share, gone on Monday, paid in three weeks."""
    return DividendAnnounced(
        **ABOUT
        | {
            "ex_date": EX_DATE,
            "pay_date": PAY_DATE,
            "per_share": Decimal(per_share),
            "withholding_rate": None,
            "payable_at": PAY_OPEN,
        }
        | changes
    )


def a_split(ratio: str = "10", **changes: Any) -> SplitAnnounced:
    """Ten for one on Monday."""
    return SplitAnnounced(**ABOUT | {"ex_date": EX_DATE, "ratio": Decimal(ratio)} | changes)


def a_merger(ratio: str = "0.5", cash: str = "2.00", **changes: Any) -> MergerAnnounced:
    """Half a PEP and two dollars for each KO on Monday."""
    return MergerAnnounced(
        **ABOUT
        | {
            "into_listing_id": OTHER_ID,
            "into_symbol": "PEP",
            "into_quote_unit": "USD",
            "effective": EX_DATE,
            "ratio": Decimal(ratio),
            "cash_per_share": Decimal(cash),
        }
        | changes
    )


def seen(*values: object) -> tuple[object, ...]:
    """Values side by side, to be compared with numbers of whatever kind."""
    return values


def _after(state: Position, events: list[Any]) -> Position:
    for event in events:
        state = evolve(state, event, state.id)
    return state


def action_examples() -> list[Event]:
    """One of each."""
    state, settings = position.given(OPENED, ALLOCATED).state, Settings()
    dividend, split, merger = a_dividend(), a_split("0.125"), a_merger()
    accrued = rules.accrue(state, dividend, state.shares, settings)
    owing = _after(state, accrued)
    return [
        dividend,
        split,
        merger,
        *accrued,
        *rules.pay(owing, owing.accruals[0]),
        *rules.split(state, split, state.shares, Decimal(98), settings),
        *rules.merge(state, merger, OTHER, Decimal(98), settings),
    ]

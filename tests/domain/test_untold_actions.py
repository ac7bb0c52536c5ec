"""Splits and mergers of units that a person holds: until the books tell of them, nothing may be decided."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from domain.actions import DividendAnnounced, SplitAnnounced
from domain.portfolio.events import Effect, EntryPosted, EntryReversed, PostedKind
from domain.portfolio.untold import Booked, sentence, untold
from stories import LISTING_ID, PORTFOLIO_ID

OPEN = datetime(2026, 3, 10, 8, tzinfo=UTC)
DAY = timedelta(days=1)
ABOUT = {
    "action_id": UUID(int=1),
    "listing_id": LISTING_ID,
    "symbol": "SEMI",
    "currency": "GBP",
    "quote_unit": "GBX",
    "effective_at": OPEN,
    "ex_date": date(2026, 3, 10),
}
SPLIT = SplitAnnounced.model_validate(ABOUT | {"ratio": Decimal(4)})
DIVIDEND = DividendAnnounced.model_validate(
    ABOUT
    | {
        "pay_date": date(2026, 3, 20),
        "per_share": Decimal("0.1"),
        "withholding_rate": None,
        "payable_at": OPEN + DAY * 10,
    }
)
ZERO = Decimal(0)


def entry(kind: PostedKind, units: str, at: datetime, number: int = 7) -> tuple[datetime, EntryPosted]:
    """Units that came, or went, for nothing."""
    effect = Effect(
        quantity=Decimal(units),
        cash=ZERO,
        book_cost=ZERO,
        fee=ZERO,
        tax=ZERO,
        gain=ZERO,
        income=ZERO,
        capital=ZERO,
    )
    return at, EntryPosted(
        portfolio_id=PORTFOLIO_ID,
        currency="GBP",
        entry_id=UUID(int=number),
        batch_id=UUID(int=8),
        kind=kind,
        listing_id=LISTING_ID,
        symbol="SEMI",
        effect=effect,
        price=None,
        reference=None,
        note=None,
    )


def taken_back(posted: tuple[datetime, EntryPosted]) -> Booked:
    """The opposite of an entry."""
    at, event = posted
    fields = event.model_dump(
        include={"portfolio_id", "currency", "batch_id", "kind", "listing_id", "symbol"}
    )
    effect = event.effect.model_copy(update={"quantity": -event.effect.quantity})
    return at, EntryReversed(
        **fields, entry_id=UUID(int=9), effect=effect, reverses=event.entry_id, reason="No."
    )


def found(units: str, *entries: Booked, until: datetime = OPEN + DAY) -> list[str]:
    """The kinds of actions that are not told."""
    return [each.kind for each in untold([SPLIT, DIVIDEND], Decimal(units), entries, until)]


def test_a_split_of_units_that_were_held_is_untold_until_they_are_adjusted() -> None:
    assert found("100") == ["split"]
    assert found("400", entry("adjustment", "300", OPEN)) == []
    assert found("400", entry("transfer", "300", OPEN + DAY)) == []
    assert found("130", entry("buy", "30", OPEN + DAY)) == ["split"]
    assert found("100", entry("adjustment", "50", OPEN - DAY)) == ["split"]


def test_an_adjustment_that_was_taken_back_tells_nothing() -> None:
    adjusted = entry("adjustment", "300", OPEN)
    assert found("100", adjusted, taken_back(adjusted)) == ["split"]


def test_what_was_bought_after_it_or_is_yet_to_come_needs_no_telling() -> None:
    assert found("30", entry("buy", "30", OPEN + DAY)) == []
    assert found("100", until=OPEN - DAY) == []
    assert found("0") == []


def test_it_is_said_what_to_do() -> None:
    assert sentence(SPLIT, Decimal(100)) == (
        "SEMI splits 4 for 1 on 2026-03-10. 100 SEMI are held outside of positions, and the books do not say yet what"
        " became of them: adjust them first."
    )

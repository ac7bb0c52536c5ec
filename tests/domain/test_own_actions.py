"""What actions do to units outside of positions, whenever they are heard of."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.actions import DividendAnnounced, SplitAnnounced
from domain.money import ZERO
from domain.portfolio import own_actions, own_dividends, own_splits
from domain.portfolio.events import Effect, EntryPosted, EntryReversed
from domain.portfolio.own_actions import Past
from domain.portfolio.own_dividends import Owed
from domain.portfolio.own_splits import Terms
from domain.portfolio.units import Units
from domain.portfolio.untold import Booked, untold
from domain.settings import resolve
from stories import LISTING_ID, PORTFOLIO_ID, a_portfolio

OPEN = datetime(2026, 3, 10, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
IDS = UUID(int=1), UUID(int=2)
ABOUT = {
    "action_id": UUID(int=3),
    "listing_id": LISTING_ID,
    "symbol": "SEMI",
    "currency": "USD",
    "quote_unit": "USD",
    "effective_at": OPEN,
    "ex_date": date(2026, 3, 10),
}


def a_split(ratio: str) -> SplitAnnounced:
    """Of that morning."""
    return SplitAnnounced.model_validate(ABOUT | {"ratio": Decimal(ratio)})


DIVIDEND = DividendAnnounced.model_validate(
    ABOUT
    | {
        "action_id": UUID(int=4),
        "pay_date": date(2026, 3, 20),
        "per_share": Decimal("0.1"),
        "withholding_rate": None,
        "payable_at": OPEN + timedelta(days=10),
    }
)


def owed(held: str) -> Owed:
    """What the dividend comes to."""
    return Owed.of(DIVIDEND, Decimal(held), resolve(a_portfolio().settings), "USD")


TERMS = Terms(lot=Decimal(1), price=Decimal(25))


def entry(
    units: str | Decimal, at: datetime, kind: str = "buy", number: int = 7
) -> tuple[datetime, EntryPosted]:
    """Units that came, or went."""
    parts = dict.fromkeys(("cash", "book_cost", "fee", "tax", "gain", "income", "capital"), ZERO)
    effect = Effect.model_validate(parts | {"quantity": Decimal(units)})
    fields = {
        "portfolio_id": PORTFOLIO_ID,
        "currency": "USD",
        "entry_id": UUID(int=number),
        "batch_id": UUID(int=8),
        "kind": kind,
        "listing_id": LISTING_ID,
        "symbol": "SEMI",
        "effect": effect,
        "price": None,
        "reference": None,
        "note": None,
    }
    return at, EntryPosted.model_validate(fields)


def taken_back(posted: tuple[datetime, EntryPosted], at: datetime) -> Booked:
    """The opposite of an entry, at a later time."""
    _, event = posted
    fields = event.model_dump(
        include={"portfolio_id", "currency", "batch_id", "kind", "listing_id", "symbol"}
    )
    effect = event.effect.model_copy(update={"quantity": -event.effect.quantity})
    fields |= {"entry_id": UUID(int=9), "effect": effect, "reverses": event.entry_id, "reason": "No."}
    return at, EntryReversed.model_validate(fields)


MOVES = st.lists(st.tuples(st.integers(-48, 48), st.integers(-20, 60)), max_size=12)


@given(MOVES, st.sampled_from(["2", "4", "0.5", "1.5", "0.1", "3"]), st.decimals("0.01", "9999", places=2))
def test_whenever_it_is_heard_of_a_split_makes_what_was_held_as_many(
    moves: list[tuple[int, int]], ratio: str, cost: Decimal
) -> None:
    """Units of before it times its ratio, in whole lots; what has come and gone since counts as it is."""
    told = [entry(Decimal(units), OPEN + HOUR * hours) for hours, units in moves]
    before = sum(units for hours, units in moves if hours < 0)
    now = sum(units for _, units in moves)
    past = Past(LISTING_ID, told)
    assert (past.units_before(OPEN), past.units_before(None)) == (Decimal(before), Decimal(now))
    if before <= 0 or now <= 0:
        return
    held = Decimal(before)
    booked = own_splits.split(a_portfolio(), a_split(ratio), held, Units(Decimal(now), cost), TERMS, IDS)
    whole = held * Decimal(ratio) // 1
    if now - before + whole < 0:
        assert booked is None
        return
    assert booked is not None
    effect = booked.effect
    assert now + effect.quantity == now - before + whole
    assert effect.cash == ((held * Decimal(ratio) - whole) * 25).quantize(Decimal("0.01"))
    assert effect.cash + effect.book_cost == effect.gain
    assert 0 <= -effect.book_cost <= cost
    after = Past(LISTING_ID, [*told, (OPEN, booked)])
    assert own_actions.is_told(a_split(ratio), after)
    assert not list(untold([a_split(ratio)], now + effect.quantity, after.told, OPEN + HOUR))


def test_a_dividend_is_owed_after_tax_and_none_on_nothing() -> None:
    portfolio = a_portfolio()
    accrued = own_dividends.accrue(portfolio, owed("101"), IDS)
    assert accrued is not None
    effect = accrued.effect
    assert (effect.income, effect.tax, effect.receivable, effect.cash) == (
        Decimal("10.10"),
        Decimal("2.52"),
        Decimal("7.58"),
        ZERO,
    )
    paid = own_dividends.pay(portfolio, DIVIDEND, accrued, IDS).effect
    assert (paid.cash, paid.receivable, paid.income) == (Decimal("7.58"), Decimal("-7.58"), ZERO)
    assert own_dividends.accrue(portfolio, owed("0"), IDS) is None


def test_an_entry_that_was_taken_back_was_never_held() -> None:
    wrong = entry("100", OPEN - HOUR)
    past = Past(LISTING_ID, [wrong, taken_back(wrong, OPEN + HOUR)], [(OPEN - HOUR * 2, Decimal(5))])
    assert past.units_before(OPEN) == 5


def test_what_somebody_has_told_is_left_to_them() -> None:
    """Units adjusted on a split's day or since; a dividend of the days from its ex-date until ten after its payment,
    if it says as much as the announced one comes to, and otherwise only perhaps.
    """
    split, day = a_split("4"), timedelta(days=1)
    told = {
        "nothing": [],
        "days before": [entry("3", OPEN - day - HOUR, "adjustment")],
        "moved that morning": [entry("3", OPEN - HOUR, "transfer")],
        "its day, at no hour": [entry("3", OPEN - HOUR * 8, "adjustment")],
        "since": [entry("3", OPEN + HOUR, "transfer")],
        "early": [entry("0", OPEN - HOUR, "dividend")],
        "paid": [entry("0", OPEN + day * 20, "dividend")],
        "late": [entry("0", OPEN + day * 21, "dividend")],
    }
    assert [n for n, e in told.items() if own_actions.is_told(split, Past(LISTING_ID, e))] == [
        "its day, at no hour",
        "since",
    ]
    for held, known in (("0", 1), ("100", 0)):
        found = {n: own_dividends.told_by([owed(held)], Past(LISTING_ID, e)) for n, e in told.items()}
        assert [n for n, e in found.items() if e] == ["paid"] * known
    doubtful = {
        n: own_dividends.unknown_in_days_of(DIVIDEND, {}, Past(LISTING_ID, e)) for n, e in told.items()
    }
    assert [n for n, e in doubtful.items() if e] == ["paid"]


def test_an_action_that_was_taken_back_is_not_booked_again_and_another_is_told_by_itself() -> None:
    units = Units(Decimal(100), Decimal(1000))
    booked = own_splits.split(a_portfolio(), a_split("4"), Decimal(100), units, TERMS, IDS)
    assert booked is not None
    posted = OPEN, booked
    gone = Past(LISTING_ID, [posted, taken_back(posted, OPEN + HOUR)])
    assert own_actions.is_told(a_split("4"), gone)
    assert [each.kind for each in untold([a_split("4")], Decimal(100), gone.told, OPEN + HOUR)] == ["split"]
    other = a_split("4").model_copy(update={"action_id": UUID(int=5)})
    assert not own_actions.is_told(other, Past(LISTING_ID, [posted]))


def test_a_fraction_without_a_price_is_left_to_a_person() -> None:
    units, unknown = Units(Decimal(3), Decimal(9)), Terms(Decimal(1), None)
    assert own_splits.split(a_portfolio(), a_split("1.5"), Decimal(3), units, unknown, IDS) is None
    assert own_splits.split(a_portfolio(), a_split("2"), Decimal(3), units, unknown, IDS) is not None

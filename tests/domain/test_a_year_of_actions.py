"""A year of trades, dividends and splits, heard of in time or late, ends where a naive account ends."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.events import Event, Metadata, Recorded
from domain.journal import RECEIVABLE, entry_for, position_cash
from domain.order import Fill, Side, client_order_id
from domain.position import actions as rules
from domain.position import booking, ordering
from domain.position.booking import Events
from domain.position.evolve import evolve
from domain.position.history import shares_at
from domain.position.state import Position
from domain.settings import Settings
from domain.streams import POSITION
from example_action_events import a_dividend, a_split
from stories import ALLOCATED, INTENDED, OPENED, POSITION_ID, latest

from .naive_actions import Happening, NaiveAccount

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
NIGHT = timedelta(hours=17)
OPEN = timedelta(hours=9)
RULES = Settings(fractional=True)
START = OPENED.model_copy(
    update={"lot": Decimal("1E-18"), "shares": Decimal(1024), "anchor": Decimal(100_000)}
)


@dataclass
class Told:
    """A position as it hears of things."""

    log: list[Recorded] = field(default_factory=list)
    state: Position | None = None
    books: dict[str, Decimal] = field(default_factory=dict)
    number: int = 0

    def happen(self, events: Events, at: datetime) -> None:
        """Take events in; each entry balances."""
        for event in events:
            self.state = evolve(self.state, event, POSITION_ID)
            self.log.append(_recorded(event, at, len(self.log) + 1))
            entry = entry_for(event, POSITION_ID)
            lines = entry.lines if entry else ()
            assert sum((line.amount for line in lines), Decimal(0)) == 0
            for line in lines:
                self.books[line.account] = self.books.get(line.account, Decimal(0)) + line.amount

    @property
    def position(self) -> Position:
        """As it stands."""
        assert self.state is not None
        return self.state

    def decides(self, happening: Happening) -> None:
        """An order leaves."""
        self.number += 1
        side: Side = "BUY" if happening.amount > 0 else "SELL"
        order = {
            "order_id": UUID(int=self.number),
            "client_order_id": client_order_id(POSITION_ID, happening.at, side),
            "side": side,
            "quantity": abs(happening.amount),
            "decided_at": happening.at,
        }
        self.happen([INTENDED.model_copy(update=order)], happening.at)
        self.happen(ordering.submit(self.position, latest(self.position), "paper", "p"), happening.at)

    def hears(self, happening: Happening) -> None:
        """The order's fill is reported, or an action that has taken effect becomes known."""
        if happening.kind == "trade":
            order = latest(self.position)
            fill = Fill("x", 1, abs(happening.amount), happening.price, Decimal(0), happening.at)
            self.happen(booking.book(self.position, order, fill), happening.told_at)
            return
        about = {"ex_date": happening.at.date(), "effective_at": happening.at}
        if happening.kind == "split":
            held = shares_at(self.log, happening.at - timedelta(microseconds=1))
            split = a_split(str(happening.amount), **about)
            for _ in range(2):  # told twice
                self.happen(rules.split(self.position, split, held, None, RULES), happening.at)
            return
        dividend = a_dividend(str(happening.amount), payable_at=happening.paid_at, **about)
        held = shares_at(self.log, happening.at - NIGHT)
        for _ in range(2):
            self.happen(rules.accrue(self.position, dividend, held, RULES), happening.at)

    def is_paid(self, at: datetime) -> None:
        """What is payable by a moment is paid."""
        for accrual in self.position.accruals:
            if accrual.payable_at <= at:
                self.happen(rules.pay(self.position, accrual), accrual.payable_at)


def _recorded(event: Event, at: datetime, version: int) -> Recorded:
    metadata = Metadata(
        id=UUID(int=version), at=at, recorded_at=at, actor="test", correlation_id=POSITION_ID, engine="e"
    )
    return Recorded(version, POSITION_ID, version, metadata, event)


@st.composite
def a_year(draw: st.DrawFn) -> list[Happening]:
    """At most one thing a day. A fill is heard of before the next order leaves, an action whenever."""
    days = sorted(draw(st.sets(st.integers(1, 364), min_size=3, max_size=30)))
    found = []
    splits = 0
    for day in days:
        kind = draw(st.sampled_from(["trade", "trade", "dividend", "split"]))
        late = timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 5, 40])), hours=draw(st.integers(0, 5)))
        at = NEW_YEAR + day * DAY + OPEN
        if kind == "trade":
            amount = Decimal(draw(st.integers(-3, 9).filter(bool)))
            price = Decimal(draw(st.integers(5_000_000, 9_000_000))).scaleb(-2)
            found.append(
                Happening(at + timedelta(hours=2), at + timedelta(hours=2) + late, "trade", amount, price)
            )
        elif kind == "split" and splits < 6:
            splits += 1
            found.append(
                Happening(at, at + late, "split", draw(st.sampled_from([Decimal(2), Decimal("0.5")])))
            )
        else:
            per_share = Decimal(draw(st.integers(1, 300))).scaleb(-2)
            paid = at + draw(st.integers(1, 30)) * DAY
            found.append(Happening(at, at + late, "dividend", per_share, paid_at=paid))
    return found


def _steps(year: list[Happening]) -> list[tuple[datetime, int, Happening]]:
    """Decisions when they are taken, all else when it is heard of.

    A fill at the latest before the next decision, as an order must have ended before it. All that moves shares
    before the next ex-date: a dividend is settled once, on the shares that are known then.
    """
    steps = []
    next_trade = next_dividend = NEW_YEAR + 900 * DAY
    for each in reversed(year):
        told_at = each.told_at
        if each.kind == "trade":
            told_at = min(told_at, next_trade, next_dividend)
            next_trade = each.at - timedelta(minutes=1)
            steps.append((each.at, 0, each))
        elif each.kind == "split":
            told_at = min(told_at, next_dividend)
        else:
            next_dividend = each.at - timedelta(minutes=1)
        steps.append((told_at, 1, each))
    return sorted(steps, key=lambda step: step[:2])


@settings(max_examples=150)
@given(a_year())
@example([])
def test_it_ends_where_a_naive_account_ends(year: list[Happening]) -> None:
    """Shares, cash, what is owed and the anchor, whatever was heard of late; and the accounts say the same."""
    told = Told()
    told.happen([START, ALLOCATED], NEW_YEAR)
    for at, is_heard, each in _steps(year):
        told.is_paid(at)
        if is_heard:
            told.hears(each)
        else:
            told.decides(each)
    end = NEW_YEAR + 500 * DAY
    told.is_paid(end)
    naive = NaiveAccount(Decimal(1024), Decimal(10_000), Decimal(100_000), RULES.withholding)
    naive.live(year, end)
    state = told.position
    assert (state.shares, state.cash, state.receivable) == (naive.shares, naive.cash, naive.owed)
    assert abs(state.anchor - naive.anchor) <= Decimal("1E-9")
    assert shares_at(told.log, end) == state.shares
    assert told.books.get(RECEIVABLE, Decimal(0)) == state.receivable
    assert told.books.get(position_cash(POSITION_ID), Decimal(0)) == state.cash
    again: Position | None = None
    for recorded in told.log:
        again = POSITION.evolve(again, recorded.event, POSITION_ID)
    assert again == state

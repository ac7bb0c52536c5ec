"""Double entry: entries balance, and the accounts say what the aggregates say (DOMAIN §6)."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.events import Event
from domain.journal import (
    COMMISSION,
    CONTRIBUTIONS,
    HOLDING,
    PORTFOLIO_CASH,
    REALISED_GAIN,
    Line,
    entry_for,
    position_cash,
)
from domain.listing import ListingRegistered
from domain.order import Fill, OrderStatus
from domain.portfolio import decide as portfolio_rules
from domain.portfolio import state as portfolio_state
from domain.portfolio.events import AnyPortfolioEvent
from domain.portfolio.state import Portfolio
from domain.position import booking, ordering
from domain.position import decide as rules
from domain.position.evaluate import evaluate
from domain.position.events import AnyPositionEvent, CashAllocated, CashReturned
from domain.position.evolve import evolve as evolve_position
from domain.position.state import Position
from domain.refusals import Conflict, Invalid, NotYet
from domain.settings import SettingsChange
from stories import (
    AT,
    KO,
    PORTFOLIO_ID,
    PORTFOLIO_OPENED,
    SENT,
    VOD,
    a_listing,
    a_quote,
    circumstances,
    latest,
    position,
)
from stories import fill as a_fill

POSITIONS = (UUID(int=1), UUID(int=2))
Account = tuple[str, UUID | None]


@dataclass
class Book:
    """Two positions of one portfolio under random commands, and the accounts their events post to."""

    registered: ListingRegistered
    minutes: int = 0
    portfolio: Portfolio | None = None
    positions: dict[UUID, Position] = field(default_factory=dict)
    balances: dict[Account, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    units: dict[Account, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    kinds: set[str] = field(default_factory=set)

    def happen(self, events: Sequence[AnyPortfolioEvent]) -> None:
        """Take the portfolio's events into its state and the accounts; each entry must balance."""
        for event in events:
            self.portfolio = portfolio_state.evolve(self.portfolio, event)
            self._post(event, PORTFOLIO_ID)

    def happen_to(self, position_id: UUID, events: Sequence[AnyPositionEvent]) -> None:
        """Likewise for events of a position."""
        for event in events:
            before = self.positions.get(position_id)
            self.positions[position_id] = evolve_position(before, event, position_id)
            self._post(event, position_id)

    def _post(self, event: Event, stream_id: UUID) -> None:
        entry = entry_for(event, stream_id)
        if entry is None:
            return
        self.kinds.add(entry.kind)
        assert sum((line.amount for line in entry.lines), Decimal(0)) == 0, entry
        for line in entry.lines:
            self.balances[self._account(line)] += line.amount
            self.units[self._account(line)] += line.quantity

    @staticmethod
    def _account(line: Line) -> Account:
        return line.account, line.listing_id


def begun(registered: ListingRegistered) -> Book:
    """A funded portfolio with two positions, one with shares and one without."""
    book = Book(registered)
    book.happen([PORTFOLIO_OPENED.model_copy(update={"currency": registered.currency})])
    assert book.portfolio is not None
    book.happen(portfolio_rules.deposit(book.portfolio, Decimal(100_000), "deposit"))
    for position_id, shares in zip(POSITIONS, (Decimal(100), Decimal(0)), strict=True):
        opening = rules.open_position(
            book.portfolio, a_listing(registered), shares, Decimal(100), SettingsChange()
        )
        book.happen_to(position_id, opening)
    return book


Step = Callable[[Book, UUID, Decimal], None]


def allocate(book: Book, position_id: UUID, amount: Decimal) -> None:
    """Free cash goes to a position."""
    state = book.positions[position_id]
    assert book.portfolio is not None
    lent = portfolio_rules.lend(book.portfolio, position_id, state.symbol, amount)
    allocated = rules.allocate_cash(state, amount)
    book.happen(lent)
    book.happen_to(position_id, allocated)


def give_back(book: Book, position_id: UUID, amount: Decimal) -> None:
    """A position's cash goes back."""
    state = book.positions[position_id]
    assert book.portfolio is not None
    returned = rules.return_cash(state, amount)
    book.happen_to(position_id, returned)
    book.happen(portfolio_rules.take_back(book.portfolio, position_id, state.symbol, amount))


def withdraw(book: Book, _: UUID, amount: Decimal) -> None:
    """Cash leaves the portfolio."""
    assert book.portfolio is not None
    book.happen(portfolio_rules.withdraw(book.portfolio, amount))


def decide(book: Book, position_id: UUID, amount: Decimal) -> None:
    """A price comes, and an order perhaps goes out."""
    book.minutes += 1
    at = AT + timedelta(minutes=book.minutes)
    state = book.positions[position_id]
    assert book.portfolio is not None
    price = 50 + amount % 100
    evaluation = evaluate(
        state, book.portfolio, circumstances(a_quote(price, at), at), UUID(int=1000 + book.minutes)
    )
    if evaluation.event is None:
        return
    book.happen_to(position_id, [evaluation.event])
    order = book.positions[position_id].order
    if order is not None:
        book.happen_to(position_id, ordering.submit(book.positions[position_id], order, "paper", "p"))


def fill(book: Book, position_id: UUID, amount: Decimal) -> None:
    """The broker fills some of an order, or all of it, dearer or cheaper than decided."""
    state = book.positions[position_id]
    if state.order is None:
        return
    quantity = max(Decimal(1), (state.order.quantity * (amount % 7) / 5).quantize(Decimal(1)))
    price = state.order.decided_price * (1 + (amount % 11 - 5) / 1000)
    name = f"x{len(state.order.executions)}"
    _book(book, position_id, Fill(name, 1, quantity, price, quantity * price / 10_000, AT))


def correct(book: Book, position_id: UUID, amount: Decimal) -> None:
    """The broker replaces its first execution of the latest order by another, or takes it back."""
    state = book.positions[position_id]
    if state.order is None or not state.order.executions:
        return
    first = state.order.executions[0]
    quantity = (first.quantity * (amount % 7) / 5).quantize(Decimal(1))
    price = first.price * (1 + (amount % 11 - 5) / 1000)
    revision = first.revision + 1
    _book(book, position_id, Fill(first.execution_id, revision, quantity, price, amount % 3, AT))


def _book(book: Book, position_id: UUID, report: Fill) -> None:
    state = book.positions[position_id]
    book.happen_to(position_id, booking.book(state, latest(state), report))
    for event in booking.settle_closed(book.positions[position_id]):
        assert book.portfolio is not None
        if isinstance(event, CashReturned):
            book.happen(portfolio_rules.take_back(book.portfolio, position_id, state.symbol, event.amount))
        if isinstance(event, CashAllocated):
            book.happen(portfolio_rules.cover(book.portfolio, position_id, state.symbol, event.amount))
        book.happen_to(position_id, [event])


def cancel(book: Book, position_id: UUID, _: Decimal) -> None:
    """The order ends."""
    state = book.positions[position_id]
    if state.order is not None:
        book.happen_to(position_id, ordering.end(state, state.order, OrderStatus.CANCELED, None))


def close(book: Book, position_id: UUID, _: Decimal) -> None:
    """The position ends, its cash goes home."""
    events = rules.close(book.positions[position_id])
    before = book.positions[position_id]
    book.happen_to(position_id, events)
    assert book.portfolio is not None
    if events and before.cash:
        book.happen(portfolio_rules.take_back(book.portfolio, position_id, before.symbol, before.cash))


STEPS: tuple[Step, ...] = (
    allocate, decide, fill, decide, fill, correct, give_back, withdraw, cancel, fill, correct, close
)  # fmt: skip
BOOKING = (decide, fill, correct, cancel)
WEIGHED = st.sampled_from([*STEPS[:-1] * 3, close])
CENTS = st.integers(1, 5_000_000).map(lambda cents: Decimal(cents).scaleb(-2))
STORY = st.lists(st.tuples(WEIGHED, st.sampled_from(POSITIONS), CENTS), min_size=10, max_size=60)


@settings(max_examples=60)
@given(st.sampled_from([KO, VOD]), STORY)
def test_accounts_say_what_the_aggregates_say(
    registered: ListingRegistered, story: list[tuple[Step, UUID, Decimal]]
) -> None:
    """Over any story: entries balance, cash and holdings agree, and orders never touch free cash."""
    book = begun(registered)
    for step, position_id, amount in story:
        free = book.portfolio.cash if book.portfolio else Decimal(0)
        before = book.positions[position_id]
        with suppress(Conflict, Invalid, NotYet):
            step(book, position_id, amount)
        assert book.portfolio is not None
        if step in BOOKING and before.status != "closed":
            assert book.portfolio.cash == free
        _agrees(book)


def _agrees(book: Book) -> None:
    assert book.portfolio is not None
    assert book.balances[PORTFOLIO_CASH, None] == book.portfolio.cash
    for position_id, state in book.positions.items():
        assert book.balances[position_cash(position_id), None] == state.cash
        assert state.shares >= 0
        assert state.shares or not state.book_cost
        assert state.book_cost >= 0
        if state.status == "closed":
            assert state.shares == state.cash == 0
    holding = (HOLDING, book.registered.listing_id)
    states = book.positions.values()
    assert book.units[holding] == sum((each.shares + each.handed_over.shares for each in states), Decimal(0))
    cost = sum((each.book_cost + each.handed_over.book_cost for each in states), Decimal(0))
    assert book.balances[holding] == cost
    assert sum(book.balances.values(), Decimal(0)) == 0


def test_an_enormous_entry_balances_to_the_cent() -> None:
    """A minus rounds too, under Python's own context."""
    state = position.given(*SENT).state
    booked = booking.book(state, latest(state), a_fill("999999999999999999", "999999999999999999.01"))[0]
    entry = entry_for(booked, state.id)
    assert entry is not None
    bought, paid = (line.amount for line in entry.lines)
    assert bought == paid.copy_negate() == Decimal("999999999999999998010000000000000000.99")


def test_a_story_posts_every_kind_of_entry_there_is() -> None:
    """What the property walks through is not an empty stage."""
    book = begun(KO)
    first = POSITIONS[0]
    allocate(book, first, Decimal(10_000))
    for price in (Decimal(47), Decimal(60)):
        decide(book, first, price)
        fill(book, first, Decimal(5))
    give_back(book, first, Decimal(1))
    withdraw(book, first, Decimal(1))
    assert book.kinds == {"contribution", "withdrawal", "transfer", "buy", "sell"}
    assert {account for account, _ in book.balances} == {
        PORTFOLIO_CASH, position_cash(first), CONTRIBUTIONS, HOLDING, COMMISSION, REALISED_GAIN,
    }  # fmt: skip

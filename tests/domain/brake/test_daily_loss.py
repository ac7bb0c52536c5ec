"""The daily-loss brake: what counts as a loss, against what it is measured, and what never triggers it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.brake.assess import Assessed, assess, sentence
from domain.brake.books import Booked, Books, Held
from domain.brake.day import day_of
from domain.brake.inputs import DayInputs
from domain.journal import CONTRIBUTIONS, HOLDING, PORTFOLIO_CASH, RECEIVABLE, Line

MIDNIGHT = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
BEFORE = MIDNIGHT - timedelta(microseconds=1)
NOON = MIDNIGHT + timedelta(hours=12)
KO, PEP = UUID(int=1), UUID(int=2)
PORTFOLIO = UUID(int=9)
ONE = Decimal(1)


@dataclass
class Desk:
    """A portfolio whose day is told step by step, and the prices of each moment."""

    limit: str = "5"
    cash: Decimal = Decimal(10_000)
    units: dict[UUID, Decimal] = field(default_factory=lambda: {KO: Decimal(100)})
    price: dict[UUID, Decimal] = field(default_factory=lambda: {KO: Decimal(100)})
    at: datetime = MIDNIGHT + timedelta(hours=9)
    entries: list[Booked] = field(default_factory=list)
    marks: dict[tuple[UUID, datetime], Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.marks = {(listing_id, BEFORE): price for listing_id, price in self.price.items()}

    def book(self, *lines: Line) -> None:
        """An entry of now; the next one comes a second later."""
        self.entries.append(Booked(self.at, lines))
        for line in lines:
            if line.account.startswith(("cash", RECEIVABLE)):
                self.cash += line.amount
            elif line.listing_id is not None:
                self.units[line.listing_id] = self.units.get(line.listing_id, Decimal(0)) + line.quantity
                self.marks.setdefault((line.listing_id, BEFORE), self.price[line.listing_id])
                self.marks[line.listing_id, self.at] = self.price[line.listing_id]
        self.at += timedelta(seconds=1)

    def move(self, listing_id: UUID, price: str | Decimal) -> None:
        """The market moves."""
        self.price[listing_id] = Decimal(price)

    def deposit(self, amount: Decimal) -> None:
        """Money comes, or goes below zero."""
        self.book(Line(PORTFOLIO_CASH, amount), Line(CONTRIBUTIONS, -amount))

    def bring(self, listing_id: UUID, units: Decimal, cost: Decimal) -> None:
        """Units come in kind, at whatever they once cost."""
        self.book(Line(HOLDING, cost, listing_id, units), Line(CONTRIBUTIONS, -cost))

    def buy(self, listing_id: UUID, units: Decimal, price: Decimal | None = None) -> None:
        """A trade at the market price or another; below zero it sells."""
        money = units * (self.price[listing_id] if price is None else price)
        self.book(Line(HOLDING, money, listing_id, units), Line("cash:position:1", -money))

    def inputs(self, **others: Any) -> DayInputs | None:
        """What is assessed."""
        held = [
            Held(each, str(each.int), "XNYS", ONE, units, others.pop("in_positions", units))
            for each, units in self.units.items()
        ]
        books = Books(PORTFOLIO, "USD", Decimal(self.limit), self.cash, held, self.entries)
        begins = others.pop("begins", dict.fromkeys(self.units, MIDNIGHT))
        now = {(each, NOON): price for each, price in self.price.items()}
        return day_of(books, begins, NOON, **others).inputs(self.marks | now)

    def day(self, **others: Any) -> Assessed:
        """The day as it is assessed."""
        inputs = self.inputs(**others)
        assert inputs is not None
        return assess(inputs)


def test_a_loss_beyond_the_limit_is_too_much_and_one_at_it_is_not() -> None:
    """20 000 at the close; five per cent of it are 1 000."""
    desk = Desk()
    desk.move(KO, "90")
    assert (desk.day().before, desk.day().loss, desk.day().exceeded) == (
        Decimal(20_000),
        Decimal(1_000),
        False,
    )
    desk.move(KO, "89.99")
    assert (desk.day().loss, desk.day().exceeded) == (Decimal(1_001), True)


def test_a_gain_is_no_loss() -> None:
    desk = Desk()
    desk.move(KO, "300")
    assert (desk.day().loss, desk.day().exceeded) == (Decimal(-20_000), False)


def test_a_deposit_does_not_hide_a_loss_and_a_withdrawal_is_none() -> None:
    """The loss is measured against the close, whatever came since."""
    desk = Desk()
    desk.deposit(Decimal(5_000))
    desk.deposit(Decimal(-9_000))
    desk.move(KO, "89.99")
    day = desk.day()
    assert (day.value, day.loss, day.base, day.exceeded) == (
        Decimal(14_999),
        Decimal(1_001),
        Decimal(20_000),
        True,
    )


def test_units_that_come_in_kind_count_at_the_price_of_then() -> None:
    """However little they once cost; after that they lose like any other."""
    desk = Desk()
    desk.bring(KO, Decimal(50), cost=Decimal(1))
    assert desk.day().loss == 0
    desk.move(KO, "99")
    assert desk.day().loss == 150


def test_what_a_fill_was_worse_by_and_what_it_cost_is_a_loss() -> None:
    """A trade away from the market, or a commission, is no flow."""
    desk = Desk()
    desk.buy(KO, Decimal(10), price=Decimal(110))
    desk.book(Line("commission", Decimal(3)), Line("cash:position:1", Decimal(-3)))
    assert desk.day().loss == 103


def test_a_dividend_makes_good_what_the_price_has_come_down() -> None:
    """It is owed from the ex-date on; what is lost is the tax."""
    desk = Desk()
    desk.book(
        Line(RECEIVABLE, Decimal(75)),
        Line("withholding_tax", Decimal(25)),
        Line("dividend_income", Decimal(-100)),
    )
    desk.move(KO, "99")
    assert desk.day().loss == 25


def test_on_its_first_day_a_portfolio_is_measured_by_what_came_in() -> None:
    """There was nothing at the close; without this nothing could be lost, or a cent would be too much."""
    desk = Desk(cash=Decimal(0), units={}, price={KO: Decimal(100)})
    desk.deposit(Decimal(10_000))
    desk.bring(KO, Decimal(100), cost=Decimal(10_000))
    desk.move(KO, "90")
    assert (desk.day().before, desk.day().base, desk.day().exceeded) == (Decimal(0), Decimal(20_000), False)
    desk.move(KO, "89")
    assert desk.day().exceeded


def test_the_first_real_money_of_an_almost_empty_portfolio_may_move() -> None:
    """A dollar to try the account, and twenty thousand the day after."""
    desk = Desk(cash=ONE, units={}, price={KO: Decimal(100)})
    desk.deposit(Decimal(20_000))
    desk.buy(KO, Decimal(100))
    desk.move(KO, "99.90")
    assert (desk.day().loss, desk.day().exceeded) == (Decimal(10), False)


def test_nothing_is_too_much_where_there_was_never_anything() -> None:
    empty = Desk(cash=Decimal(0), units={})
    assert (empty.day().loss_pct, empty.day().exceeded) == (None, False)


def test_what_was_booked_before_the_day_belongs_to_the_close() -> None:
    """By when it took effect, whenever it was told."""
    desk = Desk(at=MIDNIGHT - timedelta(hours=2))
    desk.deposit(Decimal(5_000))
    assert (desk.day().before, desk.day().came_in) == (Decimal(25_000), Decimal(0))


def test_each_listing_has_the_day_of_its_own_exchange() -> None:
    """What was bought of PEP counts from its day on, which began later than that of KO."""
    desk = Desk(price={KO: Decimal(100), PEP: Decimal(50)}, at=MIDNIGHT + timedelta(hours=1))
    desk.buy(PEP, Decimal(10), price=Decimal(70))
    later = MIDNIGHT + timedelta(hours=5)
    desk.marks[PEP, later - timedelta(microseconds=1)] = Decimal(50)
    begins = {KO: MIDNIGHT, PEP: later}
    assert desk.day(begins=begins).loss == 0
    assert desk.day(begins={KO: MIDNIGHT, PEP: MIDNIGHT}).loss == 200


def test_what_nobody_has_priced_is_out_of_sight() -> None:
    """Money that buys it is no loss, and nor is its sale a gain."""
    desk = Desk(price={KO: Decimal(100), PEP: Decimal(50)})
    desk.buy(PEP, Decimal(10))
    desk.marks = {moment: price for moment, price in desk.marks.items() if moment[0] != PEP}
    del desk.price[PEP]
    assert desk.day().loss == 0


def test_nobody_can_tell_what_a_merger_into_the_unknown_has_lost() -> None:
    desk = Desk(price={KO: Decimal(100), PEP: Decimal(50)})
    desk.book(Line(HOLDING, Decimal(-900), KO, Decimal(-100)), Line(HOLDING, Decimal(900), PEP, Decimal(200)))
    desk.marks = {moment: price for moment, price in desk.marks.items() if moment[0] != PEP}
    del desk.price[PEP]
    assert desk.inputs() is None


def test_units_that_a_split_has_passed_over_are_left_out() -> None:
    """What closed positions have left does not split with the others, and its price does."""
    desk = Desk(units={KO: Decimal(100)})
    desk.book(
        Line(HOLDING, Decimal(0), KO, Decimal(300))
    )  # of 100 in a position 400 were made; 40 lie beside them
    desk.units[KO] += 40
    desk.move(KO, "25")
    assert desk.day(in_positions=Decimal(400), set_aside=[KO]).loss == 0
    assert desk.day(in_positions=Decimal(400)).exceeded


def test_after_a_lift_the_day_begins_anew() -> None:
    """What a person has seen is behind them: it takes the same fall once more."""
    desk = Desk()
    lifted = MIDNIGHT + timedelta(hours=10)
    desk.marks[KO, lifted - timedelta(microseconds=1)] = Decimal(80)
    desk.move(KO, "75")
    day = desk.day(begins={KO: lifted}, since=lifted)
    assert (day.before, day.loss, day.exceeded) == (Decimal(18_000), Decimal(500), False)


def test_the_sentence_has_the_numbers() -> None:
    desk = Desk()
    desk.move(KO, "89.99")
    inputs = desk.inputs()
    assert inputs is not None
    assert sentence(inputs, assess(inputs), "USD") == (
        "Since the previous close it has lost 1001.00 USD, deposits and withdrawals left aside. That is 5.01 % of"
        " 20000.00 USD; more than 5 % stops it."
    )


amounts = st.integers(1, 10**9).map(lambda cents: Decimal(cents).scaleb(-2))
prices = st.integers(1, 10**7).map(lambda cents: Decimal(cents).scaleb(-2))
step = st.one_of(
    st.tuples(st.just("deposit"), st.just(KO), amounts),
    st.tuples(st.just("withdraw"), st.just(KO), amounts),
    st.tuples(st.just("bring"), st.sampled_from([KO, PEP]), amounts),
    st.tuples(st.just("trade"), st.sampled_from([KO, PEP]), st.integers(-(10**6), 10**6).map(Decimal)),
)


def told(desk: Desk, step: tuple[str, UUID, Decimal]) -> None:
    """One step of a day."""
    kind, listing_id, number = step
    match kind:
        case "deposit":
            desk.deposit(number)
        case "withdraw":
            desk.deposit(-number)
        case "bring":
            desk.bring(listing_id, number, cost=ONE)
        case "trade":
            desk.buy(listing_id, number)
        case _:
            raise AssertionError(kind)


@given(
    start=st.tuples(prices, prices),
    moves=st.lists(st.tuples(st.sampled_from([KO, PEP]), prices), max_size=3),
    steps=st.lists(step, max_size=6),
)
def test_flows_and_trades_at_the_market_price_lose_nothing(
    start: tuple[Decimal, Decimal], moves: list[tuple[UUID, Decimal]], steps: list[tuple[str, UUID, Decimal]]
) -> None:
    """Whatever has happened so far, each leaves the loss as it is; a flow triggers nothing that was not triggered."""
    desk = Desk(units={KO: Decimal(100), PEP: Decimal(7)}, price={KO: start[0], PEP: start[1]})
    for listing_id, price in moves:
        desk.move(listing_id, price)
    for each in steps:
        before = desk.day()
        told(desk, each)
        after = desk.day()
        assert after.loss == before.loss
        assert before.exceeded or not after.exceeded


@given(start=prices, now=prices, trades=st.permutations([3, -5, 11, -9, 2]))
def test_the_order_of_trades_at_one_price_makes_no_difference(
    start: Decimal, now: Decimal, trades: list[int]
) -> None:
    desk = Desk(price={KO: start})
    desk.move(KO, now)
    for units in trades:
        desk.buy(KO, Decimal(units))
    assert desk.day().loss == Decimal(100) * (start - now)


@given(start=prices, now=prices, limit=st.integers(1, 100))
def test_what_is_recorded_decides_the_same_again(start: Decimal, now: Decimal, limit: int) -> None:
    """Written as JSON and read back, years later."""
    desk = Desk(price={KO: start}, limit=str(limit))
    desk.move(KO, now)
    inputs = desk.inputs()
    assert inputs is not None
    assert assess(DayInputs.model_validate_json(inputs.model_dump_json())) == assess(inputs)


@pytest.mark.parametrize("unit_scale", ["1", "0.01"])
def test_prices_count_in_the_quote_unit(unit_scale: str) -> None:
    """A hundred pence are a pound."""
    held = Held(KO, "VOD", "XLON", Decimal(unit_scale), Decimal(100), Decimal(100))
    books = Books(PORTFOLIO, "GBP", Decimal(5), Decimal(0), [held], [])
    marks: Mapping[tuple[UUID, datetime], Decimal] = {
        (KO, BEFORE): Decimal(8_000),
        (KO, NOON): Decimal(7_000),
    }
    inputs = day_of(books, {KO: MIDNIGHT}, NOON).inputs(marks)
    assert inputs is not None
    assert assess(inputs).loss == 100_000 * Decimal(unit_scale)

"""A portfolio's value by units: what is moved is no gain, what prices do is (DOMAIN §8.6)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.fx import Pair, Rate
from domain.measures import Mark
from domain.valuation import CloseOfDay, Market, Movement, Quoted, UnitsMoved, closes, drawdown

FIRST = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
FUND = UUID(int=1)
PENCE, DOLLARS = Quoted("GBP", Decimal("0.01")), Quoted("USD", Decimal(1))


def deposit(amount: str, day: int = 0) -> Movement:
    """Cash comes, or goes where it is below zero."""
    return Movement(FIRST + DAY * day, Decimal(amount), Decimal(amount))


def bought(units: str, cost: str, day: int = 0) -> Movement:
    """Units for cash."""
    moved = UnitsMoved(FUND, Decimal(units), Decimal(cost))
    return Movement(FIRST + DAY * day, -Decimal(cost), Decimal(0), (moved,))


def in_kind(units: str, cost: str, day: int = 0) -> Movement:
    """Units that came, or went, for nothing."""
    moved = UnitsMoved(FUND, Decimal(units), Decimal(cost))
    return Movement(FIRST + DAY * day, Decimal(0), Decimal(cost), (moved,))


def close(price: str, day: int = 0) -> Mark:
    """The close of a day."""
    return Mark(FIRST + DAY * day + timedelta(hours=7), FUND, Decimal(price))


def history(*steps: Movement | Mark, quoted: Quoted = PENCE, rates: Sequence[Rate] = ()) -> list[CloseOfDay]:
    """The closes of a portfolio in pounds."""
    movements = [each for each in steps if isinstance(each, Movement)]
    marks = [each for each in steps if isinstance(each, Mark)]
    return closes(movements, Market("GBP", {FUND: quoted}, marks, rates), FIRST + DAY * 30)


def units(found: list[CloseOfDay]) -> list[str]:
    """What a unit was worth, day by day, to the fourth digit."""
    return [str(each.unit_value.quantize(Decimal("0.0001"))) for each in found]


def test_a_falling_price_is_a_drawdown_from_the_highest_close() -> None:
    """1 000 pounds in units, up a fifth, then down a tenth of that."""
    found = history(deposit("1000"), bought("100", "1000"), close("1000"), close("1200", 1), close("1080", 2))
    assert units(found) == ["1.0000", "1.2000", "1.0800"]
    assert [each.value for each in found] == [1000, 1200, 1080]
    assert drawdown(found) == Decimal("0.1")


def test_a_deposit_is_no_gain_and_a_withdrawal_no_loss() -> None:
    found = history(
        deposit("1000"),
        bought("100", "1000"),
        close("1000"),
        deposit("5000", 1),
        deposit("-4000", 2),
        close("900", 3),
    )
    assert units(found) == ["1.0000", "1.0000", "1.0000", "0.9500"]
    assert [each.flows for each in found] == [1000, 5000, -4000, 0]


def test_what_comes_in_kind_counts_at_its_price_whatever_it_has_cost() -> None:
    """A holding that was bought dearly long ago is no loss on the day on which it is entered."""
    found = history(
        deposit("1000"), in_kind("100", "2000"), close("1000"), in_kind("50", "1", 1), close("800", 2)
    )
    assert units(found) == ["1.0000", "1.0000", "0.8800"]
    assert [each.flows for each in found] == [2000, 500, 0]


def test_a_first_price_is_no_gain() -> None:
    """Until somebody says a price, units are worth what they have cost."""
    found = history(in_kind("100", "2000"), close("1000", 1), close("900", 2))
    assert [each.value for each in found] == [2000, 1000, 900]
    assert units(found) == ["1.0000", "1.0000", "0.9000"]


def test_books_that_are_overdrawn_for_a_day_measure_nothing_on_it() -> None:
    """A purchase that was told before the deposit that paid for it."""
    found = history(close("1000", -1), bought("100", "1000"), deposit("1000", 1), close("900", 2))
    assert units(found) == ["1.0000", "1.0000", "0.9000"]


def test_a_fee_is_a_loss() -> None:
    fee = Movement(FIRST + DAY, Decimal(-10), Decimal(0))
    assert units(history(deposit("1000"), fee)) == ["1.0000", "0.9900"]


def test_a_corporate_action_between_a_price_and_the_days_end_moves_the_price() -> None:
    """Four units for one: the last price is from before, and nothing was gained."""
    split_at = FIRST + DAY

    def expected(_: UUID, price: Decimal, after: datetime, until: datetime) -> Decimal | None:
        return price / 4 if after < split_at <= until else None

    more = Movement(split_at, Decimal(0), Decimal(0), (UnitsMoved(FUND, Decimal(300), Decimal(0)),))
    movements = [deposit("1000"), bought("100", "1000"), more]
    market = Market("GBP", {FUND: PENCE}, [close("1000")], acted_on=frozenset({FUND}), expected=expected)
    assert units(closes(movements, market, FIRST + DAY * 2)) == ["1.0000", "1.0000"]


def test_a_foreign_holding_moves_with_its_rate() -> None:
    """A dollar falls by a tenth, and its fund with it; the rate of the pair's inverse does as well."""
    rates = [
        Rate(Pair("GBP", "USD"), FIRST, Decimal("1.25"), "test"),
        Rate(Pair("USD", "GBP"), FIRST + DAY, Decimal("0.72"), "test"),
    ]
    found = history(deposit("800"), bought("100", "800"), close("10"), quoted=DOLLARS, rates=rates)
    assert [each.value for each in found] == [800, 720]
    assert drawdown(found) == Decimal("0.1")


def test_without_anything_booked_there_is_no_close() -> None:
    assert history(close("1000")) == []
    assert drawdown([]) is None


MONEY = st.decimals(Decimal(1), Decimal(100_000), places=2)
PRICES = st.lists(st.decimals(Decimal(1), Decimal(5000), places=2), min_size=2, max_size=12)


@given(PRICES, st.lists(MONEY, min_size=12, max_size=12), st.booleans())
def test_whoever_is_all_in_cash_or_all_in_one_fund_moves_as_it_does(
    prices: list[Decimal], came: list[Decimal], invested: bool
) -> None:
    """Whatever is paid in on the way: each unit is worth what the fund's price, or cash, has made of it."""
    steps: list[Movement | Mark] = []
    for day, (price, amount) in enumerate(zip(prices, came, strict=False)):
        worth = amount * price / 100
        steps += (
            [close(str(price), day), in_kind(str(amount), str(worth), day)]
            if invested
            else [deposit(str(amount), day)]
        )
    last = history(*steps)[-1]
    grown = prices[-1] / prices[0] if invested else Decimal(1)
    assert abs(last.unit_value / grown - 1) < Decimal("1E-9")
    assert Decimal(0) <= last.drawdown <= 1


@given(PRICES, st.lists(st.decimals(Decimal(-5000), Decimal(5000), places=2), min_size=12, max_size=12))
def test_a_unit_is_always_worth_something(prices: list[Decimal], flows: list[Decimal]) -> None:
    """However much comes and goes, also more than there is."""
    steps: list[Movement | Mark] = [in_kind("10", "10")]
    for day, (price, amount) in enumerate(zip(prices, flows, strict=False)):
        steps += [close(str(price), day), *([deposit(str(amount), day)] if amount else [])]
    assert all(each.unit_value > 0 and 0 <= each.drawdown < 1 for each in history(*steps))

"""The measures of DOMAIN §10, each against a sum done by hand."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.measures import Fact, Mark, Measured, Measures, measure
from domain.money import ZERO

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
KO = UUID(int=1)
PEP = UUID(int=2)
POSITION = Measured(UUID(int=10), KO, "XSIM", Decimal(1), Decimal("0.25"), Decimal("0.75"))
OTHER = Measured(UUID(int=20), PEP, "XSIM", Decimal(1), Decimal("0.25"), Decimal("0.75"))
ORDER = UUID(int=100)


def at(hours: float) -> datetime:
    """So many hours after noon."""
    return NOON + timedelta(hours=hours)


def always_open(_: str, start: datetime, end: datetime) -> Decimal:
    """An exchange that never closes."""
    return Decimal((end - start).total_seconds())


def fact(kind: Any, hours: float, position: Measured = POSITION, **numbers: Any) -> Fact:
    """Something that happened, with what it moved."""
    exact = {name: Decimal(value) for name, value in numbers.items() if name not in ("reason", "order_id")}
    blank = dict.fromkeys(
        ("quantity", "notional", "fees", "slippage", "decided_value", "shares", "cash"), ZERO
    )
    return Fact(
        at=at(hours),
        position_id=position.position_id,
        kind=kind,
        reason=numbers.get("reason"),
        order_id=numbers.get("order_id"),
        **(blank | exact),
    )


def bought(hours: float, quantity: str, price: str, *, decided: str, fees: str = "0") -> Fact:
    """A fill of ORDER that bought."""
    notional = Decimal(quantity) * Decimal(price)
    return fact(
        "fill",
        hours,
        order_id=ORDER,
        quantity=quantity,
        notional=notional,
        fees=fees,
        slippage=(Decimal(price) - Decimal(decided)) * Decimal(quantity),
        decided_value=Decimal(decided) * Decimal(quantity),
        shares=quantity,
        cash=-notional - Decimal(fees),
    )


def mark(hours: float, price: str, listing_id: UUID = KO) -> Mark:
    """A stored price."""
    return Mark(at(hours), listing_id, Decimal(price))


OPENED = [fact("opened", 0, shares="100"), fact("cash", 0, cash="10000")]


def measured(
    facts: Sequence[Fact], marks: Sequence[Mark], *, start: float | None = None, end: float = 4
) -> Measures:
    """The measures of POSITION."""
    return measure(facts, marks, [POSITION], None if start is None else at(start), at(end), always_open)


def test_nothing_measured_is_null_and_not_zero() -> None:
    found = measured([], [])

    assert found.slippage_bps is found.hit_rate is found.turnover is found.time_weighted_return is None
    assert found.guardrail_time_pct is found.fee_drag_bps is found.buy_and_hold is None
    assert found.fees == ZERO
    assert not found.skips


def test_slippage_is_weighted_by_volume_and_a_cost_is_positive() -> None:
    """30 bought 0.10 above 100 and 10 bought 0.10 below: 2 lost on 4 000 decided are 5 bps."""
    fills = [bought(1, "30", "100.10", decided="100"), bought(1, "10", "99.90", decided="100")]

    assert measured([*OPENED, *fills], []).slippage_bps == 5


def test_hit_rate_counts_orders_with_a_fill_among_all_decisions() -> None:
    """One of two orders was filled, twice, and two decisions were skips: one in four."""
    facts = [
        fact("trade", 1, order_id=ORDER),
        bought(1, "1", "100", decided="100"),
        bought(1, "1", "100", decided="100"),
        fact("trade", 2, order_id=UUID(int=101)),
        fact("skip", 2, reason="below_min"),
        fact("skip", 3, reason="daily_limit"),
    ]

    found = measured([*OPENED, *facts], [])

    assert found.hit_rate == Decimal("0.25")
    assert found.skips == {"below_min": 1, "daily_limit": 1}


def test_time_inside_the_guardrails_is_weighted_by_session_time() -> None:
    """At 100 half is in shares; from the third hour at 400 it is 80 %: outside for one hour of four."""
    found = measured(OPENED, [mark(0, "100"), mark(3, "400")])

    assert found.guardrail_time_pct == 75


def test_time_while_the_exchange_is_closed_does_not_count() -> None:
    """Only the first hour is a session."""

    def closes_at_one(_: str, start: datetime, end: datetime) -> Decimal:
        return always_open("", min(start, at(1)), min(end, at(1)))

    marks = [mark(0, "100"), mark(0.5, "400")]
    found = measure(OPENED, marks, [POSITION], None, at(4), closes_at_one)

    assert found.guardrail_time_pct == 50


def test_turnover_and_fee_drag_are_against_the_average_value_over_time() -> None:
    """Worth 20 000 for two hours and 24 000 for two, 22 000 on average; 2 200 are traded for 11 in fees."""
    facts = [*OPENED, bought(4, "20", "110", decided="110", fees="11")]
    found = measured(facts, [mark(0, "100"), mark(2, "140")])

    assert found.average_value == 22_000
    assert found.turnover == Decimal("0.1")
    assert found.fee_drag_bps == 5
    assert found.fees == 11
    assert found.traded_notional == 2200


def test_return_is_time_weighted_so_that_cash_that_comes_later_earns_nothing_before() -> None:
    """20 000 grow by 10 %, 18 000 come in, 40 000 grow by 5 %: 1.1 × 1.05 − 1, whatever the sums."""
    facts = [*OPENED, fact("cash", 1.5, cash="18000")]
    marks = [mark(0, "100"), mark(1, "120"), mark(3, "140")]

    assert measured(facts, marks).time_weighted_return == Decimal("0.155")


def test_buy_and_hold_keeps_the_start_and_trades_nothing() -> None:
    """Held: 100 × 110 + 10 000 = 21 000, +5 %. Traded: 50 more at 100 make 150 × 110 + 5 000 = 21 500."""
    facts = [*OPENED, bought(1, "50", "100", decided="100")]
    found = measured(facts, [mark(0, "100"), mark(2, "110")])

    assert found.buy_and_hold == Decimal("0.05")
    assert found.time_weighted_return == Decimal("0.075")


def test_a_window_begins_with_what_was_there() -> None:
    """Bought before the window, the 150 shares are its start: 20 000 become 21 500 for both."""
    facts = [*OPENED, fact("trade", 0.5, order_id=ORDER), bought(0.5, "50", "100", decided="99", fees="0")]
    found = measured(facts, [mark(0, "100"), mark(2, "110")], start=1)

    assert found.buy_and_hold == found.time_weighted_return == Decimal("0.075")
    assert found.decisions == found.fees == 0
    assert found.slippage_bps is None


def test_without_stored_prices_the_fills_own_price_values_the_position() -> None:
    """100 shares and 10 000 at 97 are 19 700, of which 0.50 went in commission; no time was watched."""
    found = measured([*OPENED, bought(1, "52", "97", decided="97", fees="0.50")], [])

    assert found.average_value == Decimal("19699.50")
    assert found.guardrail_time_pct is None


def test_what_was_opened_today_and_decided_for_last_year_was_there_then() -> None:
    """A replay's decisions are older than the command that opened the position."""
    facts = [*OPENED, bought(-8_000, "50", "100", decided="100")]
    found = measured(facts, [mark(-8_000, "100"), mark(-7_999, "110")], end=-7_998)

    assert found.buy_and_hold == Decimal("0.05")
    assert found.start == at(-8_000)


def test_a_portfolio_is_the_sum_of_its_positions() -> None:
    """One stands at 20 000, the other grows from 10 000 to 12 000: 30 000 become 32 000."""
    facts = [*OPENED, fact("opened", 0, OTHER, shares="10"), fact("cash", 0, OTHER, cash="9000")]
    marks = [mark(0, "100"), mark(0, "100", PEP), mark(2, "300", PEP)]

    found = measure(facts, marks, [POSITION, OTHER], None, at(4), always_open)

    assert found.time_weighted_return == found.buy_and_hold
    assert round(found.buy_and_hold or ZERO, 12) == round(Decimal(2_000) / 30_000, 12)
    assert found.average_value == 31_000


def test_pence_are_a_hundredth_of_a_pound() -> None:
    """100 shares at 8 000 p and 8 000 pounds of cash are 16 000 pounds, half in shares."""
    pence = Measured(POSITION.position_id, KO, "XSIM", Decimal("0.01"), Decimal("0.5"), Decimal("0.5001"))
    facts = [fact("opened", 0, shares="100"), fact("cash", 0, cash="8000")]

    found = measure(facts, [mark(0, "8000")], [pence], None, at(4), always_open)

    assert found.average_value == 16_000
    assert found.guardrail_time_pct == 100

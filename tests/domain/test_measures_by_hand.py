"""The measures of DOMAIN §10 from events and prices, each against arithmetic done by hand in its docstring."""

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from adapters.calendars.exchange_sessions import ExchangeSessions
from domain.money import ZERO
from told import NOON, Told, always_open

OTHER = UUID(int=20)


def example() -> Told:
    """100 shares and 10 000 in cash, at 100 from the beginning: worth 20 000, half of it in shares."""
    return Told().price(0, 100).opened(0, 100, cash=10_000)


def near(number: Decimal | None, expected: Fraction) -> bool:
    """Whether a quotient that no decimal can write is right to thirty digits."""
    return number is not None and abs(Fraction(number) - expected) < Fraction(1, 10**30)


def test_slippage_of_partial_fills_bought_and_sold() -> None:
    """Bought at 30 × 100.10 and 10 × 99.90, decided at 100: +3.00 and −1.00 are lost on 4 000.
    Sold 20 × 109.89, decided at 110: 2.20 lost on 2 200. 4.20 ÷ 6 200 = 6.774193… bps.
    """
    told = (
        example()
        .ordered(1, order=1)
        .filled(1, "BUY", 30, "100.10", decided=100, order=1, name="a")
        .filled(1, "BUY", 10, "99.90", decided=100, order=1, name="b")
        .ordered(2, order=2)
        .filled(2, "SELL", 20, "109.89", decided=110, order=2, name="c")
    )

    assert near(told.measures().slippage_bps, Fraction(42_000, 6_200))


def test_a_sale_above_its_decision_is_a_gain_and_so_negative() -> None:
    """10 sold at 101, decided at 100: 10 gained on 1 000 are −100 bps."""
    told = example().ordered(1).filled(1, "SELL", 10, 101, decided=100)

    assert told.measures().slippage_bps == -100


def test_hit_rate_counts_orders_with_a_fill_among_orders_and_skips() -> None:
    """Three orders, of which one was filled twice and one once, and two skips: 2 of 5."""
    told = (
        example()
        .ordered(1, order=1)
        .filled(1, "BUY", 1, 100, order=1, name="a")
        .filled(1, "BUY", 1, 100, order=1, name="b")
        .ordered(2, order=2)
        .skipped(2, "below_min")
        .ordered(3, order=3)
        .filled(3, "BUY", 1, 100, order=3, name="c")
        .skipped(3, "daily_limit")
    )

    found = told.measures()

    assert found.hit_rate == Decimal("0.4")
    assert (found.decisions, found.orders_filled) == (5, 2)
    assert found.skips == {"below_min": 1, "daily_limit": 1}


def test_guardrail_time_over_a_holiday_a_half_day_and_a_weekend() -> None:
    """New York, 2026: Wednesday 25 November 14:30-21:00 UTC, Thanksgiving closed, Friday only 14:30-18:00, Monday
    14:30-21:00. Watched from Wednesday 20:00 to Monday 16:30: 1 + 3½ + 2 = 6½ hours of session.

    At 100 half is in shares, at 400 four fifths, which is outside of 75 %. It is 400 from Friday 16:00 (2 hours
    outside) over the weekend until Monday 15:30 (1 hour): 3½ of 6½ hours inside, 53.846153… %.
    """
    told = (
        Told()
        .price("2026-11-25 20:00", 100)
        .opened("2026-11-25 20:00", 100, cash=10_000)
        .price("2026-11-27 16:00", 400)
        .price("2026-11-30 15:30", 100)
    )

    found = told.measures(end="2026-11-30 16:30", open_seconds=ExchangeSessions().open_seconds)

    assert near(found.guardrail_time_pct, Fraction(3_500, 65))


def test_the_bounds_themselves_are_inside() -> None:
    """At 300 the shares are 30 000 of 40 000, 75 % to the cent; at 300.01 they are more: inside 1 hour of 2."""
    told = Told().price(0, 300).opened(0, 100, cash=10_000).price(1, "300.01")

    assert told.measures(end=2).guardrail_time_pct == 50


def test_guardrails_count_from_when_they_were_set() -> None:
    """Half in shares all the time. The portfolio's 25-75 % hold for an hour (inside), its 60-90 % for the second
    (outside), the position's own 40-60 % for the third (inside), and from then on the portfolio's 10-20 % change
    nothing for a position that overrides both: 3 of 4 hours.
    """
    told = (
        Told()
        .portfolio(-1)
        .price(0, 100)
        .opened(0, 100, cash=10_000)
        .portfolio_settings(1, g_low="0.6", g_high="0.9")
        .settings(2, g_low="0.4", g_high="0.6")
        .portfolio_settings(3, g_low="0.1", g_high="0.2")
    )

    found = told.measures()

    assert found.guardrail_time_pct == 75
    assert found.start == NOON, "the first event of a position, not of the portfolio"


def test_guardrails_inherit_one_by_one_and_come_back_when_an_override_goes() -> None:
    """The position overrides the lower bound alone, 60 %: outside with the portfolio's 90 %. Its override is gone
    after an hour, and 50 % lies between the portfolio's 30 and 90: inside for 3 of 4 hours.
    """
    told = Told().portfolio(-1, g_low="0.3", g_high="0.9").price(0, 100)
    told.opened(0, 100, cash=10_000, g_low="0.6").settings(1)

    assert told.measures().guardrail_time_pct == 75


def test_turnover_fees_and_fee_drag_against_the_average_over_time() -> None:
    """20 000 for an hour; then 20 bought at 100 for 11 in fees: 19 989 for an hour; then at 120 the 120 shares and
    7 989 are 22 389 for two. Average (20 000 + 19 989 + 2 × 22 389) ÷ 4 = 21 191.75.
    Turnover 2 000 ÷ 21 191.75; fee drag 110 000 ÷ 21 191.75 = 5.19069… bps.
    """
    told = example().ordered(1).filled(1, "BUY", 20, 100, fees=11).price(2, 120)

    found = told.measures()

    assert found.average_value == Decimal("21191.75")
    assert near(found.turnover, Fraction(200_000, 2_119_175))
    assert found.fees == 11
    assert found.traded_notional == 2_000
    assert near(found.fee_drag_bps, Fraction(11_000_000, 2_119_175))


def test_return_with_a_deposit_and_a_withdrawal_is_that_of_the_subperiods_linked() -> None:
    """20 000 become 22 000 at 120: × 1.1. 18 000 come: 40 000, at 140 they are 42 000: × 1.05. 21 000 go: 21 000,
    at 98 they are 16 800: × 0.8. 1.1 × 1.05 × 0.8 − 1 = −0.076.
    """
    told = (
        example()
        .price(1, 120)
        .cash("2026-11-20 13:30", 18_000)
        .price(2, 140)
        .cash("2026-11-20 14:30", -21_000)
        .price(3, 98)
    )

    assert told.measures().time_weighted_return == Decimal("-0.076")


def test_buy_and_hold_keeps_the_start_and_trades_nothing() -> None:
    """Held: 100 × 110 + 10 000 = 21 000, + 5 %. Traded: 50 more bought at 100 make 150 × 110 + 5 000 = 21 500,
    + 7.5 %.
    """
    found = example().filled(1, "BUY", 50, 100).price(2, 110).measures()

    assert found.buy_and_hold == Decimal("0.05")
    assert found.time_weighted_return == Decimal("0.075")


def test_a_dividend_is_return_from_its_ex_date_and_no_flow() -> None:
    """100 shares at 2.00 less 50 tax: 150 are owed at the first hour, and the price falls to 98 in the second.
    100 × 98 + 10 000 + 150 = 19 950: − 0.25 %, for the position as for buy-and-hold. Guardrails count what is owed
    as cash (DOMAIN §2): 9 800 ÷ 19 950 is 49.12 %, outside of 49.2-60 % for the last two of four hours; without
    the 150 it would be 49.49 % and inside.
    """
    told = Told().price(0, 100).opened(0, 100, cash=10_000, g_low="0.492", g_high="0.6")
    told.dividend(1, 100, "2.00", tax=50).price(2, 98)

    found = told.measures()

    assert found.time_weighted_return == found.buy_and_hold == Decimal("-0.0025")
    assert found.average_value == (20_000 + 20_150 + 19_950 * 2) / Decimal(4)
    assert found.guardrail_time_pct == 50


def test_buy_and_hold_is_paid_the_dividend_of_its_own_shares() -> None:
    """60 shares are sold at 100 before the ex-date: the position gets 40 × 1.50 net = 60, its start would have got
    100 × 1.50 = 150. 20 060 against 20 150 of 20 000: 0.3 % and 0.75 %.
    """
    told = example().filled(1, "SELL", 60, 100).dividend(2, 40, "2.00", tax=20)

    found = told.measures()

    assert found.time_weighted_return == Decimal("0.003")
    assert found.buy_and_hold == Decimal("0.0075")


def test_a_split_changes_no_value_at_any_moment() -> None:
    """1:4 at the first hour, with no price until the second: 400 × 25 are 10 000 all the time. At 30 they are
    12 000: 22 000 of 20 000, + 10 %. Average (2 × 20 000 + 2 × 22 000) ÷ 4 = 21 000.
    """
    found = example().split(1, 4, 100, 400).price(2, 30).measures()

    assert found.time_weighted_return == found.buy_and_hold == Decimal("0.1")
    assert found.average_value == 21_000
    assert found.guardrail_time_pct == 100


def test_a_split_comes_before_the_first_price_of_the_same_moment() -> None:
    """At the open the split and the new price of 25 are there at once: 400 × 25, nothing gained and nothing lost."""
    found = example().price(1, 25).split(1, 4, 100, 400).measures()

    assert found.time_weighted_return == 0
    assert found.average_value == 20_000


def test_what_a_split_pays_for_a_fraction_stays_in_the_return() -> None:
    """3:2 of 5 shares at 90: 7 at 60 and 30.00 for the half. 7 × 60 + 30 = 450 as before; at 66, 462 + 30 = 492
    of 450 for both.
    """
    found = Told().price(0, 90).opened(0, 5).split(1, "1.5", 5, 7, cash=30).price(2, 66).measures()

    assert near(found.time_weighted_return, Fraction(42, 450))
    assert found.buy_and_hold == found.time_weighted_return


def test_a_fill_that_was_reported_after_the_split_it_preceded() -> None:
    """Bought 10 at 100 before the split, booked after it as 40 shares: they come with the split, at 25, so nothing
    is gained. 440 × 25 + 9 000 = 20 000.
    """
    told = example().split(2, 4, 100, 400).filled(1, "BUY", 10, 100, shares=40).price(3, 25)

    found = told.measures()

    assert found.time_weighted_return == 0
    assert found.average_value == 20_000


def test_a_merger_goes_on_with_the_new_listing_at_what_the_terms_imply() -> None:
    """Each KO at 100 becomes half a PEP and 20 in cash: 50 PEP worth (100 − 20) ÷ 0.5 = 160, and 2 000.
    8 000 + 12 000 = 20 000; PEP at 200 makes 22 000, + 10 %. KO's later price means nothing any more. The 40 % in
    shares that the terms imply are below 42 %, but only stored prices are watched: PEP's later 45 %.
    """
    told = Told().price(0, 100).opened(0, 100, cash=10_000, g_low="0.42")
    told.merged(1, "PEP", "0.5", 100, 50, cash=2_000, less=20)
    told.price(2, 1, "KO").price(3, 200, "PEP")

    found = told.measures()

    assert found.time_weighted_return == found.buy_and_hold == Decimal("0.1")
    assert found.average_value == 20_500
    assert found.guardrail_time_pct == 100


def test_after_a_merger_the_stored_price_of_the_new_listing_counts() -> None:
    """PEP stands at 180 when KO becomes half a PEP and 20: 50 × 180 + 12 000 = 21 000 of 20 000, + 5 %."""
    told = example().price(0, 180, "PEP").merged(1, "PEP", "0.5", 100, 50, cash=2_000, less=20)

    found = told.measures()

    assert found.time_weighted_return == found.buy_and_hold == Decimal("0.05")
    assert found.guardrail_time_pct == 100


def test_after_a_merger_the_new_exchanges_hours_count() -> None:
    """New York is open and London never: two hours inside in New York, and an hour outside that London sleeps over."""

    def new_york_alone(exchange: str, start: datetime, end: datetime) -> Decimal:
        return always_open(exchange, start, end) if exchange == "XNYS" else ZERO

    told = example().price(0, 200, "PEP").merged(2, "PEP", "0.5", 100, 50, 0, 0, exchange="XLON")
    told.price(3, 900, "PEP")

    assert told.measures(open_seconds=new_york_alone).guardrail_time_pct == 100


def test_actions_that_were_recorded_late_count_from_when_they_took_effect() -> None:
    """1:4 at the first hour and 0.50 a share at the second, both recorded at the fourth: 400 × 25 at the first,
    and 20 200 for the last two hours of four: an average of (2 × 20 000 + 2 × 20 200) ÷ 4.
    """
    told = example().price(1, 25).split(1, 4, 100, 400, recorded=4).dividend(2, 400, "0.50", 0, recorded=4)

    found = told.measures()

    assert found.average_value == 20_100
    assert found.time_weighted_return == Decimal("0.01")


def test_a_split_recorded_after_shares_were_bought_at_the_new_price() -> None:
    """1:4 of 100 at the first hour; 40 bought at 25 in the second, new ones already, and the split is recorded with
    them: 140 became 440. Held: 400 × 30 + 10 000 = 22 000, + 10 %. Traded: 440 × 30 + 9 000 = 22 200, + 11 %.
    """
    told = example().price(1, 25).filled(2, "BUY", 40, 25).split(1, 4, 140, 440, recorded=3)

    found = told.price(3, 30).measures()

    assert (found.buy_and_hold, found.time_weighted_return) == (Decimal("0.1"), Decimal("0.11"))


def test_a_position_opened_between_a_split_and_the_next_price_sees_the_split_one() -> None:
    """400 more at the 25 that 100 became, and 25 when the next price comes: nothing gained."""
    told = example().split(1, 4, 100, 400).opened(2, 400, of=OTHER).price(3, 25)

    assert told.measures().time_weighted_return == 0


def test_nothing_counts_before_its_position_was_opened() -> None:
    """Announced late, a dividend of 2.00 net went ex before the position began: it counts from the first moment."""
    told = Told().price(0, 100).opened(1, 100, cash=10_000).dividend(0, 100, "2.00", 0, recorded=2)

    found = told.measures()

    assert found.average_value == 20_200
    assert found.time_weighted_return == Decimal("0.01")


def test_at_one_moment_the_price_comes_before_the_deposit() -> None:
    """20 000 are 22 000 when 22 000 come: × 1.1, and 44 000 at 120 stay that."""
    assert example().price(1, 120).cash(1, 22_000).measures().time_weighted_return == Decimal("0.1")


def test_what_begins_with_less_than_nothing_does_not_grow() -> None:
    """At 50 the 110 shares that 10 000 of debt bought are −4 500, 4.5 times less than the 1 000 before. 1 000 come,
    and what −3 500 grow to is no return.
    """
    told = Told().price(0, 100).opened(0, 10).filled(1, "BUY", 100, 100).price(2, 50).cash(3, 1_000)

    assert told.price("2026-11-20 15:30", 60).measures().time_weighted_return == Decimal("-5.5")


def test_a_correction_counts_from_when_it_came_and_sums_follow_the_latest_revision() -> None:
    """40 bought at 101 (decided at 100) for 4.00 at the first hour; at the third the broker says it was 30 at 100.50
    for 3.00. Slippage 15 on 3 000 = 50 bps, fees 3, traded 3 015.
    The books said 140 × 100 + 5 956 = 19 956 for two hours and say 130 × 100 + 6 982 = 19 982 now: an average of
    (20 000 + 2 × 19 956 + 19 982) ÷ 4 = 19 973.50, a return of −18 ÷ 20 000.
    """
    told = example().ordered(1).filled(1, "BUY", 40, 101, decided=100, fees=4)
    told.corrected(3, 30, "100.50", fees=3)

    found = told.measures()

    assert found.slippage_bps == 50
    assert found.fees == 3
    assert found.traded_notional == 3_015
    assert found.average_value == Decimal("19973.50")
    assert found.time_weighted_return == Decimal("-0.0009")
    assert found.hit_rate == 1


def test_a_correction_of_a_sale_of_a_correction() -> None:
    """50 sold at 99, then 50 at 98, then 40 at 98.50, decided at 100: 60 lost on 4 000 are 150 bps; 3 940 traded."""
    told = example().ordered(1).filled(1, "SELL", 50, 99, decided=100)
    told.corrected(2, 50, 98).corrected(3, 40, "98.50")

    found = told.measures()

    assert found.slippage_bps == 150
    assert found.traded_notional == 3_940
    assert found.time_weighted_return == Decimal("-0.003")


def test_a_bust_leaves_nothing_of_an_execution() -> None:
    """52 bought at 97 for 0.50 are taken back, fee and all: no slippage, no fees, no turnover, no hit, and the
    20 000 are there again. In between the books said 152 × 100 + 4 955.50 = 20 155.50.
    """
    told = example().ordered(1).filled(1, "BUY", 52, 97, decided=97, fees="0.50").busted(2)

    found = told.measures()

    assert found.slippage_bps is None
    assert found.fees == found.traded_notional == found.turnover == found.hit_rate == 0
    assert found.time_weighted_return == 0
    assert found.average_value == (20_000 * 3 + Decimal("20155.50")) / 4


def test_a_window_that_holds_only_a_bust_takes_back_what_an_earlier_one_counted() -> None:
    """As the journal does: −5 044 traded and −0.50 in fees, and a price to have slipped from there is none."""
    told = example().ordered(1).filled(1, "BUY", 52, 97, decided=97, fees="0.50").busted(3)

    found = told.measures(start=2)

    assert found.traded_notional == -5_044
    assert found.fees == Decimal("-0.50")
    assert found.slippage_bps is None
    assert told.measures(end=2).traded_notional == 5_044


def test_a_trade_from_outside_is_traded_and_paid_for_but_nobody_decided_it() -> None:
    """10 bought outside at 100 for 1.00 beside one decision of 10 at 100.10: turnover 2 001 on 20 000 − …, fees 1,
    slippage 10 bps of the decided one alone, one hit of one. At 110: 120 × 110 + 7 998 = 21 198, + 5.99 %.
    """
    told = example().adopted(1, "BUY", 10, 100, fees=1)
    told.ordered(1).filled(1, "BUY", 10, "100.10", decided=100).price(2, 110)

    found = told.measures()

    assert found.slippage_bps == 10
    assert found.hit_rate == 1
    assert found.decisions == 1
    assert found.traded_notional == 2_001
    assert found.fees == 1
    assert found.time_weighted_return == Decimal("0.0599")


def test_a_late_fill_counts_when_it_was_executed() -> None:
    """Recorded after a deposit of the third hour, 50 bought at 100 in the first were there at 110 in the second:
    150 × 110 + 5 000 = 21 500 of 20 000, + 7.5 %; nothing moves after the deposit.
    """
    told = example().price(2, 110).cash(3, 20_000).filled(1, "BUY", 50, 100)

    assert told.measures().time_weighted_return == Decimal("0.075")


def test_a_closed_position_is_handed_over_at_its_worth() -> None:
    """At 110 the example is worth 21 000 and closed; what KO costs later is the portfolio's. + 5 % for both, and
    the average is that of the two hours in which it was there: (20 000 + 21 000) ÷ 2.
    """
    told = example().price(1, 110).cash(2, -10_000).closed(2, 100).price(3, 10)

    found = told.measures()

    assert found.time_weighted_return == found.buy_and_hold == Decimal("0.05")
    assert found.average_value == 20_500
    assert found.guardrail_time_pct == 100


def test_a_fill_after_the_close_is_counted_but_moves_nothing() -> None:
    """Its shares and its cost go on to the portfolio at once; a position of nothing must not grow."""
    told = example().ordered(1).cash(2, -10_000).closed(2, 100)
    told.filled(1, "BUY", 10, 100, decided=99, fees=1).cash(3, 1_001).closed(3, 10).price(
        "2026-11-20 15:30", 200
    )

    found = told.measures()

    assert found.time_weighted_return == found.buy_and_hold == 0
    assert found.fees == 1
    assert found.traded_notional == 1_000
    assert found.hit_rate == 1


def test_a_portfolio_is_the_sum_of_its_positions_and_a_new_one_is_a_flow() -> None:
    """20 000 become 22 000 at 120: × 1.1. PEP joins with 22 000: 44 000; it doubles its 12 000 in shares: 56 000.
    1.1 × 56 ÷ 44 − 1 = 0.4. Held: (22 000 + 34 000) ÷ (20 000 + 22 000) − 1 = 1 ÷ 3.
    """
    told = example().price(1, 120).price(2, 60, "PEP")
    told.opened(2, 200, of=OTHER, symbol="PEP", cash=10_000).price(3, 120, "PEP")

    found = told.measures()

    assert found.time_weighted_return == Decimal("0.4")
    assert near(found.buy_and_hold, Fraction(1, 3))


def test_a_window_begins_with_what_was_there() -> None:
    """150 × 100 + 5 000 = 20 000 become 150 × 110 + 5 000 = 21 500 for both; what led there is not counted."""
    told = example().ordered("2026-11-20 12:30").filled("2026-11-20 12:30", "BUY", 50, 100, decided=99)

    found = told.price(2, 110).measures(start=1)

    assert found.buy_and_hold == found.time_weighted_return == Decimal("0.075")
    assert found.decisions == found.fees == found.traded_notional == 0
    assert found.slippage_bps is None


def test_pence_are_a_hundredth_of_a_pound() -> None:
    """100 shares at 8 000 p and 8 000 pounds are 16 000 pounds. 10 bought at 8 008 p, decided at 8 000: 10 bps of
    800 pounds, 800.80 traded; 110 × 80 + 7 199.20 = 15 999.20.
    """
    told = Told().price(0, 8_000).opened(0, 100, cash=8_000, unit="GBX", exchange="XLON")
    told.filled(1, "BUY", 10, 8_008, decided=8_000, scale="0.01")

    found = told.measures(end=1)

    assert found.slippage_bps == 10
    assert found.traded_notional == Decimal("800.80")
    assert found.average_value == 16_000
    assert found.time_weighted_return == Decimal("-0.00005")


def test_without_stored_prices_the_decisions_own_price_values_the_position() -> None:
    """100 shares and 10 000 at 97 are 19 700, of which 0.50 went in commission; no time was watched."""
    found = Told().opened(0, 100, cash=10_000).filled(1, "BUY", 52, 97, fees="0.50").measures()

    assert found.average_value == Decimal("19699.50")
    assert found.guardrail_time_pct is None


def test_what_was_opened_today_and_decided_for_last_year_was_there_then() -> None:
    """A replay is older than the command that opened its position: 100 × 110 + 10 000 = 21 000."""
    told = Told().price(-8_000, 100).price(-7_999, 110).opened(0, 100, cash=10_000)
    told.ordered(-8_000).filled(-8_000, "BUY", 50, 100)

    found = told.measures(end=-7_998)

    assert found.buy_and_hold == Decimal("0.05")
    assert found.start == told.facts[2].at


def test_nothing_measured_is_null_and_not_zero() -> None:
    found = Told().measures()

    assert found.slippage_bps is found.hit_rate is found.turnover is found.time_weighted_return is None
    assert found.guardrail_time_pct is found.fee_drag_bps is found.buy_and_hold is found.average_value is None
    assert found.fees == ZERO
    assert not found.skips

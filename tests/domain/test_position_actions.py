"""What corporate actions do to a position: each once (DOMAIN §5)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.actions import DividendAnnounced, MergerAnnounced, SplitAnnounced
from domain.journal import entry_for
from domain.order import Fill, OrderStatus
from domain.position import actions as rules
from domain.position import booking, ordering
from domain.position.booking import Events
from domain.position.evaluate import gather
from domain.position.events import (
    AnchorMoved,
    DividendAccrued,
    DividendPaid,
    ExecutionBooked,
    MergerApplied,
    OrderEnded,
    SplitApplied,
)
from domain.position.state import Position
from domain.settings import Settings
from example_action_events import EX_OPEN, OTHER, a_dividend, a_merger, a_split, seen
from stories import (
    ALLOCATED,
    INTENDED,
    OPENED,
    POSITION_ID,
    SENT,
    a_portfolio,
    a_quote,
    circumstances,
    fill,
    latest,
    position,
)

WHOLE, FRACTIONAL = Settings(), Settings(fractional=True)
BEFORE, AFTER = EX_OPEN - timedelta(seconds=1), EX_OPEN + timedelta(hours=1)
Rule = Callable[[Position], Events]


def goes_ex(dividend: DividendAnnounced | None = None, held: str = "100") -> Rule:
    """The dividend takes effect on these shares."""
    return lambda state: rules.accrue(state, dividend or a_dividend(), Decimal(held), WHOLE)


def splits(
    announced: SplitAnnounced, held: str = "100", last: str | None = None, settings: Settings = WHOLE
) -> Rule:
    """The split takes effect on these shares, after this last good price."""
    price = None if last is None else Decimal(last)
    return lambda state: rules.split(state, announced, Decimal(held), price, settings)


def merges(announced: MergerAnnounced | None = None, last: str | None = None) -> Rule:
    """The merger takes effect, after this last good price."""
    price = None if last is None else Decimal(last)
    return lambda state: rules.merge(state, announced or a_merger(), OTHER, price, WHOLE)


def is_filled(quantity: str, price: str, at: datetime, **others: Any) -> Rule:
    """The latest order is filled at a moment."""
    return lambda state: booking.book(state, latest(state), replace(fill(quantity, price, **others), at=at))


def balanced(events: Sequence[Any]) -> None:
    """Every entry sums to zero."""
    for event in events:
        entry = entry_for(event, POSITION_ID)
        assert entry is None or sum((line.amount for line in entry.lines), Decimal(0)) == 0


def test_a_dividend_is_owed_after_tax_and_lowers_the_anchor() -> None:
    after = position.given(OPENED, ALLOCATED).when(goes_ex()).then_kinds(DividendAccrued)
    state = after.state
    assert seen(state.receivable, state.cash, state.anchor) == (Decimal("37.50"), 10_000, Decimal("99.50"))
    assert [(each.net, each.pay_date) for each in state.accruals] == [
        (Decimal("37.50"), a_dividend().pay_date)
    ]
    after.when(goes_ex()).then_nothing()


def test_a_dividend_is_paid_once() -> None:
    owing = position.given(OPENED, ALLOCATED).when(goes_ex()).then_kinds(DividendAccrued)
    accrual = owing.state.accruals[0]
    paid = owing.when(lambda state: rules.pay(state, accrual)).then_kinds(DividendPaid)
    assert seen(paid.state.receivable, paid.state.cash) == (0, Decimal("10037.50"))
    paid.when(lambda state: rules.pay(state, accrual)).then_nothing()


@pytest.mark.parametrize(
    ("per_share", "rate", "held", "gross", "tax"),
    [
        ("0.50", None, "100", "50.00", "12.50"),
        ("0.50", "0", "100", "50.00", "0.00"),
        ("0.50", "1", "100", "50.00", "50.00"),
        ("0.005", "0", "1", "0.00", "0.00"),  # half a cent goes to the even one
        ("0.015", "0", "1", "0.02", "0.00"),
        ("0.333", "0.15", "7", "2.33", "0.35"),
    ],
)
def test_gross_and_tax_round_half_even(
    per_share: str, rate: str | None, held: str, gross: str, tax: str
) -> None:
    dividend = a_dividend(per_share, withholding_rate=None if rate is None else Decimal(rate))
    (event,) = goes_ex(dividend, held)(position.given(OPENED, ALLOCATED).state)
    assert isinstance(event, DividendAccrued)
    assert seen(event.gross, event.tax) == (Decimal(gross), Decimal(tax))
    assert event.net == event.gross - event.tax
    balanced([event])


def test_without_shares_the_anchor_falls_all_the_same() -> None:
    empty = OPENED.model_copy(update={"shares": Decimal(0), "book_cost": Decimal(0)})
    state = position.given(empty).when(goes_ex(held="0")).then_kinds(DividendAccrued).state
    assert seen(state.anchor, state.receivable, state.accruals) == (Decimal("99.50"), 0, ())


def test_an_anchor_never_falls_to_zero() -> None:
    state = position.given(OPENED).when(goes_ex(a_dividend("100"))).then_kinds(DividendAccrued).state
    assert seen(state.anchor, state.receivable) == (100, 7500)


def test_pence_are_lowered_by_pence_and_paid_in_pounds() -> None:
    """8412.5 GBX a share, 12.5 p of dividend."""
    pence = {"currency": "GBP", "quote_unit": "GBX"}
    opened = OPENED.model_copy(update=pence | {"anchor": Decimal("8412.5")})
    given = position.given(opened)
    state = given.when(goes_ex(a_dividend("0.125", **pence))).then_kinds(DividendAccrued).state
    assert seen(state.anchor, state.receivable) == (Decimal(8400), Decimal("9.38"))


@pytest.mark.parametrize(("filled_at", "anchor"), [(BEFORE, "96.50"), (EX_OPEN, "97.00"), (AFTER, "97.00")])
def test_an_anchor_of_the_ex_date_has_fallen_already(filled_at: datetime, anchor: str) -> None:
    """Announced late: a fill at or after the open had the dividend off its price."""
    traded = position.given(*SENT).when(is_filled("52", "97.00", filled_at))
    filled = traded.then_kinds(ExecutionBooked, OrderEnded, AnchorMoved)
    late = filled.when(goes_ex()).then_kinds(DividendAccrued)
    assert late.state.anchor == Decimal(anchor)


@pytest.mark.parametrize(("filled_at", "back"), [(BEFORE, "99.50"), (AFTER, "99.50")])
def test_a_fill_taken_back_returns_the_anchor_as_the_dividend_left_it(filled_at: datetime, back: str) -> None:
    traded = position.given(*SENT).when(is_filled("52", "97.00", filled_at))
    filled = traded.then_kinds(ExecutionBooked, OrderEnded, AnchorMoved)
    events = booking.book(
        (late := filled.when(goes_ex()).then_kinds(DividendAccrued)).state,
        latest(late.state),
        fill("0", "97.00", revision=2),
    )
    assert isinstance(events[-1], AnchorMoved)
    assert events[-1].new_anchor == Decimal(back)


@pytest.mark.parametrize(
    ("ratio", "shares", "anchor"),
    [("10", "1000", "10"), ("0.1", "10", "1000"), ("1.5", "150", "66.666666666667")],
)
def test_a_split_multiplies_shares_and_divides_the_anchor(ratio: str, shares: str, anchor: str) -> None:
    after = position.given(OPENED, ALLOCATED).when(splits(a_split(ratio))).then_kinds(SplitApplied)
    assert seen(after.state.shares, after.state.anchor) == (Decimal(shares), Decimal(anchor))
    assert seen(after.state.cash, after.state.book_cost) == (10_000, 10_000)
    after.when(splits(a_split(ratio))).then_nothing()


def test_what_makes_no_whole_share_is_paid_out_at_the_last_good_price() -> None:
    """105 old for 10.5 new: half of one at ten times 98."""
    opened = OPENED.model_copy(update={"shares": Decimal(105), "book_cost": Decimal(10_500)})
    (event,) = splits(a_split("0.1"), "105", "98")(position.given(opened).state)
    assert isinstance(event, SplitApplied)
    assert seen(event.new_shares, event.fraction, event.cash) == (10, Decimal("0.5"), Decimal("490.00"))
    assert event.book_cost == Decimal("500.00")
    balanced([event])


def test_without_a_price_the_fraction_is_worth_the_anchor() -> None:
    opened = OPENED.model_copy(update={"shares": Decimal(105)})
    (event,) = splits(a_split("0.1"), "105")(position.given(opened).state)
    assert isinstance(event, SplitApplied)
    assert event.cash == Decimal("500.00")


def test_a_fractional_listing_keeps_its_fraction() -> None:
    opened = OPENED.model_copy(update={"shares": Decimal(105), "lot": Decimal("0.01")})
    given = position.given(opened)
    kept = given.when(splits(a_split("0.1"), "105", settings=FRACTIONAL)).then_kinds(SplitApplied).state
    assert seen(kept.shares, kept.cash) == (Decimal("10.5"), 0)
    whole = given.when(splits(a_split("0.1"), "105")).then_kinds(SplitApplied).state
    assert seen(whole.shares, whole.cash) == (10, 500)


def test_the_last_share_takes_its_whole_cost_along() -> None:
    opened = OPENED.model_copy(update={"shares": Decimal(4), "book_cost": Decimal("400.01")})
    state = position.given(opened).when(splits(a_split("0.1"), "4")).then_kinds(SplitApplied).state
    assert seen(state.shares, state.book_cost, state.cash) == (0, 0, 400)


def test_a_late_split_leaves_what_was_bought_after_it() -> None:
    """100 before and 52 after at a tenth of the price: 1052, and the anchor is of today already."""
    traded = position.given(*SENT).when(is_filled("52", "9.70", AFTER))
    filled = traded.then_kinds(ExecutionBooked, OrderEnded, AnchorMoved)
    state = filled.when(splits(a_split(), "100")).then_kinds(SplitApplied).state
    assert seen(state.shares, state.anchor) == (1052, Decimal("9.70"))


def test_an_order_that_has_not_left_ends_with_the_split() -> None:
    given = position.given(OPENED, ALLOCATED, INTENDED)
    after = given.when(splits(a_split())).then_kinds(OrderEnded, SplitApplied)
    assert latest(after.state).status is OrderStatus.CANCELED
    assert rules.overtaken_order(after.state) is None


def test_an_order_at_the_broker_is_overtaken_by_a_split_but_not_by_a_dividend() -> None:
    sent = position.given(*SENT)
    assert rules.overtaken_order(sent.state) is None
    assert rules.overtaken_order(sent.when(goes_ex()).then_kinds(DividendAccrued).state) is None
    after = sent.when(splits(a_split())).then_kinds(SplitApplied).state
    assert rules.overtaken_order(after) == latest(after)
    marked = position.given(*SENT).when(splits(a_split())).then_kinds(SplitApplied)
    ended = marked.when(lambda state: ordering.end(state, latest(state), OrderStatus.CANCELED, None))
    assert rules.overtaken_order(ended.then_kinds(OrderEnded).state) is None


def test_a_fill_from_before_the_split_counts_in_new_shares_at_the_new_anchor() -> None:
    """It comes after: 52 at 97.00 are 520 at 9.70, for the same money."""
    after = position.given(*SENT).when(splits(a_split())).then_kinds(SplitApplied)
    filled = after.when(is_filled("52", "97.00", BEFORE)).then_kinds(ExecutionBooked, OrderEnded, AnchorMoved)
    state = filled.state
    assert seen(state.shares, state.cash, state.anchor) == (1520, Decimal("4956.00"), Decimal("9.70"))
    again = filled.when(goes_ex(a_dividend("0.20"))).then_kinds(DividendAccrued).state
    assert again.anchor == Decimal("9.68")  # 97.00 less 0.20, a tenth of it: the dividend came first


def test_a_merger_goes_on_with_the_other_listing_and_cash() -> None:
    """Half a share and two dollars each: 50 PEP, 200 dollars, anchor (100 - 2) / 0.5."""
    after = position.given(OPENED, ALLOCATED).when(merges()).then_kinds(MergerApplied)
    state = after.state
    assert seen(state.listing_id, state.symbol, state.shares) == (OTHER.id, "PEP", 50)
    assert seen(state.cash, state.anchor, state.book_cost) == (10_200, 196, 9_800)
    after.when(merges()).then_nothing()


def test_a_merger_pays_for_the_fraction_and_balances() -> None:
    opened = OPENED.model_copy(update={"shares": Decimal(101)})
    events = merges(last="102")(position.given(opened).state)
    (event,) = events
    assert isinstance(event, MergerApplied)
    assert seen(event.new_shares, event.cash) == (50, Decimal("302.00"))  # 101 x 2, and half of 200
    balanced(events)


def test_a_merger_for_too_little_leaves_only_cash() -> None:
    opened = OPENED.model_copy(update={"shares": Decimal(1)})
    events = merges()(position.given(opened).state)
    state = position.given(opened, *events).state
    assert seen(state.shares, state.book_cost, state.cash) == (0, 0, 100)
    balanced(events)


def test_an_unsent_order_ends_with_the_merger() -> None:
    position.given(OPENED, ALLOCATED, INTENDED).when(merges()).then_kinds(OrderEnded, MergerApplied)


def test_a_closed_position_is_left_alone() -> None:
    closed = replace(position.given(OPENED, ALLOCATED).state, status="closed")
    for rule in (goes_ex(), splits(a_split()), merges()):
        assert rule(closed) == []


def test_a_price_from_before_an_action_decides_nothing_after_it() -> None:
    """It is a price of other shares: hold, whatever it says."""
    state = position.given(OPENED, ALLOCATED).when(splits(a_split())).then_kinds(SplitApplied).state
    old, new = (
        circumstances(a_quote("97.00", BEFORE), BEFORE),
        circumstances(a_quote("9.70", EX_OPEN), EX_OPEN),
    )
    assert gather(state, a_portfolio(), old).price_problem == "stale_price"
    assert gather(state, a_portfolio(), new).price == Decimal("9.70")


CENTS = st.integers(1, 10_000_000).map(lambda cents: Decimal(cents).scaleb(-2))
RATIOS = st.sampled_from(["2", "3", "10", "0.1", "0.3", "1.25", "0.0001", "7.5"])


@given(st.integers(0, 100_000), CENTS, CENTS, RATIOS, st.booleans())
def test_a_split_changes_no_value_but_for_rounding(
    shares: int, price: Decimal, cost: Decimal, ratio: str, fractional: bool
) -> None:
    """For all positions and prices: what the new shares and the cash are worth is what the old ones were."""
    opened = OPENED.model_copy(
        update={
            "shares": Decimal(shares),
            "lot": Decimal("0.01"),
            "book_cost": cost if shares else Decimal(0),
        }
    )
    settings = FRACTIONAL if fractional else WHOLE
    events = rules.split(position.given(opened).state, a_split(ratio), Decimal(shares), price, settings)
    state = position.given(opened, *events).state
    after = state.shares * price / Decimal(ratio) + state.cash
    assert abs(after - shares * price) <= Decimal("0.005000001")
    assert state.shares >= 0
    assert state.shares or not state.book_cost
    balanced(events)


def test_every_fill_knows_its_own_unit() -> None:
    """A fill in pence that is booked after a merger into a listing in pounds is still money in pence."""
    pence = {"currency": "GBP", "quote_unit": "GBX"}
    sent = position.given(OPENED.model_copy(update=pence), *SENT[1:])
    merger = a_merger("1", "0", **pence, into_quote_unit="GBP")
    into = replace(OTHER, currency="GBP", quote_unit="GBP")
    merged = sent.when(lambda state: rules.merge(state, merger, into, None, WHOLE)).then_kinds(MergerApplied)
    assert merged.state.anchor == 1
    filled = merged.when(is_filled("52", "97.00", BEFORE)).then_kinds(
        ExecutionBooked, OrderEnded, AnchorMoved
    )
    assert seen(filled.state.cash, filled.state.anchor) == (Decimal("9949.56"), Decimal("0.97"))


def test_a_stranger_s_trade_from_before_a_split_counts_in_new_shares() -> None:
    after = position.given(OPENED, ALLOCATED).when(splits(a_split())).then_kinds(SplitApplied).state
    bought = Fill("manual", 1, Decimal(3), Decimal(96), Decimal(0), BEFORE)
    events = booking.adopt(after, "alpaca", "PA3", "BUY", bought, None)
    assert position.given(OPENED, ALLOCATED).decider.evolve(after, events[0]).shares == 1030
    balanced(events)


def test_a_fill_at_the_very_open_is_of_new_shares() -> None:
    """Told after the split was settled: 52 at 9.70 are 52 at 9.70."""
    after = position.given(*SENT).when(splits(a_split())).then_kinds(SplitApplied)
    filled = after.when(is_filled("52", "9.70", EX_OPEN)).then_kinds(ExecutionBooked, OrderEnded, AnchorMoved)
    assert seen(filled.state.shares, filled.state.anchor) == (1052, Decimal("9.70"))


def test_a_fill_at_the_anchor_itself_anchors_anew() -> None:
    """No move to tell of, and yet the anchor is of after the ex-date: a dividend announced late leaves it."""
    traded = position.given(*SENT).when(is_filled("52", "100", AFTER)).then_kinds(ExecutionBooked, OrderEnded)
    assert traded.when(goes_ex()).then_kinds(DividendAccrued).state.anchor == 100


def test_a_stranger_s_trade_knows_its_unit_too() -> None:
    """Three at 96 pence are 2.88 pounds, also when the position is quoted in pounds by now."""
    pence = {"currency": "GBP", "quote_unit": "GBX"}
    merger = a_merger("1", "0", **pence, into_quote_unit="GBP")
    into = replace(OTHER, currency="GBP", quote_unit="GBP")
    given = position.given(OPENED.model_copy(update=pence), ALLOCATED)
    merged = given.when(lambda state: rules.merge(state, merger, into, None, WHOLE)).then_kinds(MergerApplied)
    bought = Fill("manual", 1, Decimal(3), Decimal(96), Decimal(0), BEFORE)
    (adopted,) = booking.adopt(merged.state, "alpaca", "PA3", "BUY", bought, None)
    assert getattr(adopted, "notional", None) == Decimal("2.88")

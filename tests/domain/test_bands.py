"""The band index: it never misses a position that would be decided, and is silent strictly inside."""

from dataclasses import replace
from decimal import Decimal, localcontext
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain import balancing
from domain.balancing import DecisionInputs
from domain.bands import BandChange, BandIndex, Watch, scaled, watch
from domain.numbers import EXACT
from domain.position.state import Position
from domain.settings import Settings
from stories import ALLOCATED, LISTING_ID, OPENED, POSITION_ID, position

from .strategies import drifted_inputs, open_inputs
from .strategies import example as example_inputs

EXAMPLE = position.given(OPENED, ALLOCATED).state
SOME_WATCH = watch(EXAMPLE, 1, 1, Settings())
LAST_DIGIT = Decimal("1E-12")


def a_position(inputs: DecisionInputs) -> Position:
    """A position that reads as these inputs; pence are the only unit that is not the currency."""
    unit = ("USD", "USD") if inputs.unit_scale == 1 else ("GBP", "GBX")
    return replace(
        EXAMPLE,
        currency=unit[0],
        quote_unit=unit[1],
        lot=inputs.lot,
        shares=inputs.shares,
        cash=inputs.cash,
        receivable=inputs.receivable,
        anchor=inputs.anchor,
    )


def an_index(*watches: Watch) -> BandIndex:
    """An index with these positions of one listing."""
    index = BandIndex()
    index.put(BandChange("live", LISTING_ID, each.position_id, each) for each in watches)
    return index


def named(state: Position, settings: Settings, price: Decimal) -> bool:
    """Whether the index names the position at a price."""
    index = an_index(watch(state, 1, 1, settings))
    return bool(index.crossed("live", LISTING_ID, scaled(price)))


def is_within_band(inputs: DecisionInputs) -> bool:
    """Whether the rule itself would leave the position alone."""
    return balancing.decide(inputs).reason == "within_band"


def edge_prices(inputs: DecisionInputs) -> list[Decimal]:
    """The prices at which something begins, as near as a price can come, and those beside them."""
    settings = inputs.settings
    with localcontext(EXACT):
        edges = [inputs.anchor * (1 - settings.tau), inputs.anchor * (1 + settings.tau)]
        if inputs.shares > 0:
            funds = (inputs.cash + inputs.receivable) / (inputs.shares * inputs.unit_scale)
            bounds = (settings.g_low, settings.g_high)
            edges += [funds * bound / (1 - bound) for bound in bounds if bound < 1]
        near = [edge.quantize(LAST_DIGIT) for edge in edges if 0 < edge < 10**15]
        return [price for edge in near for price in (edge - LAST_DIGIT, edge, edge + LAST_DIGIT) if price > 0]


@given(st.one_of(open_inputs(), drifted_inputs()), st.data())
def test_no_position_is_missed_that_would_be_decided(inputs: DecisionInputs, data: st.DataObject) -> None:
    """For all positions, at their own price and at every edge: decided implies named."""
    prices = [inputs.price, *edge_prices(inputs)]
    price = data.draw(st.sampled_from([each for each in prices if each is not None]))
    at_price = inputs.model_copy(update={"price": price})
    if not is_within_band(at_price):
        assert named(a_position(inputs), inputs.settings, price)


@given(open_inputs(), st.data())
def test_the_index_is_silent_strictly_inside(inputs: DecisionInputs, data: st.DataObject) -> None:
    """Without guardrails to watch it names exactly what the rule would decide."""
    settings = inputs.settings.model_copy(update={"rebalance_on_breach": False})
    prices = [inputs.price, *edge_prices(inputs)]
    price = data.draw(st.sampled_from([each for each in prices if each is not None]))
    at_price = inputs.model_copy(update={"price": price, "settings": settings})
    assert named(a_position(inputs), settings, price) is not is_within_band(at_price)


@pytest.mark.parametrize(
    ("price", "due"), [("97.000000000001", False), ("97", True), ("103", True), ("102.999999999999", False)]
)
def test_the_edges_belong_to_the_band(price: str, due: bool) -> None:
    """Touching is enough, and a trillionth less is not."""
    assert named(EXAMPLE, Settings(), Decimal(price)) is due


@pytest.mark.parametrize(
    ("changes", "due"),
    [
        ({"shares": Decimal(0)}, True),
        ({"shares": Decimal(0), "cash": Decimal(0)}, False),
        ({"shares": Decimal(20)}, True),
        ({"shares": Decimal(34)}, False),
        ({"cash": Decimal(-1)}, True),
    ],
    ids=["no shares", "nothing at all", "too few shares", "enough shares", "overdrawn"],
)
@pytest.mark.parametrize("g_high", ["0.75", "1"])
def test_guardrails_that_are_watched_are_in_the_index(
    changes: dict[str, Decimal], g_high: str, due: bool
) -> None:
    """At the anchor only drift can move a position, and the index says so, just as the rule does."""
    settings = Settings(rebalance_on_breach=True, g_high=Decimal(g_high))
    state = replace(EXAMPLE, **changes)  # type: ignore[arg-type]  # only decimals are replaced
    asked = {"rebalance_on_breach": True, "g_high": g_high}
    inputs = example_inputs("100", asked, **{name: str(value) for name, value in changes.items()})
    assert named(state, settings, Decimal(100)) is due
    assert is_within_band(inputs) is not due


@given(
    st.lists(st.tuples(st.integers(1, 400), st.integers(1, 400)), max_size=8),
    st.integers(0, 401),
)
@example([], 5)
def test_many_positions_are_found_as_one_by_one(edges: list[tuple[int, int]], price: int) -> None:
    """The order by thresholds finds exactly those that a walk over all of them finds."""
    watches = [
        replace(SOME_WATCH, position_id=UUID(int=number), buy_at=min(pair), sell_at=max(pair))
        for number, pair in enumerate(edges)
    ]
    walked = [each for each in watches if price <= each.buy_at or price >= each.sell_at]
    assert an_index(*watches).crossed("live", LISTING_ID, price) == walked


def test_a_position_that_is_no_longer_decided_leaves_the_index() -> None:
    """Its thresholds go with it, and other feeds and listings never had it."""
    index = an_index(watch(EXAMPLE, 1, 1, Settings()))
    assert index.crossed("replay", LISTING_ID, scaled(Decimal(1))) == []
    assert index.crossed("live", POSITION_ID, scaled(Decimal(1))) == []
    before = index.of_feed("live")[LISTING_ID]
    index.put([BandChange("live", LISTING_ID, POSITION_ID, None)])
    assert index.crossed("live", LISTING_ID, scaled(Decimal(1))) == []
    assert len(index) == 0
    # A thread that was reading when this happened still sees the bands as they were.
    assert len(before.crossed(scaled(Decimal(1)))) == 1


def test_a_moved_band_replaces_the_old_one() -> None:
    """Of two changes in one batch the later counts."""
    moved = replace(EXAMPLE, anchor=Decimal(200))
    index = an_index(watch(EXAMPLE, 1, 1, Settings()), watch(moved, 2, 1, Settings()))
    assert len(index) == 1
    assert [each.version for each in index.crossed("live", LISTING_ID, scaled(Decimal(150)))] == [2]


@pytest.mark.parametrize("price", ["123456789012345678.123456789012", "0.000000000001", "0.0000000000005"])
def test_prices_are_compared_with_every_digit(price: str) -> None:
    """Thirty digits, and the middle of two prices, are exact integers."""
    assert scaled(Decimal(price)) == int(price.replace(".", "").lstrip("0")) * 10 ** (
        28 - len(price.partition(".")[2])
    )


def test_a_price_finer_than_the_index_is_refused() -> None:
    """Rather than rounded into or out of a band."""
    with pytest.raises(ValueError, match="more than 28 decimals"):
        scaled(Decimal("1E-29"))


def test_a_position_that_merged_leaves_its_old_listing() -> None:
    """Its watch moves on with it; prices of what it was name it no more."""
    index = an_index(SOME_WATCH)
    into = UUID(int=7)
    index.put([BandChange("live", into, POSITION_ID, SOME_WATCH)])
    price = scaled(Decimal(97))
    assert index.crossed("live", LISTING_ID, price) == []
    assert index.crossed("live", into, price) == [SOME_WATCH]
    assert len(index) == 1

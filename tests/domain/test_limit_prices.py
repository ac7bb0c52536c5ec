"""Limit prices come in the steps of their listing."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.numbers import is_multiple
from domain.order import Order, Side
from domain.position.ordering import limit_price
from stories import ALLOCATED, INTENDED, OPENED, latest, position

ORDER = latest(position.given(OPENED, ALLOCATED, INTENDED).state)


def decided(price: Decimal, side: Side, *, at_the_market: bool = False) -> Order:
    """An order that was decided at a price."""
    kind = "market" if at_the_market else "limit"
    return ORDER.model_copy(update={"decided_price": price, "side": side, "type": kind})


def test_a_purchase_pays_no_more_and_a_sale_takes_no_less() -> None:
    """The next step on its own side of the decision."""
    price, tick = Decimal("8412.3"), Decimal("0.5")
    assert limit_price(decided(price, "BUY"), tick) == Decimal("8412.0")
    assert limit_price(decided(price, "SELL"), tick) == Decimal("8412.5")
    assert limit_price(decided(price, "BUY"), None) == price
    assert limit_price(decided(price, "BUY", at_the_market=True), tick) is None


@given(
    price=st.decimals("0.0001", "100000", places=4),
    tick=st.sampled_from(["0.0001", "0.01", "0.05", "0.5", "1"]).map(Decimal),
    side=st.sampled_from(["BUY", "SELL"]),
)
def test_it_is_a_step_and_less_than_one_away(price: Decimal, tick: Decimal, side: Side) -> None:
    """Whatever was decided."""
    limit = limit_price(decided(price, side), tick)
    assert limit is not None
    assert is_multiple(limit, tick)
    away = price - limit if side == "BUY" else limit - price
    assert 0 <= away < tick

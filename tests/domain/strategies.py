"""Decision inputs to test with: DOMAIN's worked example, and generated ones, realistic and nasty."""

from datetime import UTC, date, datetime
from decimal import Context, Decimal
from typing import Any

from hypothesis import strategies as st

from domain.balancing import DecisionInputs
from domain.settings import Settings, SettingsChange, Sizing, resolve

AS_OF = datetime(2026, 3, 10, 14, 32, tzinfo=UTC)
RECORDED = Context(prec=28)
SIZINGS: list[Sizing] = ["anchor_ratio", "proportional", "fixed_fraction"]

EXAMPLE: dict[str, Any] = {
    "price": "97.00",
    "price_source": "last",
    "price_problem": None,
    "price_as_of": AS_OF,
    "unit_scale": "1",
    "lot": "1",
    "anchor": "100",
    "shares": "100",
    "cash": "10000",
    "receivable": "0",
    "paused": False,
    "frozen": False,
    "reconciled": True,
    "session_open": True,
    "open_order": False,
    "orders_today": 0,
    "trading_day": date(2026, 3, 10),
}


def example(
    price: str | None = "97.00", settings: dict[str, Any] | None = None, **changes: Any
) -> DecisionInputs:
    """DOMAIN §2's example: anchor 100, 100 shares, cash 10 000, the default settings, and what is changed."""
    in_force = resolve(SettingsChange.model_validate(settings or {}))
    return DecisionInputs.model_validate(EXAMPLE | {"price": price} | changes | {"settings": in_force})


def scaled(low: int, high: int, places: int) -> st.SearchStrategy[Decimal]:
    """Decimals of so many places, from ``low`` to ``high`` of their last one."""
    return st.integers(low, high).map(lambda number: Decimal(number).scaleb(-places))


def prices() -> st.SearchStrategy[Decimal]:
    """Shares in dollars, in pence, worth next to nothing, and worth a house."""
    return st.one_of(
        scaled(100, 500_000, 2),
        scaled(10_000, 100_000_000, 4),
        scaled(1, 1_000_000, 12),
        scaled(10**7, 10**11, 2),
    )


def lots() -> st.SearchStrategy[Decimal]:
    """Whole units, round lots, fractions, and fractions that divide nothing evenly."""
    return st.sampled_from([Decimal(lot) for lot in ("1", "0.0001", "0.000000001", "10", "0.3", "0.0007")])


def guardrails_close_by() -> st.SearchStrategy[tuple[int, int]]:
    """Guardrails in thousandths that leave little room, anywhere."""
    return st.integers(0, 980).flatmap(lambda low: st.tuples(st.just(low), st.integers(low + 1, low + 20)))


@st.composite
def settings(draw: st.DrawFn) -> Settings:
    """Any legal settings, small and large, that do not keep every trade from happening."""
    low, high = draw(st.one_of(st.tuples(st.integers(0, 499), st.integers(500, 1000)), guardrails_close_by()))
    return Settings(
        tau=draw(st.one_of(scaled(1, 100, 3), scaled(1, 999, 3))),
        sizing=draw(st.sampled_from(SIZINGS)),
        r=draw(scaled(1, 300, 2)),
        g_low=Decimal(low).scaleb(-3),
        g_high=Decimal(high).scaleb(-3),
        min_notional=draw(st.sampled_from([Decimal(0), Decimal(0), Decimal(1), Decimal(100)])),
        commission_bps=draw(st.sampled_from([Decimal(bps) for bps in ("0", "1", "12.5", "400", "9999")])),
        fractional=draw(st.booleans()),
        rebalance_on_breach=draw(st.booleans()),
    )


@st.composite
def anchors(draw: st.DrawFn, price: Decimal) -> Decimal:
    """An anchor that the price has left, or not, sometimes with the 28 digits that a mean of fills has."""
    moved = price * draw(st.integers(300, 3000))
    return RECORDED.divide(moved, draw(st.sampled_from([Decimal(1000), Decimal(1000), Decimal(997)])))


@st.composite
def open_inputs(draw: st.DrawFn) -> DecisionInputs:
    """A position that only price, size, guardrails and funds can keep from trading. Nothing is overdrawn."""
    price, lot = draw(prices()), draw(lots())
    unit_scale = draw(st.sampled_from([Decimal(1), Decimal("0.01")]))
    shares = lot * draw(st.one_of(st.integers(1000, 10**6), st.integers(0, 500), st.integers(0, 10**12)))
    worth = shares * price * unit_scale
    return DecisionInputs(
        price=price,
        price_source="last",
        price_problem=None,
        price_as_of=AS_OF,
        unit_scale=unit_scale,
        lot=lot,
        anchor=draw(anchors(price)),
        shares=shares,
        cash=draw(st.one_of(scaled(0, 5000, 3).map(lambda part: _cents(worth * part)), scaled(0, 10**9, 2))),
        receivable=draw(st.one_of(st.just(Decimal(0)), scaled(0, 10**6, 2))),
        paused=False,
        frozen=False,
        reconciled=True,
        session_open=True,
        open_order=False,
        orders_today=0,
        trading_day=date(2026, 3, 10),
        settings=draw(settings()),
    )


def below_their_anchor() -> st.SearchStrategy[DecisionInputs]:
    """A position whose price has fallen from its anchor, often so far that it buys."""

    def fallen(inputs: DecisionInputs) -> DecisionInputs:
        assert inputs.price is not None
        mirrored = RECORDED.divide(inputs.price * inputs.price, inputs.anchor)
        return inputs.model_copy(update={"anchor": max(inputs.anchor, mirrored)})

    return open_inputs().map(fallen)


def drifted_inputs() -> st.SearchStrategy[DecisionInputs]:
    """A position whose price is at its anchor, so that only drift out of the guardrails can move it."""
    asked = {"rebalance_on_breach": True}
    return open_inputs().map(
        lambda inputs: inputs.model_copy(
            update={"anchor": inputs.price, "settings": inputs.settings.model_copy(update=asked)}
        )
    )


def seldom() -> st.SearchStrategy[bool]:
    """True one time in eight, so that several gates in a row are often open."""
    return st.integers(0, 7).map(lambda number: number == 7)


@st.composite
def any_inputs(draw: st.DrawFn) -> DecisionInputs:
    """Whatever can befall a position: no price, gates, overdrafts, shorts, an anchor eaten by dividends."""
    inputs = draw(open_inputs())
    problem = draw(st.sampled_from([None, None, None, "no_price", "stale_price"]))
    return inputs.model_copy(
        update={
            "price": None if problem == "no_price" else inputs.price,
            "price_problem": problem,
            "anchor": draw(st.one_of(st.just(inputs.anchor), scaled(-100, 100, 2))),
            "cash": draw(st.one_of(st.just(inputs.cash), scaled(-(10**9), 0, 2))),
            "shares": draw(st.one_of(st.just(inputs.shares), st.just(-inputs.shares))),
            "paused": draw(seldom()),
            "frozen": draw(seldom()),
            "reconciled": not draw(seldom()),
            "session_open": not draw(seldom()),
            "open_order": draw(seldom()),
            "orders_today": draw(st.integers(0, 6)),
        }
    )


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01")) if amount.adjusted() < 20 else amount

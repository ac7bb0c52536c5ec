"""Laws of the decision, whatever the numbers (DOMAIN §2), checked in fractions, which never round."""

from decimal import Decimal, localcontext
from fractions import Fraction
from typing import NamedTuple

from hypothesis import assume, given
from hypothesis import strategies as st

from domain.balancing import Decision, DecisionInputs, band, decide
from domain.explain import sentence

from .strategies import any_inputs, below_their_anchor, drifted_inputs, open_inputs

SHUT_GATES = [
    ("price_problem", "stale_price", "stale_price"),
    ("paused", True, "paused"),
    ("frozen", True, "frozen"),
    ("reconciled", False, "unreconciled"),
    ("session_open", False, "market_closed"),
    ("open_order", True, "duplicate"),
    ("orders_today", 5, "daily_limit"),
]


class Trade(NamedTuple):
    """A decided trade, and the position it would leave behind at the decided price, in exact fractions."""

    inputs: DecisionInputs
    decision: Decision
    quantity: Fraction
    unit_value: Fraction
    sign: int

    @property
    def commission(self) -> Fraction:
        return self.quantity * self.unit_value * Fraction(self.inputs.settings.commission_bps) / 10_000

    @property
    def shares_after(self) -> Fraction:
        return Fraction(self.inputs.shares) + self.sign * self.quantity

    @property
    def cash_after(self) -> Fraction:
        return Fraction(self.inputs.cash) - self.sign * self.quantity * self.unit_value - self.commission

    @property
    def share_before(self) -> Fraction:
        return self._share(Fraction(self.inputs.shares), Fraction(self.inputs.cash))

    @property
    def share_after(self) -> Fraction:
        return self._share(self.shares_after, self.cash_after)

    def beyond(self, guardrail: Decimal) -> Fraction:
        """How much too much is in shares after the trade, in the currency; below zero when too little is."""
        assets = self.shares_after * self.unit_value
        return assets - Fraction(guardrail) * (assets + self.cash_after + Fraction(self.inputs.receivable))

    def _share(self, shares: Fraction, cash: Fraction) -> Fraction:
        assets = shares * self.unit_value
        return assets / (assets + cash + Fraction(self.inputs.receivable))

    def of(self, quantity: Fraction) -> "Trade":
        """The same trade of another quantity."""
        return self._replace(quantity=quantity)


def traded(inputs: DecisionInputs) -> Trade:
    decision = decide(inputs)
    assert inputs.price is not None
    assert decision.quantity is not None
    unit_value = Fraction(inputs.price) * Fraction(inputs.unit_scale)
    sign = 1 if decision.side == "BUY" else -1
    return Trade(inputs, decision, Fraction(decision.quantity), unit_value, sign)


def trades(inputs: st.SearchStrategy[DecisionInputs]) -> st.SearchStrategy[Trade]:
    return inputs.filter(lambda inputs: decide(inputs).outcome == "trade").map(traded)


TRADES = trades(open_inputs())
BUYS = trades(below_their_anchor()).filter(lambda trade: trade.decision.side == "BUY")


def lot_of(inputs: DecisionInputs) -> Fraction:
    whole = not inputs.settings.fractional and inputs.lot < 1
    return Fraction(1) if whole else Fraction(inputs.lot)


def distance_outside(share: Fraction, inputs: DecisionInputs) -> Fraction:
    low, high = Fraction(inputs.settings.g_low), Fraction(inputs.settings.g_high)
    return max(low - share, share - high, Fraction(0))


@given(TRADES)
def test_after_a_trade_the_asset_share_is_inside_the_guardrails_or_nearer_to_them(trade: Trade) -> None:
    before = distance_outside(trade.share_before, trade.inputs)
    after = distance_outside(trade.share_after, trade.inputs)
    assert after == 0 or after < before


@given(TRADES)
def test_a_trade_never_crosses_to_the_other_side_of_the_guardrails(trade: Trade) -> None:
    low, high = Fraction(trade.inputs.settings.g_low), Fraction(trade.inputs.settings.g_high)
    if trade.decision.side == "BUY":
        assert trade.share_before < trade.share_after <= high
    else:
        assert low <= trade.share_after < trade.share_before


@given(TRADES)
def test_after_a_trade_with_its_commission_neither_cash_nor_shares_are_below_zero(trade: Trade) -> None:
    assert trade.cash_after >= 0
    assert trade.shares_after >= 0


@given(BUYS, st.integers(-1, 10))
def test_a_buy_whose_cash_is_mostly_promised_still_pays_for_itself(trade: Trade, tenths: int) -> None:
    notional, settings = trade.decision.notional, trade.inputs.settings
    assert notional is not None
    cash = notional + notional * settings.commission_bps / 10_000 * tenths / 10
    promised = trade.inputs.cash + trade.inputs.receivable - cash
    inputs = trade.inputs.model_copy(update={"cash": cash, "receivable": promised})
    assert decide(inputs).outcome != "trade" or traded(inputs).cash_after >= 0


@given(TRADES)
def test_a_trade_is_a_multiple_of_the_lot_within_raw_size_and_bound(trade: Trade) -> None:
    decision = trade.decision
    assert decision.quantity is not None
    assert decision.raw_quantity is not None
    assert trade.quantity > 0
    assert trade.quantity % lot_of(trade.inputs) == 0
    assert decision.quantity <= decision.raw_quantity
    if decision.bound_quantity is not None:
        assert decision.quantity <= decision.bound_quantity


@given(TRADES)
def test_a_trade_is_as_large_as_its_rule_and_the_guardrail_allow(trade: Trade) -> None:
    decision, settings = trade.decision, trade.inputs.settings
    assert decision.raw_quantity is not None
    larger = trade.of(trade.quantity + lot_of(trade.inputs))
    if larger.quantity > Fraction(decision.raw_quantity):
        return
    assert decision.trimmed_by == "guardrail"
    if decision.side == "BUY":
        assert larger.beyond(settings.g_high) > 0
    else:
        assert larger.beyond(settings.g_low) < 0


@given(trades(drifted_inputs()))
def test_a_trade_after_drift_goes_as_far_as_the_nearest_guardrail(trade: Trade) -> None:
    settings = trade.inputs.settings
    one_more = trade.of(trade.quantity + lot_of(trade.inputs))
    if trade.decision.side == "BUY":
        assert trade.share_before < trade.share_after
        assert trade.beyond(settings.g_low) <= 0 < one_more.beyond(settings.g_low)
    else:
        assert trade.share_before > trade.share_after
        assert one_more.beyond(settings.g_high) < 0 <= trade.beyond(settings.g_high)


@given(TRADES)
def test_the_projected_share_is_the_share_after_the_trade(trade: Trade) -> None:
    projected, before = trade.decision.projected_asset_share, trade.decision.asset_share
    assert projected is not None
    assert before is not None
    assert abs(Fraction(projected) - trade.share_after) <= trade.share_after / 10**27
    assert abs(Fraction(before) - trade.share_before) <= trade.share_before / 10**27


@given(TRADES)
def test_a_trade_is_worth_the_minimum_and_its_notional_is_exact(trade: Trade) -> None:
    assert trade.decision.notional is not None
    assert Fraction(trade.decision.notional) == trade.quantity * trade.unit_value
    assert trade.decision.notional >= trade.inputs.settings.min_notional


@given(open_inputs(), st.integers(1, 999))
def test_a_larger_move_never_flips_the_side(inputs: DecisionInputs, thousandths: int) -> None:
    assert inputs.price is not None
    edges = band(inputs.anchor, inputs.settings.tau)
    assume(not edges.buy_below < inputs.price < edges.sell_above)
    rising = inputs.price >= edges.sell_above
    further = inputs.price * (1000 + thousandths if rising else 1000 - thousandths) / 1000
    assert decide(inputs).side == ("SELL" if rising else "BUY")
    assert decide(inputs.model_copy(update={"price": further})).side == decide(inputs).side


@given(open_inputs())
def test_touching_an_edge_of_the_band_is_enough(inputs: DecisionInputs) -> None:
    edges = band(inputs.anchor, inputs.settings.tau)
    assert Fraction(edges.sell_above) == Fraction(inputs.anchor) * (1 + Fraction(inputs.settings.tau))
    assert Fraction(edges.buy_below) == Fraction(inputs.anchor) * (1 - Fraction(inputs.settings.tau))
    assert decide(inputs.model_copy(update={"price": edges.sell_above})).side == "SELL"
    assert decide(inputs.model_copy(update={"price": edges.buy_below})).side == "BUY"


@given(any_inputs(), st.integers(1, 60))
def test_the_same_inputs_give_the_same_bytes_in_any_context(inputs: DecisionInputs, digits: int) -> None:
    decision = decide(inputs)
    with localcontext(prec=digits, rounding="ROUND_UP"):
        again = decide(DecisionInputs.model_validate_json(inputs.model_dump_json()))
        words = sentence(inputs, again, "KO")
    assert again.model_dump_json() == decision.model_dump_json()
    assert words == sentence(inputs, decision, "KO")


@given(any_inputs())
def test_every_digit_survives_the_json(inputs: DecisionInputs) -> None:
    text = inputs.model_dump_json()
    read = DecisionInputs.model_validate_json(text)
    assert read.model_dump_json() == text
    assert read == inputs
    decided = decide(inputs)
    assert Decision.model_validate_json(decided.model_dump_json()) == decided


@given(any_inputs())
def test_pence_and_pounds_lead_to_the_same_trade(inputs: DecisionInputs) -> None:
    pence = inputs.model_copy(
        update={
            "price": None if inputs.price is None else inputs.price.scaleb(2),
            "anchor": inputs.anchor.scaleb(2),
            "unit_scale": inputs.unit_scale.scaleb(-2),
        }
    )
    quoted = {"price"}
    assert decide(pence).model_dump(exclude=quoted) == decide(inputs).model_dump(exclude=quoted)


@given(any_inputs())
def test_every_input_has_an_outcome_with_the_reason_that_belongs_to_it(inputs: DecisionInputs) -> None:
    decision = decide(inputs)
    words = sentence(inputs, decision, "KO")
    match decision.outcome:
        case "trade":
            assert decision.reason is None
            assert words.startswith("Decided to ")
        case "skip":
            assert decision.side is not None
            assert words.startswith("Did not ")
        case "hold":
            assert (decision.side, decision.quantity) == (None, None)
            assert words.startswith("Held KO: ")
    assert words.endswith(".")


@given(TRADES, st.sampled_from(SHUT_GATES))
def test_a_shut_gate_stops_any_trade(trade: Trade, gate: tuple[str, object, str]) -> None:
    field, shut, reason = gate
    decision = decide(trade.inputs.model_copy(update={field: shut}))
    assert (decision.reason, decision.quantity) == (reason, None)

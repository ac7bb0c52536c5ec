"""What open advice has promised: money that another run must not spend, while parts of it are carried out."""

from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.allocation.advice import Line
from domain.recommendation import promises
from domain.recommendation import state as recommendation
from domain.recommendation.events import (
    AdvisedLine,
    ExecutedLine,
    RecommendationExecuted,
    RecommendationProposed,
)
from domain.recommendation.state import Recommendation
from example_advice_events import LINE, WHERE
from given_when_then import Decider
from stories import AT

PARK = UUID("019aa000-0000-7000-8000-0000000000b1")
advice = Decider(recommendation.evolve)

SALE = LINE.model_copy(update={"action": "SELL", "listing_id": PARK, "funding": "none", "sleeve": None})


def of(line: Line, units: int, trigger: str | None = "wave:A") -> Line:
    """So many units at a price of ten."""
    numbers = {"quantity": Decimal(units), "price": Decimal(10), "amount": Decimal(10 * units)}
    return line.model_copy(update=numbers | {"trigger": trigger})


WAVE = (of(SALE, 100), of(LINE, 60), of(LINE, 35))
REBALANCED = (of(SALE, 100, None), of(LINE, 60, None), of(LINE, 90, None))


def advised(*lines: Line, done: tuple[int, ...] = ()) -> Recommendation:
    """A recommendation of these lines, so many units of which have been executed at ten each."""
    ids = [UUID(int=number) for number, _ in enumerate(lines, 1)]
    proposed = RecommendationProposed(
        **WHERE,
        run_id=None,
        kind="monthly",
        currency="USD",
        policy_hash=None,
        snapshot_hash=None,
        engine="allocation.1",
        lines=tuple(AdvisedLine(id=id_, line=line) for id_, line in zip(ids, lines, strict=True)),
        suppressed=(),
        sleeves=(),
        triggers=(),
        told="Advises.",
    )
    executed = tuple(
        ExecutedLine(
            line_id=id_,
            action=line.action,
            symbol=line.symbol,
            quantity=Decimal(units),
            price=Decimal(10),
            fee=Decimal(0),
            executed_at=AT,
            broker_reference=None,
            entry_id=id_,
        )
        for id_, line, units in zip(ids, lines, done or (0,) * len(lines), strict=True)
        if units
    )
    return advice.given(proposed, RecommendationExecuted(**WHERE, lines=executed, complete=False)).state


def kept(lines: tuple[Line, ...], *done: int) -> Decimal:
    """The cash that is kept once so much of each line is done."""
    return promises.cash(advised(*lines, done=done))


def test_what_a_wave_sold_is_kept_for_what_it_has_not_bought() -> None:
    """Nothing before the sale; then what the buys still need; and nothing that it brings beyond them."""
    assert kept(WAVE, 0, 0, 0) == 0
    assert kept(WAVE, 50, 0, 0) == 450
    assert kept(WAVE, 100, 0, 0) == 950
    assert kept(WAVE, 100, 60, 0) == 350
    assert kept(WAVE, 100, 60, 35) == 0


def test_bought_before_the_sale_there_is_nothing_to_keep() -> None:
    assert kept(WAVE, 0, 60, 0) == 0
    assert kept(WAVE, 100, 60, 0) == 350


def test_of_a_rebalance_only_what_its_sales_do_not_pay_for_counts_as_spent() -> None:
    """150 units are to be bought, 100 of them with what is sold."""
    assert kept(REBALANCED, 0, 0, 0) == 500
    assert kept(REBALANCED, 100, 0, 0) == 1500
    assert kept(REBALANCED, 100, 60, 0) == 900


def test_no_trigger_pays_for_another() -> None:
    assert kept((*WAVE, *(of(each, 40, "wave:B") for each in (SALE, LINE))), 100, 60, 0, 0, 0) == 350


def test_more_than_advised_leaves_nothing_to_sell_and_nothing_to_keep() -> None:
    sold_and_bought = advised(*WAVE, done=(120, 70, 40))
    assert promises.units(sold_and_bought) == {PARK: 0}
    assert promises.cash(sold_and_bought) == 0


@given(st.lists(st.integers(0, 150), min_size=3, max_size=3), st.sampled_from([WAVE, REBALANCED]))
def test_whoever_spends_all_that_is_free_can_still_carry_out_the_rest(
    done: list[int], lines: tuple[Line, ...]
) -> None:
    """What is kept, and what is still to be sold, pay for what is still to be bought; and never more is kept."""
    still = [max(Decimal(0), each.quantity - units) * 10 for each, units in zip(lines, done, strict=True)]
    to_come, to_buy = still[0], still[1] + still[2]
    assert kept(lines, *done) + to_come >= to_buy
    assert kept(lines, *done) <= to_buy

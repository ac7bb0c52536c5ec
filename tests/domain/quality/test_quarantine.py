"""What a person says of prices that wait for one, and what the gate makes of it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.price_point import PricePoint
from domain.quality import EVER, Gate, Lane, ListingRules, PriceQuarantined, Terms, TradingDay, standing
from domain.quality.quarantine import Picked, Ruling, Waiting, settle
from domain.quality.standing import NOTHING_SAID
from domain.refusals import Invalid
from prices_told import LISTING

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def price(value: str | Decimal, minutes: float, source: str = "api") -> PricePoint:
    """A last price so many minutes after noon."""
    at = NOON + minutes * MINUTE
    return PricePoint(LISTING, at, Decimal(value), None, None, is_close=False, source=source)


def gate() -> Gate:
    """A gate for the listing, whose day ends at midnight."""
    lane = Lane(LISTING, ListingRules("XNYS", Terms("USD", "USD")), is_live=True)
    day = TradingDay(NOON.date(), NOON + timedelta(hours=12))
    return Gate({LISTING: lane}, NOON + timedelta(hours=1), lambda *_: day, lambda *_: None, lambda *_: EVER)


WAITING = [
    Waiting(price("160", 1), "jump"),
    Waiting(price("16000", 2, "other"), "scale"),
    Waiting(price("161", 3), "jump"),
]


def said(picked: Picked, ruling: Ruling = "released") -> list[str]:
    """The sentences of what a person says of them."""
    return [event.sentence() for event in settle(LISTING, "KO", WAITING, picked, ruling, "Seen.")]


def test_prices_are_settled_in_plain_sentences() -> None:
    """With nothing picked out it is all of them."""
    assert said(Picked(), "discarded") == [
        "Discarded 3 prices of KO, 160 to 16000, stopped for jump and a hundredfold change of scale: Seen."
    ]
    assert said(Picked(rule="jump", until=NOON + MINUTE), "discarded") == [
        "Discarded a price of KO, 160, stopped for jump: Seen."
    ]


def test_prices_are_picked_by_rule_source_and_moment() -> None:
    """Both ends of a span are included, and where nothing is meant nothing is said."""
    at = WAITING[1].point.as_of
    for picked in (Picked(rule="scale"), Picked(source="other"), Picked(since=at, until=at)):
        assert [picked.picks(each) for each in WAITING] == [False, True, False], picked
    assert said(Picked(rule="outlier")) == []


def test_what_is_likely_another_unit_is_released_only_by_its_rule() -> None:
    """However it was picked out otherwise; discarding is no danger."""
    for rule in ("scale", "currency_mismatch"):
        waiting = [WAITING[0], Waiting(price("16000", 2), rule)]
        for picked in (Picked(), Picked(source="api"), Picked(since=NOON)):
            with pytest.raises(Invalid, match=f'"rule": "{rule}"'):
                settle(LISTING, "KO", waiting, picked, "released", "Seen.")
            assert settle(LISTING, "KO", waiting, picked, "discarded", "Seen.")[0].prices == 2
        assert settle(LISTING, "KO", waiting, Picked(rule=rule), "released", "Seen.")[0].prices == 1
        assert settle(LISTING, "KO", waiting, Picked(rule="jump"), "released", "Seen.")[0].prices == 1


def test_a_rule_is_over_once_nothing_of_it_waits() -> None:
    """Until then the next price of its kind is no other case, and is told to nobody anew."""
    state = NOTHING_SAID
    for each in WAITING:
        point = each.point
        stopped = PriceQuarantined(
            listing_id=LISTING, symbol="KO", price=point.last or Decimal(0), as_of=point.as_of, source="api",
            rule=each.rule, observed="", expected="",
        )  # fmt: skip
        state = standing.evolve(state, stopped)
    (part,) = settle(LISTING, "KO", WAITING, Picked(until=NOON + 2 * MINUTE), "discarded", "Seen.")
    (rest,) = settle(LISTING, "KO", WAITING[2:], Picked(), "discarded", "Seen.")

    assert (part.over, rest.over) == (("scale",), ("jump",))
    assert [each.rule for each in standing.evolve(state, part).findings] == ["jump"]
    assert standing.evolve(standing.evolve(state, part), rest).findings == ()


@given(
    before=st.decimals("0.01", "10000", places=2),
    after=st.decimals("0.01", "10000", places=2),
    step=st.decimals("-0.09", "0.09", places=4),
)
def test_a_released_price_is_what_the_next_is_held_against(
    before: Decimal, after: Decimal, step: Decimal
) -> None:
    """However far it went, in a moment or in a day: what was confirmed goes on, and the old level has jumped."""
    passing = gate()
    passing.take([price(before, 0)])
    passing.release([price(after, 1)])
    lane = passing.lanes[LISTING]
    assert (lane.value, lane.day_before) == (after, after)

    passing.take([price(after * (1 + step), 2)])
    assert [each.last for each in passing.judged.good] == [before, after, after * (1 + step)]

    passing.take([price(before, 3)])
    is_far = abs(before - after) > after * Decimal("0.5")
    assert passing.judged.stopped or not is_far


def test_a_released_price_that_is_older_is_history() -> None:
    """The newest stays what the next is held against."""
    passing = gate()
    passing.take([price("100", 0), price("101", 5)])
    passing.release([price("160", 1), price("161", 2)])

    assert passing.lanes[LISTING].value == Decimal(101)
    assert passing.judged.late == 2
    passing.take([price("102", 6)])
    assert passing.judged.stopped == []

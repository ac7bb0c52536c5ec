"""Announcing corporate actions: each once, and no nonsense (DOMAIN §5)."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain import listing as listings
from domain.actions import Announced, DividendAnnounced, MergerAnnounced, SplitAnnounced
from domain.adjustment import Adjustment
from domain.announce import announce_dividend, announce_merger, announce_split
from domain.listing import AnyListingEvent, Listing
from domain.refusals import Conflict, Invalid
from example_action_events import OTHER, a_dividend, a_merger, a_split
from given_when_then import Decider
from stories import KO, LISTING_ID, VOD

listing: Decider[Listing] = Decider(listings.evolve)


def announce(action: Announced, into: Listing = OTHER) -> Any:
    """The command that announces an action."""

    def rule(state: Listing) -> list[AnyListingEvent]:
        match action:
            case DividendAnnounced():
                return announce_dividend(state, action)
            case SplitAnnounced():
                return announce_split(state, action)
            case MergerAnnounced():
                return announce_merger(state, action, into)

    return rule


@pytest.mark.parametrize("action", [a_dividend(), a_split(), a_merger()], ids=lambda each: each.kind)
def test_an_action_is_announced_once(action: Announced) -> None:
    """The same again, under whatever id and however its digits are written, is already so."""
    again = action.model_copy(update={"action_id": LISTING_ID})
    listing.given(KO).when(announce(action)).then(action).when(announce(again)).then_nothing()


def test_the_same_number_may_be_written_otherwise() -> None:
    listing.given(KO, a_dividend("0.50")).when(announce(a_dividend("0.5"))).then_nothing()


@pytest.mark.parametrize(
    ("known", "other"),
    [
        (a_dividend(), a_dividend("0.51")),
        (a_dividend(), a_dividend(pay_date=date(2026, 12, 16))),
        (a_dividend(), a_dividend(withholding_rate=Decimal("0.1"))),
        (a_split(), a_split("9")),
        (a_merger(), a_merger(cash="2.01")),
    ],
)
def test_another_content_for_the_same_day_is_a_conflict(known: Announced, other: Announced) -> None:
    listing.given(KO, known).when(announce(other)).then_refused(Conflict, "is announced for 2026-11-23")


def test_a_listing_merges_once() -> None:
    other = a_merger(effective=date(2026, 11, 24))
    listing.given(KO, a_merger()).when(announce(other)).then_refused(Conflict, "another merger")


def test_a_dividend_and_a_split_may_share_their_day() -> None:
    listing.given(KO, a_dividend()).when(announce(a_split())).then(a_split())


@pytest.mark.parametrize(
    ("action", "field"),
    [
        (a_dividend("0"), "per_share"),
        (a_dividend("-1"), "per_share"),
        (a_dividend(pay_date=date(2026, 11, 22)), "pay_date"),
        (a_dividend(withholding_rate=Decimal("1.01")), "withholding_rate"),
        (a_split("0"), "ratio"),
        (a_split("-2"), "ratio"),
        (a_split("1.0"), "ratio"),
        (a_merger("0"), "ratio"),
        (a_merger(cash="-0.01"), "cash_per_share"),
        (a_merger(into_listing_id=LISTING_ID), "into_listing_id"),
    ],
)
def test_nonsense_is_refused_by_its_field(action: Announced, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        announce(action)(listing.given(KO).state)
    assert refused.value.field == field


def test_a_merger_stays_in_its_currency() -> None:
    pounds = listings.evolve(None, VOD.model_copy(update={"listing_id": OTHER.id}))
    listing.given(KO).when(announce(a_merger(), into=pounds)).then_refused(Invalid, "trades in GBP")


def test_a_listing_with_actions_is_still_registered_the_same() -> None:
    listing.given(KO, a_dividend()).when(lambda state: listings.register(state, KO)).then_nothing()


def test_a_dividend_in_pounds_lowers_a_price_in_pence() -> None:
    pence = a_dividend("0.125", currency="GBP", quote_unit="GBX")
    assert pence.adjustment.of(Decimal("8412.5")) == Decimal(8400)


def test_a_merger_changes_the_unit_of_a_price() -> None:
    merger = a_merger("2", "1", currency="GBP", quote_unit="GBX", into_quote_unit="GBP")
    assert merger.adjustment.of(Decimal(500)) == Decimal(2)


def test_an_action_that_comes_late_goes_in_before_those_that_took_effect_later() -> None:
    """A price of 100 with a split in two and a dividend of 3 after it: 2 before both are 1 of 47 less."""
    split, dividend, late = Adjustment(divided_by=Decimal(2)), Adjustment(less=Decimal(3)), Decimal(2)
    today = dividend.of(split.of(Decimal(100)))
    assert Adjustment(less=late).before([split, dividend]).of(today) == dividend.of(split.of(100 - late))
    another = Adjustment(divided_by=Decimal(4))
    assert another.before([split, dividend]).of(today) == dividend.of(split.of(another.of(Decimal(100))))

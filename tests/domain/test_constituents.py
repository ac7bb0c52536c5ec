"""What a portfolio is made of."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.portfolio.constituents import set_constituents
from domain.portfolio.events import Constituent, ConstituentsSet, Named
from domain.refusals import InvalidFields
from stories import PORTFOLIO_ID, PORTFOLIO_OPENED, VOD, a_listing, portfolio

VWRP, SEMI, CSH2 = UUID(int=1), UUID(int=2), UUID(int=3)
LISTINGS = {
    listing_id: a_listing(VOD, listing_id=listing_id, symbol=symbol)
    for listing_id, symbol in ((VWRP, "VWRP"), (SEMI, "SEMI"), (CSH2, "CSH2"))
}


def core(**changes: Any) -> Constituent:
    """VWRP in the core."""
    given = {"listing_id": VWRP, "sleeve": "core", "role": "invested", "priority": 1, "monitored": True}
    return Constituent.model_validate(given | changes)


SEMIS = core(listing_id=SEMI, sleeve="semis", priority=2)
PARK = core(listing_id=CSH2, sleeve="cash park", role="cash_park", priority=3)


def told(*constituents: Constituent, came: str = "", went: str = "", changed: str = "") -> ConstituentsSet:
    """The event that the list is now this one; symbols as in ``"VWRP SEMI"``."""
    ids = {listing.symbol: listing.id for listing in LISTINGS.values()}

    def named(symbols: str) -> tuple[Named, ...]:
        return tuple(Named(listing_id=ids[symbol], symbol=symbol) for symbol in symbols.split())

    return ConstituentsSet(
        portfolio_id=PORTFOLIO_ID,
        currency="USD",
        constituents=constituents,
        came=named(came),
        went=named(went),
        changed=named(changed),
    )


def wanted(*constituents: Constituent) -> Any:
    """The command to make the list this one."""
    return lambda state: set_constituents(state, constituents, LISTINGS)


def test_the_list_is_set_as_a_whole() -> None:
    """What is not in the new list has gone, and the sentence names what came and went."""
    first = portfolio.given(PORTFOLIO_OPENED).when(wanted(core(), PARK))
    both = first.then(told(core(), PARK, came="VWRP CSH2"))
    moved = core(sleeve="world")
    expected = told(moved, SEMIS, came="SEMI", went="CSH2", changed="VWRP")
    assert both.when(wanted(moved, SEMIS)).then(expected).state.constituents == (moved, SEMIS)
    assert expected.sentence() == "Set 2 constituents: SEMI came; CSH2 went; VWRP changed."


def test_an_equal_list_is_already_so() -> None:
    """In whatever order it comes, as long as the priorities say the same."""
    given = portfolio.given(PORTFOLIO_OPENED, told(core(), SEMIS, PARK, came="VWRP SEMI CSH2"))
    given.when(wanted(core(), SEMIS, PARK)).then_nothing()
    given.when(wanted(PARK, core(), SEMIS)).then_nothing()
    portfolio.given(PORTFOLIO_OPENED).when(wanted()).then_nothing()


def test_of_one_priority_the_order_counts() -> None:
    """The first of a sleeve is the one that is bought."""
    other = core(listing_id=SEMI)
    given = portfolio.given(PORTFOLIO_OPENED, told(core(), other, came="VWRP SEMI"))
    turned = told(other, core())
    given.when(wanted(other, core())).then(turned)
    assert turned.sentence() == "Set 2 constituents: in another order."


def test_an_empty_list_lets_everything_go() -> None:
    """A portfolio may be of nothing."""
    gone = told(went="VWRP")
    portfolio.given(PORTFOLIO_OPENED, told(core(), came="VWRP")).when(wanted()).then(gone)
    assert gone.sentence() == "Set no constituents: VWRP went."


BAD: list[tuple[list[Constituent], list[str]]] = [
    ([core(listing_id=UUID(int=9))], ["constituents[0].listing_id"]),
    ([core(), SEMIS, core(sleeve="world")], ["constituents[2].listing_id"]),
    ([PARK, core(role="cash_park", sleeve="other")], ["constituents[1].role"]),
    ([core(sleeve="cash park"), PARK], ["constituents[0].sleeve"]),
    (
        [core(listing_id=UUID(int=9)), core(listing_id=UUID(int=8)), PARK, core(role="cash_park")],
        ["constituents[0].listing_id", "constituents[1].listing_id", "constituents[3].role"],
    ),
]


@pytest.mark.parametrize(("constituents", "fields"), BAD)
def test_every_entry_that_cannot_be_is_named(constituents: list[Constituent], fields: list[str]) -> None:
    """An unknown listing, one listed twice, a second cash park, and an investment in the cash park's sleeve."""
    state = portfolio.given(PORTFOLIO_OPENED).state
    with pytest.raises(InvalidFields) as refused:
        set_constituents(state, constituents, LISTINGS)
    assert [field for field, _ in refused.value.errors] == fields


LISTS = st.lists(
    st.builds(
        Constituent,
        listing_id=st.sampled_from([VWRP, SEMI, CSH2]),
        sleeve=st.sampled_from(["core", "semis"]),
        role=st.just("invested"),
        priority=st.integers(0, 3),
        monitored=st.booleans(),
    ),
    unique_by=lambda each: each.listing_id,
)


@given(before=LISTS, after=LISTS)
def test_what_came_and_went_leads_from_one_list_to_the_other(
    before: list[Constituent], after: list[Constituent]
) -> None:
    """Whatever the lists: what was there, without what went and with what came, is what is there."""
    opened = portfolio.given(PORTFOLIO_OPENED)
    state = portfolio.given(PORTFOLIO_OPENED, *set_constituents(opened.state, before, LISTINGS)).state
    then = set_constituents(state, after, LISTINGS)
    ids = {each.listing_id for each in before}
    for event in then:
        came, went = ({each.listing_id for each in named} for named in (event.came, event.went))
        assert went <= ids
        assert not came & ids
        ids = ids - went | came
    assert ids == {each.listing_id for each in after}
    again = portfolio.given(PORTFOLIO_OPENED, *set_constituents(opened.state, before, LISTINGS), *then)
    assert set_constituents(again.state, after, LISTINGS) == []

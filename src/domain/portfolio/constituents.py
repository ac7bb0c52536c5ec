"""The list of a portfolio's constituents, which is always set as a whole."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from domain.listing import Listing
from domain.portfolio.events import Constituent, ConstituentsSet, Named
from domain.portfolio.state import Portfolio
from domain.refusals import FieldError, InvalidFields

FIELD = "constituents"


def set_constituents(
    state: Portfolio, wanted: Sequence[Constituent], listings: Mapping[UUID, Listing]
) -> list[ConstituentsSet]:
    """Make the list what is wanted; the same list again is already so.

    ``listings`` are those that are known of the wanted ones and of the present ones. Raises InvalidFields with
    every entry that cannot be.
    """
    errors = [*_errors(state, wanted, listings)]
    if errors:
        raise InvalidFields(errors)
    # Those of one priority stay in the order in which they were given.
    constituents = tuple(sorted(wanted, key=lambda each: each.priority))
    if constituents == state.constituents:
        return []
    before = {each.listing_id: each for each in state.constituents}
    after = {each.listing_id: each for each in constituents}
    return [
        ConstituentsSet(
            portfolio_id=state.id,
            currency=state.currency,
            constituents=constituents,
            came=_named((each for each in after if each not in before), listings),
            went=_named((each for each in before if each not in after), listings),
            changed=_named(
                (each for each in after if before.get(each, after[each]) != after[each]), listings
            ),
        )
    ]


def _errors(
    state: Portfolio, wanted: Sequence[Constituent], listings: Mapping[UUID, Listing]
) -> Iterator[FieldError]:
    """Every entry that cannot be: sleeves are compared with policies, so one is either invested or parks cash."""
    seen: set[UUID] = set()
    before = {each.listing_id for each in state.constituents}
    park = next((each for each in wanted if each.role == "cash_park"), None)
    for index, each in enumerate(wanted):
        entry, listing = f"{FIELD}[{index}]", listings.get(each.listing_id)
        if listing is None:
            yield f"{entry}.listing_id", f"There is no listing {each.listing_id}."
        elif each.listing_id in seen:
            yield f"{entry}.listing_id", f"{listing.symbol} is listed twice; it belongs to one sleeve."
        elif listing.is_retired and each.listing_id not in before:
            yield f"{entry}.listing_id", f"{listing.symbol} has not traded since {listing.retired_on}."
        seen.add(each.listing_id)
        if park is None or each is park:
            continue
        if each.role == "cash_park":
            yield f"{entry}.role", "Another listing is the cash park already; there can be one."
        elif each.sleeve == park.sleeve:
            yield f"{entry}.sleeve", f"The cash park is the sleeve {park.sleeve}; nothing is invested in it."


def _named(listing_ids: Iterator[UUID], listings: Mapping[UUID, Listing]) -> tuple[Named, ...]:
    return tuple(Named(listing_id=each, symbol=listings[each].symbol) for each in listing_ids)

"""Announcing corporate actions: each once for its listing and day (DOMAIN §5)."""

from decimal import Decimal

from domain.actions import ActionAnnounced, Announced, DividendAnnounced, MergerAnnounced, SplitAnnounced
from domain.listing import AnyListingEvent, Listing
from domain.refusals import Conflict, Invalid

Events = list[AnyListingEvent]

NOT_CONTENT = frozenset({"action_id", *ActionAnnounced.model_fields}) | {"payable_at"}
"""What is no part of the announcement itself: the id that it got, and what follows from listing and dates."""


def announce_dividend(listing: Listing, wanted: DividendAnnounced) -> Events:
    """Announce a dividend; the same again is already so. Raises Invalid for nonsense, Conflict for another."""
    if wanted.per_share <= 0:
        raise Invalid("per_share", "The dividend per share must be above zero.")
    if wanted.pay_date < wanted.ex_date:
        raise Invalid("pay_date", "The pay-date must not be before the ex-date.")
    if wanted.withholding_rate is not None and not 0 <= wanted.withholding_rate <= 1:
        raise Invalid("withholding_rate", "The withholding rate is a fraction of one.")
    return _once(listing, wanted)


def announce_split(listing: Listing, wanted: SplitAnnounced) -> Events:
    """Announce a split; the same again is already so. Raises Invalid for nonsense, Conflict for another."""
    if wanted.ratio <= 0 or wanted.ratio == 1:
        raise Invalid("ratio", "The ratio is new shares for one old one: above zero, and not 1.")
    return _once(listing, wanted)


def announce_merger(listing: Listing, wanted: MergerAnnounced, into: Listing) -> Events:
    """Announce a merger; the same again is already so. A listing ends by it, so there is one at most.

    Raises Invalid for nonsense, Conflict for another merger.
    """
    if wanted.into_listing_id == listing.id:
        raise Invalid("into_listing_id", "A listing cannot merge into itself.")
    if into.currency != listing.currency:
        raise Invalid(
            "into_listing_id",
            f"{into.symbol} trades in {into.currency}, {listing.symbol} in {listing.currency}.",
        )
    if wanted.ratio <= 0:
        raise Invalid("ratio", "The ratio is shares of the new listing for one old share: above zero.")
    if wanted.cash_per_share < 0:
        raise Invalid("cash_per_share", "The cash per share must not be below zero.")
    known = [each for each in listing.announced if isinstance(each, MergerAnnounced)]
    if known and known[0].effective != wanted.effective:
        raise Conflict(f"{listing.symbol} has another merger announced, for {known[0].effective}.")
    return _once(listing, wanted)


def announced_on(listing: Listing, wanted: Announced) -> Announced | None:
    """What was announced of the same kind for the same day."""
    return next(
        (each for each in listing.announced if (each.kind, each.day) == (wanted.kind, wanted.day)), None
    )


def _once(listing: Listing, wanted: Announced) -> Events:
    known = announced_on(listing, wanted)
    if known is None:
        return [wanted]
    if _content(known) != _content(wanted):
        raise Conflict(f"Another {wanted.kind} is announced for {wanted.day}: {known.sentence()}")
    return []


def _content(announced: Announced) -> dict[str, object]:
    content: dict[str, object | Decimal] = announced.model_dump(exclude=set(NOT_CONTENT))
    return content

"""Listings, and the prices that were stored of them."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.http.answers import decimal, encode, json_answer, page_answer, renamed
from api.http.asked import After, Limit, TheHouse, UpToDate, id_after
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.fields import Body, Currency, Exchange, Isin, QuoteUnit, Symbol, Text, parse_moment
from api.http.operators import ByOperators
from api.http.problems import invalid, refuse_null
from api.http.schemas import Listing, Page, Price
from api.http.strict_request import StrictRoute
from api.wiring import House
from application.registry.listings import Listed
from domain.listing import ListingRegistered
from domain.numbers import PositiveDecimal, plain
from domain.portfolio.state import LIVE_FEED
from domain.refusals import NotFound
from projections import listings as rows

router = APIRouter(tags=["listings"], route_class=StrictRoute)

CREATED = 201

Words = Annotated[Text, Query(description="Words to look for, such as `coca` or `ko xnys`")]


class NewListing(Body):
    """Its instrument is the one of ``isin``, which becomes known with it, or the one that ``instrument_id`` names."""

    symbol: Symbol
    exchange: Exchange
    currency: Currency
    quote_unit: QuoteUnit
    lot: PositiveDecimal = Decimal(1)
    tick: PositiveDecimal | None = None
    isin: Isin | None = None
    instrument_id: UUID | None = None
    name: Text | None = None


class More(Body):
    """What is left out stays as it is."""

    name: Text | None = None
    tick: PositiveDecimal | None = None
    isin: Isin | None = None
    instrument_id: UUID | None = None


@router.post("/listings", responses=answers(Listing, CREATED), response_model=None, status_code=CREATED)
def register(house: TheHouse, command: ACommand, body: NewListing) -> Response:
    """Make a listing known; one that is known already is answered as it is."""
    house.sessions.reaches(body.exchange)
    wanted = ListingRegistered(
        listing_id=house.ledger.new_id(),
        symbol=body.symbol,
        exchange=body.exchange,
        currency=body.currency,
        quote_unit=body.quote_unit,
        lot=body.lot,
        tick=body.tick,
        isin=body.isin,
        instrument_id=body.instrument_id,
        title=body.name,
    )
    return command.run(lambda cause: house.keep_listings.register(cause, wanted), written, CREATED)


@router.patch(
    "/listings/{listing_id}", responses=answers(Listing), response_model=None, dependencies=[ByOperators]
)
def describe(house: TheHouse, command: ACommand, listing_id: UUID, body: More) -> Response:
    """Tell more of a listing: its name, the step of its prices, or which instrument it is of."""
    refuse_null(body)
    return command.run(
        lambda cause: house.keep_listings.describe(
            cause,
            listing_id,
            title=body.name,
            tick=body.tick,
            instrument_id=body.instrument_id,
            isin=body.isin,
        ),
        written,
    )


@router.get("/listings", responses=answers(Page[Listing]), response_model=None, dependencies=[UpToDate])
def page(
    house: TheHouse,
    symbol: Symbol | None = None,
    exchange: Exchange | None = None,
    isin: Isin | None = None,
    q: Words | None = None,
    after: After = None,
    limit: Limit = 100,
) -> Response:
    """Listings in the order of their registration; by a symbol, those that go by it now.

    ``q`` is what somebody types who looks for one, and stands alone: each word begins the symbol or a word of the name,
    or is the exchange or the ISIN. The best come first, and there is one page.
    """
    if q is not None:
        if any(each is not None for each in (symbol, exchange, isin, after)):
            raise invalid(("q", "What is looked for by words is not narrowed by anything else."))
        with house.pool.connection() as connection:
            return page_answer([_row(row) for row in rows.found(connection, q, limit)], None)
    wanted = rows.Filters(symbol, exchange, isin)
    with house.pool.connection() as connection:
        found = rows.page(connection, wanted, id_after(after), limit)
    cursor = str(found[-1]["listing_id"]) if len(found) == limit else None
    return page_answer([_row(row) for row in found], cursor)


@router.get(
    "/listings/{listing_id}", responses=answers(Listing), response_model=None, dependencies=[UpToDate]
)
def one(house: TheHouse, listing_id: UUID) -> Response:
    """One listing."""
    return json_answer(encode(_row(_known(house, listing_id))))


@router.get(
    "/listings/{listing_id}/prices",
    responses=answers(Page[Price]),
    response_model=None,
    dependencies=[UpToDate],
)
def prices(house: TheHouse, listing_id: UUID, after: After = None, limit: Limit = 100) -> Response:
    """Stored prices, oldest first; quarantined ones carry the rule that stopped them."""
    _known(house, listing_id)
    found = house.prices.page(LIVE_FEED, listing_id, _price_after(after), limit)
    items = [_price(row) for row in found]
    cursor = None
    if len(items) == limit:
        newest = items[-1]
        cursor = f"{newest['as_of']}|{int(newest['is_close'])}|{newest['source']}"
    return page_answer(items, cursor)


def _known(house: House, listing_id: UUID) -> dict[str, Any]:
    with house.pool.connection() as connection:
        row = rows.one(connection, listing_id)
    if row is None:
        raise NotFound("listing", listing_id)
    return row


def _price_after(after: str | None) -> tuple[datetime, bool, str] | None:
    if after is None:
        return None
    try:
        moment, is_close, source = after.split("|", 2)
        return parse_moment(moment), is_close == "1", source.replace("\x00", "")
    except ValueError:
        raise invalid(("after", "This is no cursor of this list.")) from None


def _price(row: dict[str, Any]) -> dict[str, Any]:
    return renamed(
        row,
        as_of="as_of",
        source="source",
        is_close="is_close",
        last="last",
        bid="bid",
        ask="ask",
        open="open",
        high="high",
        low="low",
        quarantined="quarantined",
    )


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return renamed(
        row,
        id="listing_id",
        symbol="symbol",
        exchange="exchange",
        currency="currency",
        quote_unit="quote_unit",
        lot="lot",
        tick="tick",
        isin="isin",
        name="title",
        instrument_id="instrument_id",
        retired_on="retired_on",
    )


def written(listed: Listed) -> bytes:
    """A listing as JSON."""
    listing, instrument = listed
    return encode(
        {
            "id": listing.id,
            "symbol": listing.symbol,
            "exchange": listing.exchange,
            "currency": listing.currency,
            "quote_unit": listing.quote_unit,
            "lot": plain(listing.lot),
            "tick": decimal(listing.tick),
            "isin": listing.isin if instrument is None else instrument.isin or listing.isin,
            "name": listing.title,
            "instrument_id": listing.instrument_id,
            "retired_on": listing.retired_on,
        }
    )

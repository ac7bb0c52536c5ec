"""Post to a portfolio's books by hand, and take back what was posted."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from api.http.answers import decimal, encode, moment
from api.http.asked import OwnPortfolio, TheHouse
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.fields import Body, Moment, Reason, Text
from api.http.schemas.ledger import PostedBatch, ReversedBatch
from api.http.strict_request import StrictRoute
from application.books.post_entries import NewEntry, Posted
from application.books.reverse_entries import Reversed
from domain.money import ZERO
from domain.numbers import NonNegativeDecimal, PositiveDecimal, WireDecimal
from domain.portfolio.events import EntryPosted, EntryReversed, PostedKind
from domain.portfolio.wanted import Wanted

router = APIRouter(prefix="/portfolios", tags=["ledger"], route_class=StrictRoute)

CREATED = 201
ENTRIES_MAX = 1_000


class EntryIn(Body):
    """``amount`` is money in the base currency, ``price`` is in the quote unit; a transfer out is below zero."""

    kind: PostedKind
    at: Moment | None = None
    listing_id: UUID | None = None
    quantity: WireDecimal | None = None
    price: PositiveDecimal | None = None
    amount: WireDecimal | None = None
    fee: NonNegativeDecimal = ZERO
    tax: NonNegativeDecimal = ZERO
    reference: Text | None = None
    note: Text | None = None


class BatchIn(Body):
    """Booked in this order, all or none."""

    entries: Annotated[list[EntryIn], Field(min_length=1, max_length=ENTRIES_MAX)]


class ReversalIn(Body):
    """Ids of entries or of whole batches."""

    ids: Annotated[list[UUID], Field(min_length=1, max_length=ENTRIES_MAX)]
    reason: Reason


@router.post(
    "/{portfolio_id}/ledger",
    responses=answers(PostedBatch, CREATED),
    response_model=None,
    status_code=CREATED,
)
def post(house: TheHouse, command: ACommand, portfolio_id: OwnPortfolio, body: BatchIn) -> Response:
    """Post a batch of entries. Cash may be overdrawn by what has happened, units may not; a freeze blocks nothing."""
    entries = [_entry(each) for each in body.entries]
    return command.run(lambda cause: house.post_entries(cause, portfolio_id, entries), _posted, CREATED)


@router.post(
    "/{portfolio_id}/ledger/reversals",
    responses=answers(ReversedBatch, CREATED),
    response_model=None,
    status_code=CREATED,
)
def reverse(house: TheHouse, command: ACommand, portfolio_id: OwnPortfolio, body: ReversalIn) -> Response:
    """Take back what was posted, by opposite entries; nothing is edited."""
    return command.run(
        lambda cause: house.reverse_entries(cause, portfolio_id, body.ids, body.reason), _reversed, CREATED
    )


def _entry(given: EntryIn) -> NewEntry:
    wanted = Wanted(
        kind=given.kind,
        quantity=given.quantity,
        price=given.price,
        amount=given.amount,
        fee=given.fee,
        tax=given.tax,
        reference=given.reference,
        note=given.note,
    )
    return NewEntry(given.at, given.listing_id, wanted)


def _posted(posted: Posted) -> bytes:
    entries = [posted_entry(event, at) for event, at in posted.entries]
    return encode({"batch_id": posted.batch_id, "entries": entries})


def posted_entry(event: EntryPosted, at: datetime) -> dict[str, Any]:
    """An entry as PostedEntry has it."""
    return _effect(event) | _when(event, at)


def _when(event: EntryPosted, at: datetime) -> dict[str, Any]:
    return {
        "at": moment(at),
        "listing_id": event.listing_id,
        "fee": decimal(event.effect.fee),
        "tax": decimal(event.effect.tax),
    }


def _reversed(done: Reversed) -> bytes:
    entries = [_effect(event) | {"reverses": event.reverses} for event in done.entries]
    return encode({"batch_id": done.batch_id, "entries": entries})


def _effect(event: EntryPosted | EntryReversed) -> dict[str, Any]:
    return {
        "id": event.entry_id,
        "kind": event.kind,
        "symbol": event.symbol,
        "quantity": decimal(event.effect.quantity),
        "cash": decimal(event.effect.cash),
        "book_cost": decimal(event.effect.book_cost),
        "gain": decimal(event.effect.gain),
        "sentence": event.sentence(),
    }

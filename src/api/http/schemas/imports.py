"""Brokers' files: what they would book, what they have booked, and what is asked about them."""

from typing import Literal
from uuid import UUID

from api.http.schemas.answer import Answer, Moment, Number
from api.http.schemas.ledger import PostedEntry


class RowFigure(Answer):
    """A number as the file has it, ``raw`` in its ``unit``, beside what the books take it for."""

    name: Literal["quantity", "price", "value", "amount", "fee", "tax"]
    column: str
    raw: str
    unit: str
    booked: Number | None
    booked_unit: str | None


class RowProblem(Answer):
    column: str
    sentence: str


class RowEntry(Answer):
    """What a row would book: units, and money in the base currency."""

    kind: str
    at: Moment
    listing_id: UUID | None
    symbol: str | None
    quantity: Number
    cash: Number
    book_cost: Number
    fee: Number
    tax: Number
    gain: Number


class ImportRow(Answer):
    """A row of the file. ``raw`` is all of it, as it stands there."""

    line: int
    status: Literal["proposed", "known", "agrees", "with", "left_out", "skipped", "asked", "problem"]
    sentence: str
    raw: dict[str, str]
    security: str | None
    figures: list[RowFigure]
    entry: RowEntry | None
    problems: list[RowProblem]


class ProposedListing(Answer):
    symbol: str
    exchange: str
    currency: str
    quote_unit: str
    isin: str | None


class ImportQuestion(Answer):
    """Which listing is it? Answered under the name in ``security``; ``register`` registers what is ``proposed``."""

    security: str
    lines: list[int]
    sentence: str
    candidates: list[UUID]
    proposed: ProposedListing | None


class ImportPreview(Answer):
    """What a file would book. ``ready`` says that nothing is open, ``proposed`` how many entries there would be."""

    id: UUID
    portfolio_id: UUID
    profile: str
    title: str
    form: Literal["positions", "transactions"]
    file_name: str
    sha256: str
    ready: bool
    proposed: int
    rows: list[ImportRow]
    questions: list[ImportQuestion]
    notes: list[str]


class AppliedImport(Answer):
    """What was booked; ``batch_id`` reverses all of it."""

    id: UUID
    batch_id: UUID
    entries: list[PostedEntry]


class Import(Answer):
    """A file that was imported; ``id`` is its batch's as well. ``rows`` and ``entries`` count.

    ``reversed`` says that nothing of it counts any more.
    """

    id: UUID
    profile: str
    title: str
    file_name: str
    sha256: str
    rows: int
    entries: int
    at: Moment
    by: str
    reversed: bool

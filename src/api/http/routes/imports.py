"""Import brokers' files: preview, apply; a whole import is taken back by a reversal of its batch."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field, model_validator

from api.http.answers import decimal, encode, moment, page_answer, renamed
from api.http.asked import After, Limit, OwnPortfolio, TheHouse, UpToDate, number_after
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.fields import Body, Label
from api.http.routes.ledger import posted_entry
from api.http.schemas import Page
from api.http.schemas.imports import AppliedImport, Import, ImportPreview
from api.http.statement_body import BODY, File, StatementRoute, a_file
from api.http.strict_request import StrictRoute
from application.imports.import_statements import Applied
from application.imports.listings import Given
from application.imports.weigh import Weighed
from domain.money import currency_of
from domain.numbers import shortest
from domain.statements.converting import booked, rate_for
from domain.statements.proposal import Proposal
from domain.statements.statement import Figure
from projections import imports as rows

takes_files = APIRouter(prefix="/portfolios", tags=["ledger"], route_class=StatementRoute)
router = APIRouter(prefix="/portfolios", tags=["ledger"], route_class=StrictRoute)

CREATED = 201
ROWS_MAX = 10_000

Name = Annotated[str, Field(min_length=1, max_length=1000, strict=True)]
Line = Annotated[int, Field(ge=1, le=10_000_000, strict=True)]


class SecurityAnswer(Body):
    """What is meant by a security of the file, one of three: a listing, the proposed one, or that it is left out."""

    security: Name
    listing_id: UUID | None = None
    register_it: Annotated[bool, Field(alias="register", strict=True)] = False
    skip: Annotated[bool, Field(strict=True)] = False

    @model_validator(mode="after")
    def _one_of_three(self) -> "SecurityAnswer":
        if [self.listing_id is not None, self.register_it, self.skip].count(True) != 1:
            raise ValueError("say one of listing_id, register and skip")
        return self


class AnswersIn(Body):
    """Answers to what the preview asks, and the lines of rows that are to be left out."""

    answers: Annotated[tuple[SecurityAnswer, ...], Field(max_length=ROWS_MAX)] = ()
    skip_lines: Annotated[tuple[Line, ...], Field(max_length=ROWS_MAX)] = ()


@takes_files.post(
    "/{portfolio_id}/imports",
    responses=answers(ImportPreview, CREATED),
    response_model=None,
    status_code=CREATED,
    openapi_extra={"requestBody": BODY},
)
def preview(
    house: TheHouse,
    command: ACommand,
    portfolio_id: OwnPortfolio,
    file: Annotated[File, Depends(a_file)],
    account: Annotated[Label | None, Query(description="Which of the accounts in the file")] = None,
) -> Response:
    """What a broker's file would book, row by row, with everything that is wrong or to be asked. Nothing is booked."""
    return command.run(
        lambda cause: house.import_statements.preview(cause, portfolio_id, file.name, file.content, account),
        _previewed,
        CREATED,
    )


@router.post(
    "/{portfolio_id}/imports/{import_id}/apply",
    responses=answers(AppliedImport, CREATED, s200=ImportPreview),
    response_model=None,
    status_code=CREATED,
)
def apply(
    house: TheHouse,
    command: ACommand,
    portfolio_id: OwnPortfolio,
    import_id: UUID,
    body: AnswersIn | None = None,
    dry_run: Annotated[
        bool, Query(description="Answer the preview with these answers, book nothing")
    ] = False,
) -> Response:
    """Book what a preview proposed, as one batch, once. 409 when the books have moved since the preview."""
    given, imports = _given(body or AnswersIn()), house.import_statements
    if dry_run:
        return command.run(lambda cause: imports.rehearse(cause, portfolio_id, import_id, given), _previewed)
    return command.run(lambda cause: imports.apply(cause, portfolio_id, import_id, given), _applied, CREATED)


@router.get(
    "/{portfolio_id}/imports",
    responses=answers(Page[Import]),
    response_model=None,
    dependencies=[UpToDate],
)
def page(house: TheHouse, portfolio_id: OwnPortfolio, after: After = None, limit: Limit = 100) -> Response:
    """The files that were imported, oldest first."""
    with house.pool.connection() as connection:
        found = rows.page(connection, portfolio_id, number_after(after), limit)
    names = ("profile", "title", "file_name", "sha256", "at", "reversed")
    items = [
        renamed(
            row,
            id="import_id",
            by="actor",
            rows="rows_read",
            entries="rows_booked",
            **{name: name for name in names},
        )
        for row in found
    ]
    return page_answer(items, str(found[-1]["event_number"]) if len(found) == limit else None)


def _given(body: AnswersIn) -> Given:
    return Given(
        listings={each.security: each.listing_id for each in body.answers if each.listing_id},
        register=frozenset(each.security for each in body.answers if each.register_it),
        skipped_securities=frozenset(each.security for each in body.answers if each.skip),
        skipped_lines=frozenset(body.skip_lines),
    )


def _applied(applied: Applied) -> bytes:
    entries = [posted_entry(event, at) for event, at in applied.entries]
    return encode({"id": applied.import_id, "batch_id": applied.import_id, "entries": entries})


def _previewed(weighed: Weighed) -> bytes:
    preview = weighed.preview
    return encode(
        {
            "id": preview.import_id,
            "portfolio_id": preview.portfolio_id,
            "profile": preview.statement.profile,
            "title": preview.statement.title,
            "form": preview.statement.form,
            "file_name": preview.file_name,
            "sha256": preview.sha256,
            "ready": not weighed.open,
            "proposed": len(weighed.entries),
            "rows": [_row(each, weighed) for each in weighed.proposals],
            "questions": [each.model_dump() for each in weighed.questions],
            "notes": weighed.notes,
        }
    )


def _row(proposal: Proposal, weighed: Weighed) -> dict[str, Any]:
    row = proposal.row
    return {
        "line": row.line,
        "status": proposal.status,
        "sentence": proposal.sentence,
        "raw": row.raw,
        "security": row.security.called if row.security else None,
        "figures": [_figure(each, proposal, weighed.currency) for each in row.figures],
        "entry": _entry(weighed, row.line),
        "problems": [each.model_dump() for each in proposal.problems],
    }


def _figure(figure: Figure, proposal: Proposal, currency: str) -> dict[str, Any]:
    """The raw number beside the booked one: a price in pence beside its pounds, a dollar beside its pounds."""
    shown = {"name": figure.name, "column": figure.column, "raw": figure.raw, "unit": figure.unit}
    if figure.name == "quantity":
        return shown | {"booked": shortest(figure.value), "booked_unit": figure.unit}
    if figure.name == "price":
        in_currency = figure.in_currency()
        return shown | {"booked": shortest(in_currency), "booked_unit": currency_of(figure.unit)}
    rate = rate_for(figure, proposal.row, currency)
    if rate is None:
        return shown | {"booked": None, "booked_unit": None}
    return shown | {"booked": decimal(booked(figure, rate, currency)), "booked_unit": currency}


def _entry(weighed: Weighed, line: int) -> dict[str, Any] | None:
    if line not in weighed.entries:
        return None
    event, at = weighed.entries[line]
    names = ("quantity", "cash", "book_cost", "fee", "tax", "gain")
    return {
        "kind": event.kind,
        "at": moment(at),
        "listing_id": event.listing_id,
        "symbol": event.symbol,
        **{name: decimal(getattr(event.effect, name)) for name in names},
    }

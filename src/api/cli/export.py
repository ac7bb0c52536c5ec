"""``ballast export``: the log, the books and prices as files, or a portfolio's books as a ledger of beancount."""

import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final, Literal
from uuid import UUID

import typer

from api.cli.export_files import destination_and_folder, export_files
from api.cli.opening import opened
from api.cli.options import APortfolio, Data, Json
from api.cli.own_portfolio import own_portfolio
from api.http.fields import parse_moment
from api.logs import configure
from domain.exports.wanted import ExportWanted, Form, What
from domain.refusals import Invalid, NotFound
from projections.beancount import account_book, beancount_text

BEANCOUNT: Final = "beancount"

Format = Literal["beancount", Form]
"""How it can be written."""

WITHOUT_KIND = (
    "{} goes with --kind. Without it a portfolio's whole books are written as beancount, to --output or to standard"
    " output."
)
WITH_KIND = "{} is where beancount goes, which takes no --kind. Say with --to where the files go."

Moment = Annotated[
    datetime | None,
    typer.Option(parser=parse_moment, metavar="TIME", help="RFC 3339, such as 2026-01-01T00:00:00Z."),
]


def export(
    kind: Annotated[What | None, typer.Option(help="What to export; beancount takes none.")] = None,
    form: Annotated[
        Format | None, typer.Option("--format", help="How; parquet, and beancount where there is no --kind.")
    ] = None,
    portfolio: APortfolio = None,
    since: Moment = None,
    until: Moment = None,
    year: Annotated[int | None, typer.Option(min=1970, max=2198, help="A year of UTC.")] = None,
    to: Annotated[
        str | None,
        typer.Option(metavar="FOLDER", help="A new folder for the files; or file:…, or s3://bucket/prefix."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option(help="The file of beancount to write; without it, to standard output.")
    ] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Export all that you see, or one portfolio of it, exactly and as it stands now, with a manifest beside."""
    if kind is None:
        if form not in (None, BEANCOUNT):
            raise Invalid("kind", "Say what to export: --kind events, ledger, orders, prices or statement.")
        _refuse_given(
            WITHOUT_KIND, {"--since": since, "--until": until, "--year": year, "--to": to, "--json": as_json}
        )
        _beancount(portfolio, output, data)
        return
    if form == BEANCOUNT:
        raise Invalid("format", "Beancount is a portfolio's whole books: leave --kind out.")
    _refuse_given(WITH_KIND, {"--output": output})
    _files(kind, form or "parquet", portfolio, _range(since, until, year), to, data, as_json=as_json)


def _refuse_given(why: str, options: Mapping[str, object]) -> None:
    """Nothing is left aside in silence: who names a span or a place has to get it. Raises Invalid."""
    given = [name for name, value in options.items() if value is not None and value is not False]
    if given:
        raise Invalid(given[0].removeprefix("--"), why.format(", ".join(given)))


def _range(
    since: datetime | None, until: datetime | None, year: int | None
) -> tuple[datetime | None, datetime | None]:
    if year is None:
        return since, until
    if since is not None or until is not None:
        raise Invalid("year", "A year stands instead of --since and --until.")
    return datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)


def _files(
    what: What,
    form: Form,
    portfolio: UUID | None,
    span: tuple[datetime | None, datetime | None],
    to: str | None,
    data: Path | None,
    *,
    as_json: bool,
) -> None:
    configure("WARNING")
    destination, folder = destination_and_folder(to)
    wanted = ExportWanted(what=what, form=form, since=span[0], until=span[1], destination=destination)
    with opened(data, "ballast export") as (house, _):
        portfolio_id = None if portfolio is None else own_portfolio(house, portfolio)
        row = export_files(house, wanted, portfolio_id, folder)
    if as_json:
        told = ("id", "status", "summary", "place", "folder", "files", "up_to", "chain_head")
        print(json.dumps({name: row[name] for name in told}, default=str))
        return
    print(row["summary"])
    for each in row["files"]:
        print(f"{each['sha256']}  {each['name']}")
    if row["folder"]:
        print(f"The files are in {row['folder']}.")


def _beancount(portfolio: UUID | None, output: Path | None, data: Path | None) -> None:
    """Write a portfolio's journal, prices and balances; `bean-check` accepts it and verifies each balance."""
    with opened(data, "ballast export --format beancount") as (house, _):
        portfolio_id: UUID = own_portfolio(house, portfolio)
        with house.pool.connection() as connection:
            book = account_book(connection, portfolio_id, house.fx_rates.latest())
    if book is None:
        raise NotFound("portfolio", portfolio_id)
    text = beancount_text(book)
    if output is None:
        sys.stdout.write(text)
    else:
        output.write_text(text, encoding="utf-8")
        print(f"{output}: {len(book.entries)} entries of {book.title}.", file=sys.stderr)

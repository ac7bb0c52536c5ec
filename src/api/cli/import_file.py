"""``ballast import``: look at what a broker's file would book, and book it."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from adapters.statements.content import FILE_BYTES_MAX
from api.cli.opening import opened
from api.cli.options import APortfolio, Data
from api.cli.own_portfolio import own_portfolio
from api.wiring import House
from application.imports.listings import Given
from application.imports.weigh import Weighed
from application.ledger import Cause
from domain.access.person import LOCAL
from domain.policy.exchanges import market_identifier
from domain.refusals import Invalid

OPEN = 1
"""The exit code where something has to be seen to before anything is booked."""

SKIP, REGISTER = "skip", "register"


def import_file(
    file: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="As the broker lets you download it.")
    ],
    portfolio: APortfolio = None,
    account: Annotated[str | None, typer.Option(help="Which of the accounts in the file.")] = None,
    answer: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SECURITY=SYMBOL:EXCHANGE",
            help="What a security of the file is; or SECURITY=register, or SECURITY=skip. May come again.",
        ),
    ] = None,
    skip_line: Annotated[list[int] | None, typer.Option(help="A row to leave out. May come again.")] = None,
    book: Annotated[bool, typer.Option("--apply", help="Book it, where nothing is open.")] = False,
    data: Data = None,
) -> None:
    """Show what a broker's file would book, row by row; with --apply, book it. All of it is reversed by its id."""
    if file.stat().st_size > FILE_BYTES_MAX:
        raise Invalid("file", f"The file is larger than {FILE_BYTES_MAX:,} bytes.")
    console = Console(highlight=False, markup=False, soft_wrap=True)
    with opened(data, "ballast import") as (house, _):
        house.restored.require()
        portfolio_id = own_portfolio(house, portfolio)
        imports = house.import_statements
        cause = Cause(actor=LOCAL, correlation_id=house.ledger.new_id())
        seen = imports.preview(cause, portfolio_id, file.name, file.read_bytes(), account).answer
        given = _given(house, answer or (), skip_line or ())
        weighed = imports.rehearse(cause, portfolio_id, seen.preview.import_id, given).answer
        _show(console, weighed)
        if weighed.open:
            raise typer.Exit(OPEN)
        if not book:
            console.print(f"{len(weighed.entries)} entries; --apply books them.")
            return
        applied = imports.apply(cause, portfolio_id, seen.preview.import_id, given).answer
    console.print(f"Booked {len(applied.entries)} entries as batch {applied.import_id}.")


def _given(house: House, said: "list[str] | tuple[()]", lines: "list[int] | tuple[()]") -> Given:
    answers = dict(_split(each) for each in said)
    listings = {
        security: house.directory.listing_called(*_listing(meant))
        for security, meant in answers.items()
        if meant not in (SKIP, REGISTER)
    }
    unknown = next((security for security, listing_id in listings.items() if listing_id is None), None)
    if unknown is not None:
        raise Invalid("answer", f"There is no listing {answers[unknown]}.")
    return Given(
        listings={security: each for security, each in listings.items() if each is not None},
        register=frozenset(security for security, meant in answers.items() if meant == REGISTER),
        skipped_securities=frozenset(security for security, meant in answers.items() if meant == SKIP),
        skipped_lines=frozenset(lines),
    )


def _split(said: str) -> tuple[str, str]:
    security, separator, meant = said.rpartition("=")
    if not separator:
        raise Invalid(
            "answer", f"{said}: an answer is SECURITY=SYMBOL:EXCHANGE, SECURITY=register or SECURITY=skip."
        )
    return security, meant


def _listing(meant: str) -> tuple[str, str]:
    symbol, _, exchange = meant.partition(":")
    return symbol, market_identifier(exchange) or exchange


def _show(console: Console, weighed: Weighed) -> None:
    statement = weighed.preview.statement
    table = Table("line", "", "what becomes of it", title=f"{statement.title}: {weighed.preview.file_name}")
    for each in weighed.proposals:
        table.add_row(str(each.row.line), each.status, each.sentence)
    console.print(table)
    for question in weighed.questions:
        console.print(f"? {question.sentence} Say --answer '{question.security}=SYMBOL:EXCHANGE'.")
    for note in weighed.notes:
        console.print(f"! {note}")

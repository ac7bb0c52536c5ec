"""``ballast export``: a portfolio's books in a form that other programs read."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from api.cli.opening import opened
from api.cli.options import APortfolio, Data
from api.cli.own_portfolio import own_portfolio
from domain.refusals import NotFound
from projections.beancount import account_book, beancount_text


class Format(StrEnum):
    """What can be written."""

    BEANCOUNT = "beancount"


def export(
    form: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.BEANCOUNT,
    portfolio: APortfolio = None,
    output: Annotated[
        Path | None, typer.Option(help="The file to write; without it, to standard output.")
    ] = None,
    data: Data = None,
) -> None:
    """Write a portfolio's journal, prices and balances; `bean-check` accepts it and verifies each balance."""
    with opened(data, f"ballast export --format {form.value}") as (house, _):
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

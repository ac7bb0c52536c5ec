"""``ballast dead-letters``: jobs that were given up, to be tried again or let be."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from api.cli.failure import Failure
from api.cli.opening import opened
from api.cli.options import Data, Json
from api.logs import configure
from api.wiring import House
from application.ports.dead_letters import DeadLetter
from domain.access.person import LOCAL

REFUSED = 2
ALL = "all"

Which = Annotated[str, typer.Argument(help="A letter's id, or all.")]

dead_letters = typer.Typer(help="Show jobs that were given up; have them tried again, or let them be.")


@dead_letters.callback(invoke_without_command=True)
def listed(context: typer.Context, data: Data = None, as_json: Json = False) -> None:
    """Show what waits, with the ids it was about."""
    if context.invoked_subcommand is not None:
        return
    configure("WARNING")
    with opened(data, "dead letters") as (house, _):
        letters = house.dead_letters.waiting()
    if as_json:
        print(json.dumps([letter._asdict() for letter in letters], default=_text))
        return
    if not letters:
        print("No job waits.")
        return
    table = Table("id", "job", "about", "error", "failures", "last")
    for letter in letters:
        last = f"{letter.last_failed_at:%Y-%m-%d %H:%M:%S}"
        about = json.dumps(letter.arguments)
        table.add_row(str(letter.id), letter.job, about, letter.error, str(letter.failures), last)
    Console().print(table)


@dead_letters.command("retry")
def retry(which: Which, data: Data = None) -> None:
    """Ask for one of them once more, or for all; what fails again comes back."""
    _settle(which, data, "will be tried again", lambda house: house.settle_dead_letters.retry)


@dead_letters.command("dismiss")
def dismiss(which: Which, data: Data = None) -> None:
    """Let one of them be, or all."""
    _settle(which, data, "is dismissed", lambda house: house.settle_dead_letters.dismiss)


def _settle(
    which: str, data: Data, done: str, how: Callable[[House], Callable[[UUID, str], DeadLetter]]
) -> None:
    configure("WARNING")
    with opened(data, "dead letters") as (house, _):
        house.restored.require()
        for letter_id in _ids(house, which):
            letter = how(house)(letter_id, LOCAL)
            print(f"{letter.job} {letter.id} {done}.")


def _ids(house: House, which: str) -> Sequence[UUID]:
    if which == ALL:
        return [letter.id for letter in house.dead_letters.waiting()]
    try:
        return [UUID(which)]
    except ValueError:
        raise Failure(f"{which} is no letter's id; ballast dead-letters lists them.", REFUSED) from None


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)

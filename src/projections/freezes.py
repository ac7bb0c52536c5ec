"""Since when each portfolio was frozen, and since when it was not: for any place in the log, also an old one."""

from collections.abc import Iterable
from typing import LiteralString, NamedTuple
from uuid import UUID

from domain.events import Recorded
from domain.portfolio.events import PortfolioFrozen, PortfolioUnfrozen
from domain.streams import State
from projections.read_model import ReadModel, RowOf, Table


class FreezeRow(NamedTuple):
    event_number: int
    portfolio_id: UUID
    frozen: bool


FREEZES = Table(
    name="freezes",
    columns={
        "event_number": "bigint",
        "portfolio_id": "uuid not null",
        "frozen": "boolean not null",
    },
    key=("event_number",),
    mode="append",
    indexes=("(portfolio_id, event_number)",),
)


def rows(recorded: Recorded, _: State | None) -> Iterable[RowOf]:
    """A row whenever a portfolio is frozen or let go."""
    event = recorded.event
    if isinstance(event, PortfolioFrozen | PortfolioUnfrozen):
        yield FREEZES, FreezeRow(recorded.number, event.portfolio_id, isinstance(event, PortfolioFrozen))


READ_MODEL = ReadModel("freezes", "inline", (FREEZES,), (PortfolioFrozen, PortfolioUnfrozen), rows)


def was_frozen(portfolio: LiteralString, number: LiteralString) -> LiteralString:
    """SQL that says whether a portfolio was frozen when an event came: by what stands before it in the log alone."""
    return (
        f"coalesce((select f.frozen from freezes f where f.portfolio_id = {portfolio}"
        f" and f.event_number < {number} order by f.event_number desc limit 1), false)"
    )

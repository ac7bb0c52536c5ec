"""AJ Bell's list of positions: pence and pounds side by side, dates like 10-Mar-26, one row of cash."""

from zoneinfo import ZoneInfo

from adapters.statements.cells import UNITS, UNREADABLE, Cells, note
from adapters.statements.profile import Profile, row
from domain.policy.exchanges import market_identifier
from domain.statements.statement import Row, Security

LONDON = ZoneInfo("Europe/London")
POUNDS = "GBP"
WHEN = ("%d-%m-%Y %H:%M", "%d-%m-%Y %H:%M:%S", "%d/%m/%Y %H:%M")


def _position(cells: Cells) -> Row:
    """A holding, its cost in pounds; a row without a ticker is cash."""
    if cells.currency("Valuation currency") not in (POUNDS, UNREADABLE):
        cells.report("Valuation currency", "The columns in £ are in pounds, and this says otherwise.")
    where = {
        "at": cells.moment(("Date", "Time"), WHEN, LONDON),
        "account": cells.text("Portfolio") or None,
        "note": note(cells.text("Investment")),
    }
    if not cells.text("Ticker"):
        if not cells.text("Investment").lower().startswith("cash"):
            cells.report("Ticker", "A holding has to have a ticker.")
        if cells.text("Market currency") not in ("", POUNDS):
            cells.report(
                "Market currency", "Cash in another currency than pounds cannot be kept in the books."
            )
        return row(cells, **where, figures=cells.figure("amount", "Value (£)", POUNDS))
    unit = cells.unit("Market currency")
    figures = (
        *cells.figure("quantity", "Quantity", UNITS),
        *cells.figure("price", "Price", unit),
        *cells.figure("value", "Value (£)", POUNDS),
        *cells.figure("amount", "Cost (£)", POUNDS),
    )
    return row(cells, **where, security=_security(cells, unit), figures=figures)


def _security(cells: Cells, unit: str) -> Security:
    exchange, _, symbol = cells.text("Ticker").rpartition(":")
    known = market_identifier(exchange) if exchange else None
    if exchange and known is None:
        cells.report("Ticker", f"{exchange} is no exchange that is known.")
    return Security(symbol=symbol, exchange=known, title=cells.text("Investment"), unit=unit)


AJ_BELL_POSITIONS = Profile(
    name="aj_bell_positions",
    title="AJ Bell, positions",
    form="positions",
    columns=frozenset(
        {"Investment", "Quantity", "Price", "Value (£)", "Cost (£)", "Valuation currency", "Market currency"}
        | {"Date", "Time", "Ticker"}
    ),
    read=_position,
)

"""Hargreaves Lansdown's capital account: a few lines about the client, then transactions without any identifier.

Prices are in pence, values in pounds and negative for what was paid. The reference of a trade is B or S with digits;
others, such as MANAGE FEE, are words that come again every month and identify nothing.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from zoneinfo import ZoneInfo

from adapters.statements.cells import UNITS, Cells, note
from adapters.statements.profile import Profile, row
from domain.money import ZERO, notional
from domain.numbers import exactly, shortest
from domain.portfolio.events import PostedKind
from domain.statements.statement import Figure, Row, Security

LONDON = ZoneInfo("Europe/London")
WHEN = ("%d/%m/%Y",)
POUNDS, PENCE = "GBP", "GBX"
PENNY = Decimal("0.01")
TRADE = re.compile(r"([BS])[0-9]+", re.ASCII)

CASH_IN = ("CARD WEB", "FPC", "REG SAVER", "DIRECT DEBIT", "CHEQUE", "TAX RELIEF", "BACS", "LOYALTY")
CASH_OUT = ("FPD", "WITHDRAWAL")
WORDS: Mapping[str, PostedKind] = {
    "MANAGE FEE": "fee",
    "INTEREST": "interest",
    **dict.fromkeys(CASH_IN, "contribution"),
    **dict.fromkeys(CASH_OUT, "withdrawal"),
}
BY_SIGN = ("TRANSFER", "CASH TRANSFER")
INCOMING = frozenset({"contribution", "interest", "sell"})


@exactly
def _transaction(cells: Cells) -> Row:
    reference = cells.text("Reference")
    trade = TRADE.fullmatch(reference)
    value = cells.number("Value (£)")
    kind = _kind(cells, reference, trade, value)
    says: dict[str, object] = {
        "kind": kind,
        "at": cells.moment(("Trade date",), WHEN, LONDON),
        "note": note(cells.text("Description")),
    }
    if trade is None or kind is None:
        return row(cells, **says, figures=cells.figure("amount", "Value (£)", POUNDS, size=True))
    title = cells.text("Description")
    figures = (
        *cells.figure("quantity", "Quantity", UNITS, size=True),
        *cells.figure("price", "Unit cost (p)", PENCE),
        *(_amounts(cells, kind, abs(value)) if value is not None else ()),
    )
    security = Security(title=title or None, unit=PENCE)
    return row(cells, **says, reference=reference, security=security, figures=figures)


def _kind(
    cells: Cells, reference: str, trade: "re.Match[str] | None", value: Decimal | None
) -> PostedKind | None:
    if trade is not None:
        kind: PostedKind | None = "buy" if trade[1] == "B" else "sell"
    elif reference.upper() in BY_SIGN:
        kind = "contribution" if (value or ZERO) > 0 else "withdrawal"
    else:
        kind = WORDS.get(reference.upper())
    if kind is None:
        told = f"{reference or 'Nothing'} is no reference that is known here"
        cells.report("Reference", f"{told}: post the row by hand, and leave it out.")
    elif value is not None and (value > 0) is not (kind in INCOMING):
        cells.report("Value (£)", f"A {kind} with the value {shortest(value)} has the wrong sign.")
    return kind


def _amounts(cells: Cells, kind: PostedKind, paid: Decimal) -> tuple[Figure, ...]:
    """What the units came to, and the charges: the difference between that and what was paid or received."""
    quantity, price = cells.number("Quantity"), cells.number("Unit cost (p)")
    if quantity is None or price is None:
        return ()
    worth = notional(abs(quantity), price, PENNY, POUNDS)
    fee = paid - worth if kind == "buy" else worth - paid
    if fee < 0 or fee > _fee_max(worth):
        worth, fee = paid, ZERO
    raw = cells.text("Value (£)")
    figures = tuple(
        Figure(name=name, column="Value (£)", raw=raw, unit=POUNDS, value=worth)
        for name in ("amount", "value")
    )
    charges = Figure(name="fee", column="Value (£)", raw=raw, unit=POUNDS, value=fee)
    return (*figures, charges) if fee else figures


def _fee_max(worth: Decimal) -> Decimal:
    """A dealing charge with stamp duty and levies; more is no charge but a price in another unit."""
    return Decimal(30) + worth * Decimal("0.02")


HARGREAVES_LANSDOWN = Profile(
    name="hargreaves_lansdown",
    title="Hargreaves Lansdown, capital account",
    form="transactions",
    columns=frozenset({"Trade date", "Reference", "Description", "Unit cost (p)", "Quantity", "Value (£)"}),
    read=_transaction,
    references_are_unique=True,
)

"""Trading 212's history: each row an action with its own currency columns, times in UTC, an id by which it is known.

Older files have the account's currency in the column's name, ``Total (GBP)``, newer ones in a column beside it.
"""

from collections.abc import Mapping
from decimal import Decimal
from zoneinfo import ZoneInfo

from adapters.statements.cells import UNITS, Cells, note
from adapters.statements.profile import Profile, row
from domain.money import ZERO
from domain.numbers import exactly, shortest
from domain.portfolio.events import PostedKind
from domain.statements.statement import Figure, Row, Security

GREENWICH = ZoneInfo("UTC")
WHEN = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M")

KINDS: Mapping[str, PostedKind] = {
    "market buy": "buy",
    "limit buy": "buy",
    "stop buy": "buy",
    "stop limit buy": "buy",
    "market sell": "sell",
    "limit sell": "sell",
    "stop sell": "sell",
    "stop limit sell": "sell",
    "deposit": "contribution",
    "withdrawal": "withdrawal",
    "interest on cash": "interest",
    "lending interest": "interest",
}
CHARGES = (
    "Stamp duty",
    "Stamp duty reserve tax",
    "Currency conversion fee",
    "Transaction fee",
    "Finra fee",
    "French transaction tax",
    "PTM levy",
    "Ptm levy",
)
OF_TRADES = frozenset({"buy", "sell"})
BRINGS = frozenset({"sell", "dividend", "interest", "contribution"})


@exactly
def _action(cells: Cells) -> Row:
    action = cells.text("Action").lower()
    kind: PostedKind | None = "dividend" if action.startswith("dividend") else KINDS.get(action)
    if kind is None:
        told = f"{cells.text('Action') or 'Nothing'} is no action that is known here"
        cells.report("Action", f"{told}: post it by hand, and leave this row out.")
    currency, column = _account_currency(cells)
    total = cells.number(column)
    fee, told = ZERO, cells.text("Notes") or cells.text("Name")
    figures: list[Figure] = []
    if kind in OF_TRADES:
        figures += cells.figure("quantity", "No. of shares", UNITS)
        figures += cells.figure("price", "Price / share", cells.unit("Currency (Price / share)"))
        fee = _charges(cells, currency)
    if total is not None:
        if total < 0 and kind in BRINGS:
            cells.report(column, f"A {kind} below zero takes one back: reverse that, and leave this row out.")
        gross = abs(total) - fee if kind == "buy" else abs(total) + fee
        figures += _money(cells, currency, column, gross, fee)
    if kind == "dividend":
        told = _with_tax(cells, told)
    return row(
        cells,
        kind=kind,
        at=cells.moment(("Time",), WHEN, GREENWICH),
        security=_security(cells) if kind in OF_TRADES or kind == "dividend" else None,
        figures=tuple(figures),
        reference=cells.text("ID") or None,
        note=note(told),
    )


def _money(cells: Cells, currency: str, column: str, gross: Decimal, fee: Decimal) -> list[Figure]:
    raw = cells.text(column)
    amount = Figure(name="amount", column=column, raw=raw, unit=currency, value=gross)
    price_is_in_it = cells.text("Currency (Price / share)").upper() in (currency, f"{currency[:2]}X")
    value = [amount.model_copy(update={"name": "value"})] if price_is_in_it else []
    if not fee:
        return [amount, *value]
    charged = [name for name in CHARGES if cells.text(name) or _older(cells, name)]
    told = ", ".join(charged)
    return [amount, *value, Figure(name="fee", column=told, raw=shortest(fee), unit=currency, value=fee)]


def _account_currency(cells: Cells) -> tuple[str, str]:
    """The account's currency, and the column of the total in it."""
    if "Total" in cells.raw:
        return cells.currency("Currency (Total)"), "Total"
    older = next((name for name in cells.raw if name.startswith("Total (")), "Total")
    return older.removeprefix("Total (").removesuffix(")"), older


def _charges(cells: Cells, currency: str) -> Decimal:
    """Everything that was charged; a charge in another currency than the total's cannot be told apart from it."""
    charged = ZERO
    for name in CHARGES:
        column = _older(cells, name) or name
        amount = cells.number(column, needed=False)
        if not amount:
            continue
        theirs = cells.text(f"Currency ({name})") or column.rpartition("(")[2].removesuffix(")")
        if theirs == currency:
            charged += abs(amount)
        else:
            cells.report(column, f"The charge is in {theirs}, the total in {currency}.")
    return charged


def _older(cells: Cells, name: str) -> str | None:
    return next((column for column in cells.raw if column.startswith(f"{name} (")), None)


def _with_tax(cells: Cells, told: str) -> str:
    """What was withheld is in the currency of the dividend, without a rate: it is told, and the net is booked."""
    tax = cells.number("Withholding tax", needed=False)
    return f"{told}, after {shortest(tax)} {cells.text('Currency (Withholding tax)')} of tax" if tax else told


def _security(cells: Cells) -> Security:
    return Security(
        symbol=cells.text("Ticker") or None,
        isin=cells.isin("ISIN"),
        title=cells.text("Name") or None,
        unit=cells.text("Currency (Price / share)") or None,
    )


TRADING_212 = Profile(
    name="trading_212",
    title="Trading 212, history",
    form="transactions",
    columns=frozenset({"Action", "Time", "ISIN", "Ticker", "No. of shares", "Price / share"})
    | {"Currency (Price / share)"},
    read=_action,
    references_are_unique=True,
)

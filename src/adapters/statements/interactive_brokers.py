"""Interactive Brokers' Flex queries (XML): trades and cash transactions, or open positions where it has none of those.

Amounts are in the row's currency, ``fxRateToBase`` is what one of it is in the account's. Times are New York's, as
the broker keeps them. What is told twice, in detail and in sum, counts in detail.
"""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from adapters.statements.cells import UNITS, Cells, note
from adapters.statements.profile import row
from domain.money import ZERO
from domain.numbers import exactly, plain
from domain.portfolio.events import PostedKind
from domain.statements.statement import Figure, Row, Security

NEW_YORK = ZoneInfo("America/New_York")
WHEN = (
    "%Y%m%d;%H%M%S",
    "%Y%m%d %H%M%S",
    "%Y-%m-%d;%H:%M:%S",
    "%Y-%m-%d, %H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%Y%m%d",
    "%Y-%m-%d",
)
SUMS = frozenset({"SUMMARY", "ORDER", "SYMBOL_SUMMARY", "ASSET_SUMMARY", "CLOSED_LOT", "WASH_SALE", "LOT"})
SUMMED = "A sum of other rows, which count one by one."
SECURITIES = frozenset({"", "STK", "FUND", "ETF"})

EXCHANGES: Mapping[str, str] = {
    "NYSE": "XNYS",
    "NASDAQ": "XNAS",
    "AMEX": "XASE",
    "ARCA": "ARCX",
    "BATS": "BATS",
    "LSE": "XLON",
    "LSEETF": "XLON",
    "IBIS": "XETR",
    "IBIS2": "XETR",
    "AEB": "XAMS",
    "SBF": "XPAR",
    "EBS": "XSWX",
    "BVME": "XMIL",
    "BVME.ETF": "XMIL",
    "TSE": "XTSE",
    "TSEJ": "XTKS",
    "SEHK": "XHKG",
    "ASX": "XASX",
}
"""What the broker calls exchanges; of others the ISIN has to tell the listing."""

CASH: Mapping[str, tuple[PostedKind, PostedKind | None]] = {
    "Dividends": ("dividend", None),
    "Payment In Lieu Of Dividends": ("dividend", None),
    "Broker Interest Received": ("interest", "fee"),
    "Broker Interest Paid": ("interest", "fee"),
    "Bond Interest Received": ("interest", None),
    "Other Fees": ("adjustment", "fee"),
    "Advisor Fees": ("adjustment", "fee"),
    "Commission Adjustments": ("adjustment", "fee"),
    "Deposits/Withdrawals": ("contribution", "withdrawal"),
    "Deposits & Withdrawals": ("contribution", "withdrawal"),
    "Deposits": ("contribution", "withdrawal"),
    "Withdrawals": ("contribution", "withdrawal"),
}
"""What came in, and what went out, by the type of a cash transaction."""


@exactly
def trade(cells: Cells) -> Row:
    """An execution; its reference is the execution's id without the revision after its last dot."""
    if cells.text("levelOfDetail").upper() in SUMS:
        return row(cells, left_out=SUMMED)
    if cells.text("assetCategory") == "CASH":
        return row(cells, left_out="Currencies were exchanged; the books keep cash in one.")
    _require_security(cells)
    quantity, currency = cells.number("quantity"), cells.currency("currency")
    kind: PostedKind = "sell" if quantity is not None and quantity < 0 else "buy"
    side = cells.text("buySell").upper()
    if side and side.partition(" ")[0] != kind.upper():
        cells.report("buySell", f"{side} does not fit a quantity of {cells.text('quantity')}.")
    charges = [cells.number(name, needed=False) for name in ("ibCommission", "taxes")]
    if any(charges) and cells.text("ibCommissionCurrency") not in ("", currency):
        cells.report("ibCommissionCurrency", f"The commission is not in {currency}, as the trade is.")
    charged = -sum((each for each in charges if each), ZERO)
    fee = Figure(name="fee", column="ibCommission", raw=plain(charged), unit=currency, value=charged)
    if charged < 0:
        cells.report("ibCommission", "A commission that was paid back is posted by hand.")
    execution = cells.text("ibExecID").rpartition(".")[0] or cells.text("ibExecID")
    return row(
        cells,
        kind=kind,
        at=cells.moment(("dateTime" if cells.text("dateTime") else "tradeDate",), WHEN, NEW_YORK),
        security=_security(cells),
        figures=(
            *cells.figure("quantity", "quantity", UNITS, size=True),
            *cells.figure("price", "tradePrice", currency),
            *cells.figure("amount", "proceeds", currency, size=True),
            *cells.figure("value", "proceeds", currency, size=True),
            *((fee,) if charged else ()),
        ),
        rate=cells.number("fxRateToBase", needed=False),
        account=cells.text("accountId") or None,
        reference=execution or cells.text("tradeID") or cells.text("transactionID") or None,
        note=note(cells.text("description")),
    )


def cash_transaction(cells: Cells) -> Row:
    """Money that came or went; tax withheld of a dividend is found by ``flex``."""
    if cells.text("levelOfDetail").upper() in SUMS:
        return row(cells, left_out=SUMMED)
    amount, currency = cells.number("amount"), cells.currency("currency")
    kind = _kind(cells, below_zero=amount is not None and amount < 0)
    return row(
        cells,
        kind=kind,
        at=cells.moment(("dateTime" if cells.text("dateTime") else "reportDate",), WHEN, NEW_YORK),
        security=_security(cells) if kind == "dividend" else None,
        figures=cells.figure("amount", "amount", currency, size=kind != "adjustment"),
        rate=cells.number("fxRateToBase", needed=False),
        account=cells.text("accountId") or None,
        reference=cells.text("transactionID") or None,
        note=note(cells.text("description")),
    )


def open_position(cells: Cells) -> Row:
    """A holding with what it has cost."""
    if cells.text("levelOfDetail").upper() in SUMS - {"SUMMARY"}:
        return row(cells, left_out=SUMMED)
    _require_security(cells)
    currency = cells.currency("currency")
    return row(
        cells,
        at=cells.moment(("reportDate",), WHEN, NEW_YORK),
        security=_security(cells),
        figures=(
            *cells.figure("quantity", "position", UNITS),
            *cells.figure("price", "markPrice", currency, needed=False),
            *cells.figure("value", "positionValue", currency, needed=False),
            *cells.figure("amount", "costBasisMoney", currency),
        ),
        rate=cells.number("fxRateToBase", needed=False),
        account=cells.text("accountId") or None,
        note=note(cells.text("description")),
    )


def _kind(cells: Cells, *, below_zero: bool) -> PostedKind | None:
    kinds = CASH.get(cells.text("type"))
    if kinds is None:
        told = f"{cells.text('type') or 'Nothing'} is no type that is known here"
        cells.report("type", f"{told}: post the row by hand, and leave it out.")
        return None
    kind = kinds[1] if below_zero else kinds[0]
    if kind is None:
        cells.report(
            "amount", "Something was taken back: reverse what it belongs to, and leave this row out."
        )
    return kind


def _require_security(cells: Cells) -> None:
    if cells.text("assetCategory") not in SECURITIES:
        cells.report(
            "assetCategory", f"{cells.text('assetCategory')}: only shares and funds are booked here."
        )


def _security(cells: Cells) -> Security:
    return Security(
        symbol=cells.text("symbol") or None,
        exchange=EXCHANGES.get(cells.text("listingExchange")),
        isin=cells.isin("isin"),
        title=cells.text("description") or None,
        unit=cells.text("currency") or None,
    )

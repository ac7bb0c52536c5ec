"""Names that beancount takes, for what has names of its own: accounts, and commodities for listings."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from uuid import UUID

from domain.journal import (
    COMMISSION,
    CONTRIBUTIONS,
    DIVIDEND_INCOME,
    HOLDING,
    INTEREST_INCOME,
    PORTFOLIO_CASH,
    REALISED_GAIN,
    RECEIVABLE,
    WITHHOLDING_TAX,
)
from projections.beancount.account_book import AccountBook, Listed

COMMODITY = re.compile(r"[A-Z][A-Z0-9'._-]{0,22}[A-Z0-9]", re.ASCII)
CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
OUTSIDE = re.compile(r"[^A-Za-z0-9]+", re.ASCII)
OUTSIDE_COMMODITIES = re.compile(r"[^A-Z0-9'._-]+", re.ASCII)

ROOTS: Mapping[str, tuple[str, str]] = {
    PORTFOLIO_CASH: ("Assets", "Cash"),
    RECEIVABLE: ("Assets", "Receivable"),
    HOLDING: ("Assets", "Holdings"),
    COMMISSION: ("Expenses", "Commission"),
    WITHHOLDING_TAX: ("Expenses", "Withholding-Tax"),
    DIVIDEND_INCOME: ("Income", "Dividends"),
    INTEREST_INCOME: ("Income", "Interest"),
    REALISED_GAIN: ("Income", "Realised-Gain"),
    CONTRIBUTIONS: ("Equity", "Contributions"),
}
POSITION_CASH = "cash:position:"


class Names:
    """The names in one ledger."""

    def __init__(self, book: AccountBook) -> None:
        self._portfolio = component(book.title, "Portfolio")
        self._commodities = _commodities(book.listings.values())

    def account(self, account: str, listing_id: UUID | None = None) -> str:
        """An account of the journal: ``Assets:Pension:Cash``, ``Assets:Pension:Holdings:VWRP``.

        None lies beneath another that has a balance: beancount would count it as a part of that.
        """
        if account.startswith(POSITION_CASH):
            return f"Assets:{self._portfolio}:Positions:{account.removeprefix(POSITION_CASH)}"
        root, name = ROOTS.get(account, ("Equity", component(account, "Other")))
        under = f":{component(self.commodity(listing_id), 'Listing')}" if listing_id else ""
        return f"{root}:{self._portfolio}:{name}{under}"

    def commodity(self, listing_id: UUID) -> str:
        """A listing's commodity."""
        return self._commodities[listing_id]


def component(name: str, otherwise: str) -> str:
    """A name as a part of an account's: letters, digits and dashes, beginning with a capital or a digit."""
    kept = OUTSIDE.sub("-", name).strip("-")
    return f"{kept[:1].upper()}{kept[1:]}" if kept else otherwise


def _commodities(listings: Iterable[Listed]) -> dict[UUID, str]:
    """The symbol where it is a commodity's name, is no currency's, and nobody else goes by it; else with more to it."""
    found = list(listings)
    shared = Counter(each.symbol for each in found)
    names = {each.id: _commodity(each, alone=shared[each.symbol] == 1) for each in found}
    twice = Counter(names.values())
    return {
        id_: f"{name[:11]}-{id_.hex[-12:].upper()}" if twice[name] > 1 else name
        for id_, name in names.items()
    }


def _commodity(listed: Listed, *, alone: bool) -> str:
    symbol = listed.symbol
    if alone and COMMODITY.fullmatch(symbol) and not CURRENCY.fullmatch(symbol):
        return symbol
    spelt = OUTSIDE_COMMODITIES.sub("-", symbol.upper())[:18].strip("-._'")
    return f"{spelt if spelt[:1].isalpha() else f'X{spelt}'[:18]}.{listed.exchange}"

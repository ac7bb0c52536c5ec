"""Which listing does a file mean? What is not certain is asked, never guessed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.listing import Listing
from domain.money import currency_of
from domain.statements.statement import NewListing, Question, Security

SYMBOL = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-_/]{0,31}", re.ASCII)
"""What a listing can go by."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A listing that trades, with the ISIN that it or its instrument has."""

    listing: Listing
    isin: str | None


def match(security: Security, candidates: Sequence[Candidate]) -> Listing | None:
    """The one listing that this can only be: of its ISIN, or of its symbol on its exchange. None when unsure.

    A symbol alone is not enough: other companies go by it on other exchanges.
    """
    found = [each for each in candidates if _may_be(security, each)]
    if len(found) > 1 and security.unit is not None:
        found = [each for each in found if each.listing.currency == currency_of(security.unit)]
    return found[0].listing if len(found) == 1 else None


def ask(security: Security, lines: Sequence[int], candidates: Sequence[Candidate]) -> Question:
    """What a person is asked about a security that is not certain."""
    alike = [each for each in candidates if _is_like(security, each)]
    title = f" ({security.title})" if security.title and security.title != security.called else ""
    known = {1: "one listing might be it", 0: "no listing goes by that"}.get(
        len(alike), f"{len(alike)} listings might be it"
    )
    return Question(
        security=security.called,
        lines=tuple(lines),
        sentence=f"Which listing is {security.called}{title}? By what the file says, {known}.",
        candidates=tuple(each.listing.id for each in alike),
        proposed=None if alike else _described(security),
    )


def _may_be(security: Security, candidate: Candidate) -> bool:
    listing = candidate.listing
    if security.exchange not in (None, listing.exchange):
        return False
    if security.isin is not None and candidate.isin is not None:
        return security.isin == candidate.isin
    return security.exchange is not None and security.symbol == listing.symbol


def _is_like(security: Security, candidate: Candidate) -> bool:
    same_isin = security.isin is not None and security.isin == candidate.isin
    same_symbol = security.symbol is not None and security.symbol == candidate.listing.symbol
    return same_isin or same_symbol or (security.title or "") == candidate.listing.title


def _described(security: Security) -> NewListing | None:
    if security.symbol is None or security.exchange is None or security.unit is None:
        return None
    if not SYMBOL.fullmatch(security.symbol):
        return None
    return NewListing(
        symbol=security.symbol,
        exchange=security.exchange,
        currency=currency_of(security.unit),
        quote_unit=security.unit,
        isin=security.isin,
    )

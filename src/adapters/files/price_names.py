"""What a price file's name, or a ticker in it, says: a symbol, and where it trades, if it says so."""

import re
from pathlib import Path
from typing import NamedTuple

YAHOO = {
    "L": "XLON", "DE": "XETR", "F": "XFRA", "PA": "XPAR", "AS": "XAMS", "BR": "XBRU", "LS": "XLIS", "MI": "XMIL",
    "MC": "XMAD", "SW": "XSWX", "VI": "XWBO", "ST": "XSTO", "CO": "XCSE", "HE": "XHEL", "OL": "XOSL", "IR": "XDUB",
    "WA": "XWAR", "PR": "XPRA", "BD": "XBUD", "TO": "XTSE", "V": "XTSX", "AX": "XASX", "NZ": "XNZE", "HK": "XHKG",
    "T": "XTKS", "SI": "XSES", "KS": "XKRX", "SS": "XSHG", "SZ": "XSHE", "TW": "XTAI", "BK": "XBKK", "JK": "XIDX",
    "NS": "XNSE", "BO": "XBOM", "JO": "XJSE", "TA": "XTAE", "IS": "XIST", "SA": "BVMF", "MX": "XMEX", "BA": "XBUE",
}  # fmt: skip
"""Exchanges by the suffix that Yahoo gives their symbols."""

STOOQ = {
    "US": frozenset({"XNYS", "XNAS", "ARCX", "XASE", "BATS"}),
    "UK": frozenset({"XLON"}),
    "DE": frozenset({"XETR", "XFRA"}),
    "JP": frozenset({"XTKS"}),
    "HK": frozenset({"XHKG"}),
    "HU": frozenset({"XBUD"}),
    "PL": frozenset({"XWAR"}),
}
"""Exchanges by Stooq's countries."""

EXCHANGE = re.compile(r"[A-Z0-9]{4}", re.ASCII)
STOOQ_DAILY = re.compile(r"(?P<symbol>.+?)(_(?P<country>US|UK|DE|JP|HK|HU|PL))?_D", re.ASCII)


class Named(NamedTuple):
    """A symbol in capitals, and the exchanges that it can be on; None for any."""

    symbol: str
    exchanges: frozenset[str] | None = None


def named_by_file(path: Path) -> list[Named]:
    """What a file can be about, the likeliest first: ``KO.csv``, ``EZJ.L.csv``, ``ko.us.txt``, ``EZJ.XLON.csv``."""
    stem = path.name.upper().removesuffix(".GZ").removesuffix(".CSV").removesuffix(".TXT")
    daily = STOOQ_DAILY.fullmatch(stem)
    stooq = [Named(daily["symbol"], STOOQ.get(daily["country"] or ""))] if daily else []
    return [*named_by_ticker(stem), *stooq]


def named_by_ticker(ticker: str) -> list[Named]:
    """What a ticker can be about, the likeliest first: itself, or a symbol and a suffix."""
    whole = ticker.strip().upper()
    symbol, dot, suffix = whole.rpartition(".")
    found = [Named(whole)]
    if dot and suffix in YAHOO:
        found.append(Named(symbol, frozenset({YAHOO[suffix]})))
    if dot and suffix in STOOQ:
        found.append(Named(symbol, STOOQ[suffix]))
    if dot and EXCHANGE.fullmatch(suffix):
        found.append(Named(symbol, frozenset({suffix})))
    return found

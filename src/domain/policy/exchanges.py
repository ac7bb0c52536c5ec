"""What people call exchanges, and their market identifiers (ISO 10383)."""

import re

MARKET_IDENTIFIER = re.compile(r"[A-Z0-9]{4}", re.ASCII)

NAMES = {
    "LSE": "XLON",
    "NYSE": "XNYS",
    "NASDAQ": "XNAS",
    "AMEX": "XASE",
    "ARCA": "ARCX",
    "XETRA": "XETR",
    "FWB": "XFRA",
    "EURONEXT PARIS": "XPAR",
    "EURONEXT AMSTERDAM": "XAMS",
    "EURONEXT BRUSSELS": "XBRU",
    "EURONEXT LISBON": "XLIS",
    "SIX": "XSWX",
    "BORSA ITALIANA": "XMIL",
    "TSX": "XTSE",
    "ASX": "XASX",
    "TSE": "XTKS",
    "HKEX": "XHKG",
    "JSE": "XJSE",
    "TASE": "XTAE",
}


def market_identifier(name: str) -> str | None:
    """The market identifier of an exchange that a policy names, None when it is not known."""
    known = NAMES.get(name.upper())
    if known is not None:
        return known
    return name if MARKET_IDENTIFIER.fullmatch(name) else None

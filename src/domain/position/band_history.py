"""How anchor and band of a position came to be what they are: one step for each event that moved them."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from domain.balancing import Band, band
from domain.settings import Settings


class Moved(NamedTuple):
    """What an event said of anchor and ``tau``; None where it said nothing. A position's own ``tau`` has the say."""

    at: datetime
    anchor: Decimal | None = None
    own_tau: Decimal | None = None
    portfolio_tau: Decimal | None = None


class Step(NamedTuple):
    """From this moment on; prices in the quote unit."""

    at: datetime
    anchor: Decimal
    edges: Band


def steps(moved: Iterable[Moved]) -> list[Step]:
    """The steps in the order of what moved them; nothing before the position had an anchor."""
    found: list[Step] = []
    anchor: Decimal | None = None
    own: Decimal | None = None
    portfolios = Settings().tau
    for each in moved:
        anchor = anchor if each.anchor is None else each.anchor
        own = own if each.own_tau is None else each.own_tau
        portfolios = portfolios if each.portfolio_tau is None else each.portfolio_tau
        if anchor is None:
            continue
        edges = band(anchor, portfolios if own is None else own)
        if not found or (found[-1].anchor, found[-1].edges) != (anchor, edges):
            found.append(Step(each.at, anchor, edges))
    return found

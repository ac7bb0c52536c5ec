"""What a portfolio was worth each day, and how far that lies below its highest, flows excluded (DOMAIN §8.6).

A value is unitised as a fund's is: what comes in buys units and what goes out sells them, so neither is gain or loss.
"""

from domain.valuation.chapter import Chapter, CloseOfDay, Reckoning, Standing, midnight, midnight_after
from domain.valuation.daily import Market, closes, drawdown, reckon
from domain.valuation.kept import Kept, Known, basis_of, extended, last_standing
from domain.valuation.movement import Movement, UnitsMoved
from domain.valuation.past import Booked, Quoted

__all__ = [
    "Booked",
    "Chapter",
    "CloseOfDay",
    "Kept",
    "Known",
    "Market",
    "Movement",
    "Quoted",
    "Reckoning",
    "Standing",
    "UnitsMoved",
    "basis_of",
    "closes",
    "drawdown",
    "extended",
    "last_standing",
    "midnight",
    "midnight_after",
    "reckon",
]

"""What a portfolio was worth each day, and how far that lies below its highest, flows excluded (DOMAIN §8.6).

A value is unitised as a fund's is: what comes in buys units and what goes out sells them, so neither is gain or loss.
"""

from domain.valuation.daily import CloseOfDay, Market, closes, drawdown
from domain.valuation.movement import Movement, UnitsMoved
from domain.valuation.past import Past, Quoted

__all__ = ["CloseOfDay", "Market", "Movement", "Past", "Quoted", "UnitsMoved", "closes", "drawdown"]

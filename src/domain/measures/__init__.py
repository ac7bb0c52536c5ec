"""How well the rules did: slippage, hits, time inside the guardrails, turnover, fees and returns (DOMAIN §10).

Events become facts (``counted``), facts a history in the order in which they count, and one pass over that and the
stored prices (``fold``) the measures of a window.
"""

from domain.measures.counted import COUNTED, Counted, fact_of
from domain.measures.facts import KINDS, Fact
from domain.measures.fold import Mark
from domain.measures.guardrail_time import OpenSeconds
from domain.measures.history import History, history
from domain.measures.measure import Measures, measure

__all__ = [
    "COUNTED",
    "KINDS",
    "Counted",
    "Fact",
    "History",
    "Mark",
    "Measures",
    "OpenSeconds",
    "fact_of",
    "history",
    "measure",
]

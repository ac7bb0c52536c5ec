"""Policy allocation: what a portfolio should do now, from one input snapshot (DOMAIN §8).

``plan`` is the whole of it. The modules are its steps: ``standing`` values what there is, ``drift`` compares it
with the targets, ``deploy`` spreads an amount, ``triggers`` and ``cadence`` say which amounts, ``friction`` makes
orders of them.
"""

from domain.allocation.advice import Advice, Line, Suppressed
from domain.allocation.plan import ENGINE, plan, required_listings
from domain.allocation.snapshot import Constituent, Held, Kind, Price, Snapshot

__all__ = [
    "ENGINE",
    "Advice",
    "Constituent",
    "Held",
    "Kind",
    "Line",
    "Price",
    "Snapshot",
    "Suppressed",
    "plan",
    "required_listings",
]

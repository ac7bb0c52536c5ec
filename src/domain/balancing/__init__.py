"""Volatility balancing: trigger, size, trim, check (DOMAIN §2). A changed rule is a new version."""

from collections.abc import Callable, Mapping

from domain.balancing import version_1
from domain.balancing.decision import (
    Decision,
    DecisionInputs,
    HoldReason,
    Outcome,
    Reason,
    SkipReason,
    tradable_lot,
)
from domain.balancing.exact import Band, band

Engine = Callable[[DecisionInputs], Decision]

ENGINE = "balancing.1"
"""The version that decides now."""

ENGINES: Mapping[str, Engine] = {"balancing.1": version_1.decide}
"""Every version that ever decided, by the name that its decisions are recorded under."""

decide = ENGINES[ENGINE]

__all__ = [
    "ENGINE",
    "ENGINES",
    "Band",
    "Decision",
    "DecisionInputs",
    "Engine",
    "HoldReason",
    "Outcome",
    "Reason",
    "SkipReason",
    "band",
    "decide",
    "tradable_lot",
]

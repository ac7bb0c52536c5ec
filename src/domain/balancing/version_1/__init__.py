"""Engine ``balancing.1``: DOMAIN §2 as one chain of rules. What it decided is recorded: it never changes."""

from decimal import localcontext

from domain.balancing.decision import Decision, DecisionInputs, Reason
from domain.balancing.version_1.draft import Draft, conclude
from domain.balancing.version_1.rules import RULES
from domain.numbers import EXACT


def decide(inputs: DecisionInputs) -> Decision:
    """Decide whether to trade, how much, or why not; every input has an outcome (DOMAIN §2).

    The rules run under ``EXACT`` whatever the caller's decimal context: no sum, product or comparison rounds.
    """
    with localcontext(EXACT):
        draft = Draft(inputs)
        return conclude(draft, first_reason(draft))


def first_reason(draft: Draft) -> Reason | None:
    """The reason of the first rule that stops the trade; None when every rule lets it pass."""
    for rule in RULES:
        reason = rule(draft)
        if reason is not None:
            return reason
    return None

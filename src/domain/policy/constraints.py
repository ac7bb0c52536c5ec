"""What a policy's constraints exclude of what the registry knows (DOMAIN §7)."""

from domain.instrument import Particulars
from domain.policy.model import Policy


def excluded(policy: Policy, instrument: Particulars) -> str | None:
    """Why the policy may not hold an instrument, as the end of a sentence; None for what it may, or nobody knows of."""
    constraints = policy.constraints
    if instrument.kind == "stock" and not constraints.allow_individual_stocks:
        return "is a single stock, and constraints.allow_individual_stocks is false."
    if instrument.distribution == "distributing" and constraints.use_accumulating_share_classes_only:
        return "is a distributing class, and constraints.use_accumulating_share_classes_only is true."
    return None

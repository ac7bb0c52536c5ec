"""A portfolio's strategy as a machine reads it: the policy, its checks and its hash (DOMAIN §7)."""

from domain.policy.canonical import canonical, digest, hash_of
from domain.policy.model import (
    CashPark,
    Instrument,
    Monthly,
    Policy,
    Quarterly,
    Sunset,
    Wave,
)
from domain.policy.reading import ReadPolicy, parse, read, understand

__all__ = [
    "CashPark",
    "Instrument",
    "Monthly",
    "Policy",
    "Quarterly",
    "ReadPolicy",
    "Sunset",
    "Wave",
    "canonical",
    "digest",
    "hash_of",
    "parse",
    "read",
    "understand",
]

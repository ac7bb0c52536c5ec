"""What open recommendations still mean to spend: for another run it counts as spent (DOMAIN §8.8)."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from application.ledger import Transaction
from domain.money import ZERO
from domain.portfolio.state import Portfolio
from domain.recommendation import promises
from domain.streams import RECOMMENDATION


def promised_by(
    transaction: Transaction, portfolio: Portfolio, replaced: set[UUID]
) -> Mapping[UUID | None, Decimal]:
    """Free cash (under None) and units that other open recommendations still mean to spend."""
    promised: dict[UUID | None, Decimal] = {}
    others = [each.recommendation_id for each in portfolio.advice if each.recommendation_id not in replaced]
    for stream in transaction.prefetch(RECOMMENDATION, others):
        if stream.state is None:
            continue
        promised[None] = promised.get(None, ZERO) + promises.cash(stream.state)
        for listing_id, units in promises.units(stream.state).items():
            promised[listing_id] = promised.get(listing_id, ZERO) + units
    return promised

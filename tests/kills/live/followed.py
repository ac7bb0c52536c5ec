"""The policy that portfolios on paper follow beside their positions, with instruments that trade at any hour.

A real broker gets no order of advice while its exchange is closed; there the storm places some (``tests/storm``).
"""

import json
from uuid import UUID

from api.wiring import House
from application.policies import read_strategy
from domain.streams import PORTFOLIO
from examples import by_hand
from policy_examples import by_weights

WEIGHTS = {"BOOM": "0.4", "GAFF": "0.3", "SPAR": "0.3"}


def follow(house: House, portfolio_id: UUID) -> dict[str, UUID]:
    """Let a portfolio follow the policy; answers the listings of its instruments by symbol."""
    document = by_weights(WEIGHTS, exchange="XSIM", currency="USD", quote_scale="USD")
    strategy = read_strategy(json.dumps(document).encode(), None)
    house.draft_policy(by_hand(house), portfolio_id, strategy)
    house.approve_policy(by_hand(house), portfolio_id)
    portfolio = house.ledger.load(PORTFOLIO, portfolio_id).state
    assert portfolio is not None
    return dict(zip(WEIGHTS, (each.listing_id for each in portfolio.constituents), strict=True))

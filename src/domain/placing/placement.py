"""What a position is there for when it carries out one line of a recommendation, and nothing else (DOMAIN §8)."""

from uuid import UUID

from domain.events import Value
from domain.numbers import Exact
from domain.order import Side


class Placement(Value):
    """A line of advice that is to be placed. ``quantity`` is what is left of it, ``advised_price`` in the quote unit.

    ``min_trade`` is the smallest order that its policy allows, and ``cost`` what is kept back beside the commission for
    what an order costs, both in the base currency; zero where it names none.
    ``attempt`` counts from 1 how often the recommendation's lines have been placed.
    """

    recommendation_id: UUID
    line_id: UUID
    attempt: int
    side: Side
    quantity: Exact
    advised_price: Exact
    min_trade: Exact
    cost: Exact
    policy_hash: str | None
    snapshot_hash: str | None

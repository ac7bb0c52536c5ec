"""Which portfolios are due to be compared with their brokers."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

SETTLED = timedelta(minutes=5)
UNSETTLED = timedelta(seconds=15)
"""How long a comparison holds: while the books agree, and while nothing may leave."""


def due(
    connected: Mapping[UUID, bool], latest: Mapping[UUID, tuple[datetime, bool]], now: datetime
) -> list[UUID]:
    """The portfolios to compare now. ``connected`` says of each whether it is reconciled."""
    found = []
    for portfolio_id, reconciled in connected.items():
        began_at, _ = latest.get(portfolio_id, (None, False))
        wait = SETTLED if reconciled else UNSETTLED
        if began_at is None or now - began_at >= wait:
            found.append(portfolio_id)
    return sorted(found)

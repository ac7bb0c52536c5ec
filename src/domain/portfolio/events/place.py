"""What every event of a portfolio says of where it belongs."""

from typing import ClassVar
from uuid import UUID

from domain.events import Event, StreamKind


class PortfolioEvent(Event):
    """An event of a portfolio; ``currency`` is its base currency."""

    stream_kind: ClassVar[StreamKind] = "portfolio"

    portfolio_id: UUID
    currency: str

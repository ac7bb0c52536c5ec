"""What the answers about providers of prices look like."""

from typing import Any, Literal
from uuid import UUID

from api.http.schemas.answer import Answer


class Provider(Answer):
    """As it was described; ``has_key`` says whether a key of its own is kept, which no answer shows."""

    name: str
    kind: Literal["http", "alpaca", "files", "simulated"]
    headers: dict[str, str]
    symbols: dict[UUID, str]
    suffixes: dict[str, str]
    exchanges: list[str] | None
    quotes: dict[str, Any] | None
    closes: dict[str, Any] | None
    fx: dict[str, Any] | None
    feed: str | None
    has_key: bool


class MarketData(Answer):
    """Providers in the order in which they are asked."""

    providers: list[Provider]

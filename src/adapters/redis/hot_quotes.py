"""The newest quote of each listing in Redis, for whoever needs it without asking the database."""

from collections.abc import Sequence

import msgspec
import redis
import structlog
from redis.typing import EncodableT, FieldT

from application.ports import PricePoint

log = structlog.get_logger()


class RedisHotQuotes:
    """The application's HotQuotes: one hash per feed, a field per listing."""

    def __init__(self, client: redis.Redis, namespace: str = "ballast") -> None:
        self._client = client
        self._namespace = namespace

    def publish(self, feed: str, points: Sequence[PricePoint]) -> None:
        """See application.ports.HotQuotes. While Redis is away the database alone knows the newest quotes."""
        fields: dict[FieldT, EncodableT] = {
            str(point.listing_id): msgspec.json.encode(point) for point in points
        }
        try:
            self._client.hset(f"{self._namespace}:quotes:{feed}", mapping=fields)
        except redis.RedisError as error:
            log.warning("hot_quotes.away", error=str(error))

    def answers(self) -> bool:
        """Whether Redis is there."""
        try:
            return bool(self._client.ping())
        except redis.RedisError:
            return False

    def newest(self, feed: str, listing_id: str) -> PricePoint | None:
        """The newest quote of a listing, None when Redis does not know it or is away."""
        try:
            found = self._client.hget(f"{self._namespace}:quotes:{feed}", listing_id)
        except redis.RedisError:
            return None
        return msgspec.json.decode(found, type=PricePoint) if isinstance(found, bytes) else None

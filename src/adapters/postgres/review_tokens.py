"""What reviews have cost, by day."""

from datetime import date

from adapters.postgres.pool import Pool

RESERVE = """
    insert into review_tokens as known (day, tokens)
    select %(day)s, %(tokens)s where %(tokens)s <= %(most)s
    on conflict (day) do update set tokens = known.tokens + excluded.tokens
        where known.tokens + excluded.tokens <= %(most)s
    returning day"""


class PostgresReviewTokens:
    """The application's TokenBudget."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def reserve(self, day: date, tokens: int, day_max: int) -> bool:
        """See application.ports.reviewer.TokenBudget."""
        with self._pool.connection() as connection:
            reserved = connection.execute(RESERVE, {"day": day, "tokens": tokens, "most": day_max}).fetchone()
        return reserved is not None

    def settle(self, day: date, reserved: int, spent: int) -> None:
        """See application.ports.reviewer.TokenBudget."""
        with self._pool.connection() as connection:
            connection.execute(
                "update review_tokens set tokens = tokens - %s where day = %s", (reserved - spent, day)
            )

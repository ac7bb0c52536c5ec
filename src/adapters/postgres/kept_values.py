"""Value histories of days that are over, in PostgreSQL."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from adapters.postgres.pool import Pool
from domain.valuation import Chapter, CloseOfDay, Kept, Known, Standing
from domain.valuation.kept import STANDINGS_KEPT

OF = """
    select revision, known, closes, standing from kept_values
    left join kept_value_chapters c on c.portfolio_id = kept_values.portfolio_id
        and (standing is not null or last_day > %(after)s)
    where kept_values.portfolio_id = %(portfolio)s order by month"""

KEEP = """
    select keep_values(
        %(portfolio)s::uuid, %(revision)s::bigint, %(known)s::text, %(months)s::date[], %(last_days)s::date[],
        %(closes)s::text[], %(standings)s::text[], %(standings_kept)s::integer)"""

_known = msgspec.json.Decoder(Known)
_closes = msgspec.json.Decoder(tuple[CloseOfDay, ...])
_standing = msgspec.json.Decoder(Standing)


class PostgresKeptValues:
    """The application's KeptValues."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def of(self, portfolio_id: UUID, after: date) -> Kept | None:
        """See application.ports.valuation.KeptValues."""
        with self._pool.connection() as connection:
            rows = connection.execute(OF, {"portfolio": portfolio_id, "after": after}).fetchall()
        if not rows:
            return None
        chapters = [_chapter(row) for row in rows if row["closes"] is not None]
        return Kept(rows[0]["revision"], _known.decode(rows[0]["known"]), chapters)

    def keep(self, portfolio_id: UUID, revision: int, known: Known, chapters: Sequence[Chapter]) -> None:
        """See application.ports.valuation.KeptValues."""
        parameters = {
            "portfolio": portfolio_id,
            "revision": revision,
            "standings_kept": STANDINGS_KEPT,
            "known": msgspec.json.encode(known).decode(),
            "months": [each.month for each in chapters],
            "last_days": [each.closes[-1].day for each in chapters],
            "closes": [_written(each.closes) for each in chapters],
            "standings": [None if each.standing is None else _written(each.standing) for each in chapters],
        }
        with self._pool.connection() as connection:
            connection.execute(KEEP, parameters)


def _chapter(row: dict[str, Any]) -> Chapter:
    standing = None if row["standing"] is None else _standing.decode(row["standing"])
    return Chapter(_closes.decode(row["closes"]), standing)


def _written(told: object) -> str:
    return msgspec.json.encode(told).decode()

"""What comes about a moment whose prices somebody has read already is noted as late."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection

RATES = "rates"
"""What exchange rates are about, all of them together."""

CAME_LATE = """
    insert into late_arrivals (subject, about)
    select subject, as_of from unnest(%(subjects)s::text[], %(moments)s::timestamptz[]) as came (subject, as_of)
    join pasts_read using (subject) where as_of < read_until"""


def prices_of(feed: str, listing_id: UUID) -> str:
    """What prices of a listing are about."""
    return f"{feed}/{listing_id}"


def note_late(connection: Connection[dict[str, Any]], came: Iterable[tuple[str, datetime]]) -> None:
    """Note the earliest moment of each subject that came, if it is late. The lock of what is stored is held."""
    first: dict[str, datetime] = {}
    for subject, as_of in came:
        known = first.get(subject)
        if known is None or as_of < known:
            first[subject] = as_of
    if first:
        connection.execute(CAME_LATE, {"subjects": [*first], "moments": [*first.values()]})

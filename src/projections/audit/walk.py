"""Hold every stored event against the chain, and the chain against the heads that are kept outside."""

from collections.abc import Callable, Iterable
from typing import Any

from psycopg import Connection
from psycopg.rows import args_row

from domain.audit.chain import Head, Stored, Walk

PAGE_EVENTS = 2_000

PAIRS = """
    select coalesce(e.notification_id, c.number), originator_id, originator_version, topic, state, hash
    from (
        select * from stored_events where notification_id > %(after)s and notification_id <= %(up_to)s
        order by notification_id limit %(limit)s
    ) e full join (
        select * from audit_chain where number > %(after)s and number <= %(up_to)s order by number limit %(limit)s
    ) c on c.number = e.notification_id
    order by 1 limit %(limit)s"""
"""The first of both sides: each contributes as many, so that no pair among them is torn."""

Pair = tuple[int, Stored | None, bytes | None]


def walk(
    connection: Connection[dict[str, Any]],
    heads: Iterable[Head],
    up_to: int,
    progress: Callable[[int, int], None],
) -> Walk:
    """Walk from the first event up to a number, in flat memory. ``progress`` is called with (done, in all)."""
    walked = Walk(heads)
    after = 0
    with connection.cursor(binary=True, row_factory=args_row(_pair)) as cursor:
        while pairs := cursor.execute(
            PAIRS, {"after": after, "up_to": up_to, "limit": PAGE_EVENTS}
        ).fetchall():
            for number, stored, kept in pairs:
                walked.step(number, stored, kept)
            after = pairs[-1][0]
            progress(after, up_to)
    walked.end()
    return walked


def _pair(number: int, stream_id: Any, version: Any, name: Any, envelope: Any, kept: bytes | None) -> Pair:  # noqa: ANN401  # a row's columns, all null for a missing event
    stored = None if stream_id is None else Stored(number, stream_id, version, name, envelope)
    return number, stored, kept

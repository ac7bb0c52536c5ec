"""A log of a million events of honest content in half a minute: true ones, and copies of them under other ids."""

import math
import re
from collections.abc import Iterator
from typing import Any

from psycopg import Connection

from api.wiring import House
from benchmarks.ground import settle
from benchmarks.whole_orders import fill_the_log

TRUE_EVENTS = 20_000
STREAMS = 500
ID = re.compile(r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")
DIGITS = 8

OUT = """copy (
    select originator_id, originator_version, topic, replace(convert_from(state, 'UTF8'), '\\', '\\\\')
    from stored_events where topic <> 'listing.registered.1' and notification_id <= %s
    order by notification_id) to stdout"""
INTO = "copy stored_events (originator_id, originator_version, topic, state, notification_id) from stdin"

Line = list[str]
"""A row as COPY writes it, taken apart at its ids: every second piece is one."""


def settle_and_trade(house: House) -> int:
    """True events: portfolios, positions, and their orders from decision to anchor; answers how many that is."""
    fill_the_log(house, settle(house, STREAMS, 1).position_ids, TRUE_EVENTS)
    return last_number(house)


def last_number(house: House) -> int:
    """How long the log is."""
    with house.pool.connection() as connection:
        return house.log.last_number(connection)


def lengthen(house: House, true_events: int, up_to: int) -> None:
    """Write copies of the true events behind the log until it is so long, in one COPY.

    In a copy each id is another but those of listings, so that it is as true as what it was made of: streams begin with
    their first version, and decisions come to the same. Read models are not written; followers take it in.
    """
    with house.pool.connection() as connection:
        listings = {str(row["id"]) for row in connection.execute("select listing_id as id from listings")}
        lines = _lines(connection, true_events)
        number = house.log.last_number(connection)
        begun = math.ceil((number - true_events) / len(lines))
        with connection.transaction(), connection.cursor() as cursor, cursor.copy(INTO) as into:
            for line in _under_other_ids(lines, listings, begun):
                if number == up_to:
                    break
                number += 1
                into.write(f"{line}\t{number}\n")
        connection.execute("analyze stored_events")


def _lines(connection: Connection[dict[str, Any]], true_events: int) -> list[Line]:
    with connection.cursor() as cursor, cursor.copy(OUT, (true_events,)) as out:
        content = b"".join(bytes(block) for block in out).decode()
    return [ID.split(line) for line in content.splitlines()]


def _under_other_ids(lines: list[Line], listings: set[str], copies: int) -> Iterator[str]:
    """Copy after copy, without an end. An id becomes another by its first digits, the same wherever it stands."""
    ids = {piece for line in lines for piece in line[1::2]} - listings
    while True:
        copies += 1
        others = {each: _other(each, copies) for each in ids}
        for line in lines:
            yield "".join(others.get(piece, piece) for piece in line)


def _other(own: str, copies: int) -> str:
    digits = (int(own[:DIGITS], 16) + copies * 0x01000193) % (1 << 4 * DIGITS)
    return f"{digits:0{DIGITS}x}{own[DIGITS:]}"

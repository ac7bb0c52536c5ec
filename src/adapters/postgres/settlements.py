"""What became of brokers' messages, as the append function takes it, and as it is found again."""

import base64
from collections.abc import Sequence
from typing import Any

import msgspec
from psycopg import Connection

from application.ports import Settlement


def messages_json(settlements: Sequence[Settlement]) -> str | None:
    """The messages that an append brings into the inbox, and those there that it settles."""
    if not settlements:
        return None
    new = [_new(each) for each in settlements if each.message.number is None]
    waiting = [_settled(each) for each in settlements if each.message.number is not None]
    return msgspec.json.encode({"new": new, "waiting": waiting}).decode()


def is_settled(connection: Connection[dict[str, Any]], settlement: Settlement) -> bool:
    """Whether the inbox knows of this attempt: no two of the same message are of the same count."""
    message = settlement.message
    row = connection.execute(
        "select received_at, attempts from inbox where source = %s and id = %s", (message.source, message.id)
    ).fetchone()
    if row is None or row["attempts"] != message.attempts + 1:
        return False
    return message.number is not None or row["received_at"] == message.received_at


def _settled(settlement: Settlement) -> dict[str, Any]:
    return {
        "number": settlement.message.number,
        "position_id": settlement.position_id,
        "booked_at": settlement.at if settlement.problem is None else None,
        "problem": settlement.problem,
        "attempts": settlement.message.attempts + 1,
        "next_try_at": settlement.next_try_at,
    }


def _new(settlement: Settlement) -> dict[str, Any]:
    message = settlement.message
    return _settled(settlement) | {
        "source": message.source,
        "id": message.id,
        "portfolio_id": message.portfolio_id,
        "body": base64.b64encode(message.body).decode(),
        "note": message.note,
        "received_at": message.received_at,
    }

"""What an append hands to the server besides its events, and what the server's refusals mean."""

from typing import Any

import msgspec
from psycopg import errors

from application.ports import CursorMoves, KeyAlreadyUsed, MessageSeen, Receipt, StaleVersion
from domain.refusals import Contradiction


def cursor_arguments(cursors: CursorMoves | None) -> dict[str, Any]:
    """Where cursors stood and where they are moved to, listing by listing."""
    if cursors is None:
        return {}
    ordered = sorted(cursors.moves)
    return {
        "cursor_feed": cursors.feed,
        "cursor_listings": ordered,
        "cursors_from": [cursors.moves[listing_id][0] for listing_id in ordered],
        "cursors_to": [cursors.moves[listing_id][1] for listing_id in ordered],
    }


def receipt_json(receipt: Receipt | None) -> str | None:
    """An answer to be kept under its idempotency key."""
    if receipt is None:
        return None
    return msgspec.json.encode(
        {
            "principal": receipt.principal,
            "key": receipt.key,
            "fingerprint": receipt.fingerprint,
            "status": receipt.status,
            "body": receipt.body.decode(),
        }
    ).decode()


def conflict_in(error: errors.UniqueViolation) -> Exception:
    """What a key that is taken already means."""
    match error.diag.constraint_name:
        case "stored_events_pkey":
            return StaleVersion()
        case "receipts_pkey":
            return KeyAlreadyUsed()
        case "inbox_source_id_key":
            return MessageSeen()
        case constraint if constraint and constraint.startswith(("instruments_", "listings_", "orders_")):
            return StaleVersion()  # somebody registered, or decided, the same just before: look again
        case constraint:
            return Contradiction(f"This contradicts something that is stored already ({constraint}).")

"""Opinions as answers show them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from api.http.answers import encode, moment

Opinions = Mapping[UUID, Mapping[str, Any]]
"""The rows of reviews, each by what it is about."""


def verdict_json(row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A review's row as a verdict, null where nobody has asked."""
    if row is None:
        return None
    names = ("status", "verdict", "notes", "reason", "model", "prompt_hash")
    return {name: row[name] for name in names} | {"at": moment(row["at"])}


def waiting(at: datetime) -> bytes:
    """The answer to asking for one: it comes later."""
    nothing_yet = dict.fromkeys(("verdict", "reason", "model", "prompt_hash"))
    return encode(verdict_json(nothing_yet | {"status": "waiting", "notes": (), "at": at}))

"""Walks the chain in an exported file of events, with nothing but the file, its manifest, and heads if there are."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from domain.audit.chain import GENESIS, Head, Stored, link
from domain.audit.difference import Difference, Differences
from domain.exports.manifest import Manifest

SAID_AGAIN = ("id", "at", "recorded_at", "actor", "correlation_id", "run_id")
"""Columns that repeat what the envelope says of the event."""


class Row(NamedTuple):
    """An event of the file; hashes in hexadecimal digits."""

    stored: Stored
    previous_hash: str
    hash: str
    said: Mapping[str, object]


class Rewalk:
    """Goes along the file's events in their order, and takes note of what does not fit.

    Between events that are not neighbours in the log the chain cannot be walked: ``gaps`` counts these places.
    """

    def __init__(self, manifest: Manifest, heads: Iterable[Head] = ()) -> None:
        self._manifest = manifest
        self._heads: dict[int, set[str]] = {}
        for head in heads:
            self._heads.setdefault(head.number, set()).add(head.hash)
        self._last: Row | None = None
        self.differences = Differences()
        self.events = 0
        self.gaps = 0
        self.heads_met = 0

    def step(self, row: Row) -> None:
        """Take the next event."""
        number = row.stored.number
        self._follows(row)
        found = link(bytes.fromhex(row.previous_hash), row.stored).hex()
        self._same(number, "event", row.hash, found)
        for name, expected in _said_in(row.stored.envelope).items():
            self._same(number, name, expected, _text(row.said[name]))
        for head in self._heads.get(number, ()):
            self.heads_met += 1
            self._same(number, "head", head, row.hash)
        self.events += 1
        self._last = row

    def end(self) -> None:
        """Hold the last event against the manifest."""
        chain = self._manifest.chain
        last = self._last
        if self._manifest.whole_log and (last is None or last.stored.number != chain.number or self.gaps):
            self.differences.note(Difference(chain.number, "missing event", chain.hash, None))
        if last is not None and last.stored.number == chain.number:
            self._same(chain.number, "chain head", chain.hash, last.hash)

    def _follows(self, row: Row) -> None:
        before, number = self._last, row.stored.number
        if number == 1:
            self._same(number, "link", GENESIS.hex(), row.previous_hash)
        elif before is not None and number == before.stored.number + 1:
            self._same(number, "link", before.hash, row.previous_hash)
        else:
            self.gaps += 1
        if before is not None and number <= before.stored.number:
            self.differences.note(Difference(number, "order", f"after {before.stored.number}", None))

    def _same(self, number: int, what: str, expected: str | None, found: str | None) -> None:
        if expected != found:
            self.differences.note(Difference(number, what, expected, found))


def _said_in(envelope: bytes) -> dict[str, str | None]:
    """What the envelope says of itself; nothing where it is no envelope, which its hash has told already."""
    try:
        meta: dict[str, Any] = json.loads(envelope)["meta"]
        return {name: meta[name] and _text(_moment(name, meta[name])) for name in SAID_AGAIN}
    except (ValueError, KeyError, TypeError):
        return {}


def _moment(name: str, value: str) -> object:
    return (
        datetime.fromisoformat(value)
        if name in ("at", "recorded_at")
        else UUID(value)
        if "id" in name
        else value
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)

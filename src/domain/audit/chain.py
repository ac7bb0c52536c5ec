"""The hash chain over the log: each event's hash covers the one before it and the event as it is stored.

What is hashed are stored bytes, never an event that was read and written again: no change is too small. An auditor
needs no Ballast to do the same (docs/adr/0037).
"""

import hashlib
import struct
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from domain.audit.difference import Difference, Differences
from domain.events import Instant, Value

GENESIS = bytes(32)
"""What stands before the first event."""

PLACE = struct.Struct(">q16sqi")
"""Big-endian: number, stream's id, version, and the length of the name in bytes."""


class Stored(NamedTuple):
    """An event as it lies in the log. ``envelope`` is its metadata and its data, as JSON."""

    number: int
    stream_id: UUID
    version: int
    name: str
    envelope: bytes


class End(NamedTuple):
    """Where the chain ends: the last event that is in it, and its hash."""

    number: int
    hash: bytes


class Head(Value):
    """Where the chain ended at some moment, as it is kept outside; the hash in hexadecimal digits."""

    number: int
    hash: str
    at: Instant


def link(previous: bytes, stored: Stored) -> bytes:
    """The 32 bytes of an event's hash: SHA-256 over the hash before, the event's place, its name and its envelope."""
    name = stored.name.encode()
    place = PLACE.pack(stored.number, stored.stream_id.bytes, stored.version, len(name))
    return hashlib.sha256(previous + place + name + stored.envelope).digest()


class Walk:
    """Goes along the log and its chain, in the order of numbers, and takes note of what does not fit.

    ``heads`` are those that are kept outside. After a difference it goes on from the hash in the chain, so that each
    changed event is told once.
    """

    def __init__(self, heads: Iterable[Head] = ()) -> None:
        self._heads: dict[int, set[str]] = {}
        for head in heads:
            self._heads.setdefault(head.number, set()).add(head.hash)
        self._previous = GENESIS
        self.number = 0
        self.differences = Differences()

    @property
    def head(self) -> str:
        """The hash at which it has arrived."""
        return self._previous.hex()

    def step(self, number: int, stored: Stored | None, kept: bytes | None) -> None:
        """Take the next number that has an event, or a hash in the chain, or both."""
        if number != self.number + 1:
            self.differences.note(Difference(self.number + 1, "missing event", None, None))
        found = None if stored is None else link(self._previous, stored)
        if found is None or found != kept:
            self.differences.note(Difference(number, _what(found, kept), _hex(kept), _hex(found)))
        self._previous = kept or found or self._previous
        self.number = number
        for outside in self._heads.pop(number, ()):
            if outside != self.head:
                self.differences.note(Difference(number, "head", outside, self.head))

    def end(self) -> None:
        """Take note of heads of events that did not come: they are gone."""
        for number in sorted(self._heads):
            for outside in sorted(self._heads[number]):
                self.differences.note(Difference(number, "head", outside, None))
        self._heads.clear()


def _what(found: bytes | None, kept: bytes | None) -> str:
    if found is None:
        return "missing event"
    return "event" if kept is not None else "missing link"


def _hex(digest: bytes | None) -> str | None:
    return None if digest is None else digest.hex()

"""The latest known state of many streams, kept in this process."""

from collections import OrderedDict
from threading import Lock
from typing import TypeVar
from uuid import UUID

from domain.streams import State

S = TypeVar("S", bound=State)
T = TypeVar("T")


CACHED_STREAMS_MAX = 100_000


class Cache:
    """The latest known state of many streams, shared by a process's threads; states are immutable."""

    def __init__(self, streams_max: int = CACHED_STREAMS_MAX) -> None:
        self._entries: OrderedDict[UUID, tuple[int, State]] = OrderedDict()
        self._lock = Lock()
        self._streams_max = streams_max

    def get(self, stream_id: UUID) -> tuple[int, State] | None:
        """The version and state known, if any."""
        with self._lock:
            entry = self._entries.get(stream_id)
            if entry is not None:
                self._entries.move_to_end(stream_id)
            return entry

    def put(self, stream_id: UUID, version: int, state: State) -> None:
        """Remember a state unless a later one is known."""
        with self._lock:
            known = self._entries.get(stream_id)
            if known is None or known[0] < version:
                self._entries[stream_id] = (version, state)
                self._entries.move_to_end(stream_id)
                if len(self._entries) > self._streams_max:
                    self._entries.popitem(last=False)

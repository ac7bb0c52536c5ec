"""The latest known state of many streams and orders, kept in this process."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K")
S = TypeVar("S")

CACHED_MAX = 100_000


class Cache(Generic[K, S]):
    """The latest known states by id, shared by a process's threads; a state is immutable, and its stream's version
    says how late it is.

    ``part`` names for whom a thread asks: what was read for one is never found by another.
    """

    def __init__(self, entries_max: int = CACHED_MAX, part: Callable[[], Hashable] = lambda: None) -> None:
        self._entries: OrderedDict[tuple[Hashable, K], tuple[int, S]] = OrderedDict()
        self._lock = Lock()
        self._entries_max = entries_max
        self._part = part

    def get(self, id_: K) -> tuple[int, S] | None:
        """The version and state known, if any."""
        key = (self._part(), id_)
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
            return entry

    def put(self, id_: K, version: int, state: S) -> None:
        """Remember a state unless a later one is known."""
        key = (self._part(), id_)
        with self._lock:
            known = self._entries.get(key)
            if known is None or known[0] < version:
                self._entries[key] = (version, state)
                self._entries.move_to_end(key)
                if len(self._entries) > self._entries_max:
                    self._entries.popitem(last=False)

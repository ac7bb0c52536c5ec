"""Let go of exports that were written long ago, where the operator wants that; else all of them stay."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from application.ports.exports import Places

Written = tuple[str, UUID]
"""An export's destination and its run."""


@dataclass(frozen=True, slots=True)
class RetireExports:
    """The use case. ``written`` answers which exports were written before a moment, ``kept`` is None for good."""

    written: Callable[[datetime], Sequence[Written]]
    places: Places
    kept: timedelta | None

    def __call__(self, as_of: datetime) -> int:
        """Remove what is older in the folder of exports; answers how many that was.

        What went into a bucket is its owner's to remove.
        """
        if self.kept is None:
            return 0
        return sum(self.places.remove(*each) for each in self.written(as_of - self.kept))

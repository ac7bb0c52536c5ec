"""The band index of this process and who has a brake, brought up to date with the log when it has moved on."""

from dataclasses import dataclass, field
from threading import Lock

from application.ports import Bands, Batch
from domain.bands import BandIndex
from domain.brake.index import BrakeIndex


@dataclass(slots=True)
class BandWatch:
    """One index for all threads of a process."""

    bands: Bands
    index: BandIndex = field(default_factory=BandIndex)
    brakes: BrakeIndex = field(default_factory=BrakeIndex)
    _up_to: int = 0
    _refreshing: Lock = field(default_factory=Lock)

    def refresh(self, log_number: int | None = None) -> BandIndex:
        """The index, true at least for the log's ``log_number``; None asks the log in any case."""
        with self._refreshing:
            if log_number is None or log_number > self._up_to:
                self._up_to, changed = self.bands.since(self._up_to)
                self.index.put(changed)
                self.brakes.put(changed)
        return self.index

    def skip_own(self, batch: Batch, last: int) -> None:
        """What ticks append moves no band: it need not be read when nobody else wrote in between."""
        with self._refreshing:
            if self._up_to == last - len(batch.events):
                self._up_to = last

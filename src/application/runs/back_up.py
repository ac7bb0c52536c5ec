"""Write a backup of everything there is."""

from dataclasses import dataclass

from application.ports import Backups
from domain.runs.decide import Result
from domain.runs.state import Run


@dataclass(frozen=True, slots=True)
class BackUp:
    """The work of a backup run: the file is named for the run, so that a repeat finds it."""

    backups: Backups

    def __call__(self, run: Run) -> Result:
        """Write the backup, read it to its end, and let the earliest go."""
        made = self.backups.make(f"ballast-{run.as_of:%Y%m%dT%H%M%SZ}-{run.id.hex[-8:]}")
        size = f"{made.size_bytes / 1_000_000:.1f} MB"
        kept = "1 is kept" if made.kept == 1 else f"{made.kept} are kept"
        return Result("success", f"Wrote {made.name}, {size}, and read it to its end; {kept}.")

"""Take in the price files that somebody dropped: each content once, through the gate like any other price."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import structlog

from application.ingest_prices import IngestPrices
from application.ledger import Ledger
from application.ports.drop_folder import BrokenFile, DropFolder, DroppedFile, TakenFiles

log = structlog.get_logger()

POINTS_AT_ONCE_MAX = 5_000
SYMBOLS_NAMED_MAX = 5


@dataclass(frozen=True, slots=True)
class TakeInFiles:
    """The use case. Whoever dies in between leaves the file to the next look, which stores nothing twice."""

    ledger: Ledger
    folder: DropFolder
    taken: TakenFiles
    ingest: IngestPrices

    def __call__(self) -> int:
        """Take in every file that has settled, and answer how many that were."""
        with self.taken.alone() as alone:
            return sum(self._take(name) for name in self.folder.settled()) if alone else 0

    def _take(self, name: str) -> int:
        try:
            file = self.folder.read(name, self.ledger.clock())
        except BrokenFile as broken:
            log.warning("file.failed", name=name, reason=str(broken))
            self.folder.put_away(name, str(broken), failed=True)
            return 0
        if file is None:
            return 0
        before = self.taken.taken_at(file.sha256)
        if before is not None:
            sentence = f"The same was taken in at {before:%Y-%m-%d %H:%M:%S} UTC already; nothing was added."
        else:
            sentence = self._ingested(file)
            self.taken.remember(file.sha256, name, self.ledger.clock(), sentence)
        log.info("file.done", name=name, sentence=sentence)
        self.folder.put_away(name, sentence, failed=False)
        return 1

    def _ingested(self, file: DroppedFile) -> str:
        counts, stopped = Counter[str](), Counter[str]()
        for begin in range(0, len(file.points), POINTS_AT_ONCE_MAX):
            taken = self.ingest(file.points[begin : begin + POINTS_AT_ONCE_MAX])
            counts["new"] += taken.accepted
            counts["known already"] += taken.duplicates
            stopped.update(finding.rule for _, finding in (*taken.quarantined, *taken.rejected))
        return " ".join(_sentences(file, counts, stopped))


def _sentences(file: DroppedFile, counts: Counter[str], stopped: Counter[str]) -> Iterator[str]:
    more = len(file.symbols) - SYMBOLS_NAMED_MAX
    symbols = ", ".join(file.symbols[:SYMBOLS_NAMED_MAX]) + (f" and {more} more" if more > 0 else "")
    told = ", ".join(f"{count} {what}" for what, count in counts.items() if count) or "none"
    yield f"Closes of {symbols}: {told}."
    if stopped:
        rules = ", ".join(f"{count} for {rule}" for rule, count in sorted(stopped.items()))
        yield f"The gate stopped {rules}."
    if file.unfinished:
        yield f"{file.unfinished} of sessions that are not over were left out."
    if file.strangers:
        yield f"{file.strangers} tickers that no listing goes by were left out."

"""Write an export: the work of a run. What is there already is not written again, however often it is repeated."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from pydantic import ValidationError

from application.ledger import Cause, Ledger, Transaction
from application.ports.exports import ExportFailed, Extracts, Place, Places, Progress, WriteFile
from domain.audit.chain import Head
from domain.exports.extract import Extract
from domain.exports.manifest import FileSaid, Manifest, file_said
from domain.exports.wanted import MANIFEST, ExportedFile, ExportWanted
from domain.runs.decide import Result
from domain.runs.events import ExportWritten
from domain.runs.state import Run
from domain.streams import RUN

ACTOR = "ballast:exports"


@dataclass(frozen=True, slots=True)
class WriteExport:
    """The work. ``version`` is Ballast's own, for the manifest."""

    ledger: Ledger
    extracts: Extracts
    places: Places
    write: WriteFile
    progress: Progress
    version: str

    def __call__(self, run: Run) -> Result:
        """Write what the run asks for, its manifest last, and record which files there are. Raises ExportFailed."""
        if run.export is None:
            raise ValueError(f"run {run.id} is no export")
        if run.export_written is not None:
            return Result("success", run.export_written)
        place = self.places.place(run.export.destination, run.id)
        content = place.manifest()
        if content is None:
            self._write(run, run.export, place)
            content = place.manifest()
        if content is None:
            raise ExportFailed(f"The export was written to {place.name} and is not there.")
        return Result("success", self._record(run, place.name, content))

    def _write(self, run: Run, wanted: ExportWanted, place: Place) -> None:
        with place.drafting() as folder:
            with self.extracts.of(run) as extract:
                files = self._files(run.id, wanted, extract, folder)
                manifest = self._manifest(run, wanted, extract, files)
            content = manifest.model_dump_json(indent=1, by_alias=True).encode() + b"\n"
            place.publish(folder, [each.name for each in files], content)

    def _files(self, run_id: UUID, wanted: ExportWanted, extract: Extract, folder: Path) -> list[FileSaid]:
        in_all = sum(sheet.count for sheet in extract.sheets)
        done = 0
        written = []
        self.progress.tell(run_id, done, in_all)  # an attempt before this one may have come further
        for sheet in extract.sheets:
            progress = partial(_tell, self.progress.tell, run_id, done, in_all)
            file = self.write(sheet, wanted.form, folder / f"{sheet.name}.{wanted.form}", progress)
            written.append(file_said(file, sheet.columns))
            done += sheet.count
        return written

    def _manifest(self, run: Run, wanted: ExportWanted, extract: Extract, files: list[FileSaid]) -> Manifest:
        head = Head(number=extract.end.number, hash=extract.end.hash.hex(), at=self.ledger.clock())
        return Manifest(
            ballast=self.version,
            run_id=run.id,
            kind=wanted.what,
            form=wanted.form,
            portfolio_id=run.portfolio_id,
            since=wanted.since,
            until=wanted.until,
            chain=head,
            whole_log=extract.whole_log,
            formulas_quoted=wanted.form == "csv",
            files=tuple(files),
        )

    def _record(self, run: Run, place: str, content: bytes) -> str:
        """Say in the log what was written, once; answers it as a sentence."""
        manifest = _manifest_of(run, place, content)
        own = ExportedFile(
            name=MANIFEST, rows=None, size_bytes=len(content), sha256=sha256(content).hexdigest()
        )
        written = ExportWritten(
            run_id=run.id,
            kind=run.kind,
            portfolio_id=run.portfolio_id,
            owner=run.owner,
            place=place,
            files=(*(_plain(each) for each in manifest.files), own),
            up_to=manifest.chain.number,
            chain_head=manifest.chain.hash,
        )

        def decide(transaction: Transaction) -> str:
            stream, state = transaction.require(RUN, run.id)
            after = transaction.append(stream, [] if state.export_written else [written])
            return after.export_written or written.sentence()

        return self.ledger.transact(Cause(ACTOR, run.id, run_id=run.id), decide).answer


def _manifest_of(run: Run, place: str, content: bytes) -> Manifest:
    """What a manifest says. Raises ExportFailed where somebody has put something else there."""
    try:
        manifest = Manifest.model_validate_json(content)
    except ValidationError:
        raise ExportFailed(f"What lies at {place} as a manifest is none.") from None
    if manifest.run_id != run.id:
        raise ExportFailed(f"The manifest at {place} is another export's.")
    return manifest


def _tell(tell: Callable[[UUID, int, int], None], run_id: UUID, before: int, in_all: int, rows: int) -> None:
    tell(run_id, before + rows, in_all)


def _plain(file: FileSaid) -> ExportedFile:
    return ExportedFile(name=file.name, rows=file.rows, size_bytes=file.size_bytes, sha256=file.sha256)

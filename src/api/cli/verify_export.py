"""``ballast verify --export``: walk the chain in an exported file, with no server and no log at hand."""

from pathlib import Path

from adapters.files.audit_heads import HeadsFile
from api.cli.progress import Tell
from domain.audit.verification import STEPS, Verification
from domain.exports.rewalk import Rewalk

EVENTS_BETWEEN_REPORTS = 2_000


def verified_export(file: Path, heads: Path | None, tell: Tell) -> tuple[Verification, str]:
    """What a file of events comes to, and what that proves in a sentence.

    Raises ValueError for a file that is no export of events.
    """
    from adapters.exports.events_file import changed_files, manifest_of, rows_of

    try:
        manifest = manifest_of(file)
        walk = Rewalk(manifest, HeadsFile(heads).all())
        differences = changed_files(file, manifest)
        in_all = next((each.rows for each in manifest.files if each.name == file.name), None)
        for row in rows_of(file):
            walk.step(row)
            if walk.events % EVENTS_BETWEEN_REPORTS == 0:
                tell("events", walk.events, in_all)
    except (OSError, ValueError) as error:
        raise ValueError(f"{file} cannot be verified: {error}") from error
    walk.end()
    found = Verification(
        events=walk.events,
        chain_head=manifest.chain.hash,
        decisions=0,
        inputs_retired=0,
        differences=[*differences, *walk.differences.told],
        not_verified=STEPS,
    )
    return found, _proves(manifest.whole_log, walk)


def _proves(whole_log: bool, walk: Rewalk) -> str:
    heads = f" {walk.heads_met} heads that were kept elsewhere agree." if walk.heads_met else ""
    if whole_log:
        return f"It is the whole log, walked from its first event.{heads}"
    return (
        "It is a part of the log: each event is what its hash says, and neighbours follow each other; in"
        f" {walk.gaps} places there are others between them.{heads}"
    )

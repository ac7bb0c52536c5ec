"""``ballast verify``: prove that the log, its decisions and its read models are what they were."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from api.cli.opening import opened
from api.cli.options import Data, Json
from api.cli.progress import progress
from api.cli.verify_export import verified_export
from api.collector import calm_the_collector
from domain.audit.verification import Verification
from domain.refusals import Invalid

DIFFERS = 1
NO_HEADS = (
    "--heads goes with --export: Ballast's own log is held against the heads that Ballast keeps itself."
)
UNPROVEN = "The log itself differs, so what follows from it was not verified: {}."
SIDE_CHARACTERS_MAX = 300


Export = Annotated[
    Path | None,
    typer.Option(
        exists=True,
        dir_okay=False,
        help="Verify an exported file of events instead, with its manifest beside it.",
    ),
]
Heads = Annotated[
    Path | None,
    typer.Option(
        exists=True, dir_okay=False, help="Heads of the chain to hold an export against: heads.jsonl."
    ),
]


def verify(data: Data = None, as_json: Json = False, export: Export = None, heads: Heads = None) -> None:
    """Hold events against the hash chain, decide again, rebuild beside; exit code 1 when something differs.

    With --export the chain in a file is walked, without any server.
    """
    if heads is not None and export is None:
        raise Invalid("heads", NO_HEADS)
    calm_the_collector()
    if export is not None:
        with progress() as tell:
            found, proves = verified_export(export, heads, tell)
        _print(found, as_json=as_json, again="")
        print(proves, file=sys.stderr)
        raise SystemExit(0 if found.ok else DIFFERS)
    with opened(data, "a verification") as (house, _), progress() as tell:
        verification = house.verified(tell)
        waiting = house.restored.waiting()
    retired = verification.inputs_retired
    gone = f"; the inputs of {retired:,} are not kept any more" if retired else ""
    again = "" if verification.not_verified else f", {verification.decisions:,} decisions decided again{gone}"
    _print(verification, as_json=as_json, again=again)
    if verification.not_verified:
        print(UNPROVEN.format(", ".join(verification.not_verified)), file=sys.stderr)
    if waiting is not None:
        print(waiting.sentence, file=sys.stderr)
    if not verification.ok:
        raise SystemExit(DIFFERS)


def _print(found: Verification, *, as_json: bool, again: str) -> None:
    if as_json:
        sides = ("number", "expected", "found")
        told = [
            {"what": each.name} | {side: getattr(each, side) for side in sides} for each in found.differences
        ]
        print(json.dumps({"ok": found.ok, **asdict(found), "differences": told}))
        return
    print(f"{found.events:,} events in the chain{again}.")
    if found.chain_head:
        print(f"The chain ends in {found.chain_head}.")
    if found.ok:
        print("Nothing differs.")
        return
    table = Table("event", "what", "expected", "found")
    for each in found.differences:
        number = "" if each.number is None else f"{each.number:,}"
        table.add_row(number, escape(each.name), _side(each.expected), _side(each.found))
    Console().print(table)


def _side(text: str | None) -> str:
    if text is None:
        return "nothing"
    return escape(text if len(text) <= SIDE_CHARACTERS_MAX else f"{text[:SIDE_CHARACTERS_MAX]}…")

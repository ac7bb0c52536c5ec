"""Run all benchmarks, or those named: ``python -m benchmarks [NAME …]``."""

import importlib
import sys

from rich.console import Console
from rich.table import Table

from benchmarks.ground import servers
from benchmarks.measurement import Measurement

NAMES = (
    "ticks",
    "ingesting",
    "decisions",
    "end_to_end",
    "loading",
    "following",
    "serving",
    "tenancy",
    "signing_in",
    "callbacks",
    "trading",
    "reconciling",
    "rebuilding",
    "advising",
    "proof",
    "page",
)


def main() -> None:
    """Measure and print a table; the exit code says nothing, machines are noisy."""
    names = sys.argv[1:] or NAMES
    console = Console()
    with servers() as addresses:
        for name in names:
            console.print(_table(name, list(importlib.import_module(f"benchmarks.{name}").run(addresses))))


def _table(name: str, measurements: list[Measurement]) -> Table:
    table = Table("figure", "value", "promised", "kept", title=name)
    for each in measurements:
        sign = "≥" if each.better == "more" else "≤"
        promised = "" if each.target is None else f"{sign} {each.target:,g} {each.unit}"
        kept = {None: "", True: "yes", False: "NO"}[each.kept]
        table.add_row(
            each.name,
            f"{each.value:,.3g} {each.unit}" if each.value < 1000 else f"{each.value:,.0f} {each.unit}",
            promised,
            kept,
        )
    return table


main()

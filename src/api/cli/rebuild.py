"""``ballast rebuild``: drop and rebuild read models from the events, and prove that nothing differed."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from api.cli.failure import Failure
from api.cli.opening import opened
from api.cli.options import Data, Json
from api.collector import calm_the_collector
from projections.audit.chain import CHAIN
from projections.catalogue import BY_NAME, READ_MODELS
from projections.rebuild import Rebuild, Rebuilt

DIFFERS = 1


def rebuild(
    read_model: Annotated[str | None, typer.Argument(help="One read model; all when left out.")] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Rebuild one read model or all of them from the events; exit code 1 when a live one differed."""
    if read_model == CHAIN:
        raise Failure(
            "The audit chain is never rebuilt: a new one would prove nothing. Try ballast verify.", 2
        )
    if read_model is not None and read_model not in BY_NAME:
        raise Failure(f"There is no read model {read_model}; there are {', '.join(BY_NAME)}.", 2)
    models = [BY_NAME[read_model]] if read_model else list(READ_MODELS)
    bar = Progress(
        TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        console=Console(stderr=True),
    )  # fmt: skip
    calm_the_collector()
    rebuilt = []
    with opened(data, "a rebuild") as (house, _), house.pool.connection() as connection, bar:
        for model in models:
            task = bar.add_task(model.name, total=None)
            done = Rebuild(connection, house.log, model).run(
                lambda events, total, task=task: bar.update(task, completed=events, total=total)  # type: ignore[misc]
            )
            rebuilt.append(done)
    _print(rebuilt, as_json=as_json)
    if not all(each.equal for each in rebuilt):
        raise SystemExit(DIFFERS)


def _print(rebuilt: list[Rebuilt], *, as_json: bool) -> None:
    if as_json:
        fields = ("name", "events", "rows", "only_live", "only_rebuilt", "equal")
        print(json.dumps([{field: getattr(each, field) for field in fields} for each in rebuilt]))
        return
    table = Table("read model", "events", "rows", "live = rebuilt")
    for each in rebuilt:
        verdict = (
            "equal" if each.equal else f"{each.only_live} rows only live, {each.only_rebuilt} only rebuilt"
        )
        table.add_row(each.name, f"{each.events:,}", f"{each.rows:,}", verdict)
    Console().print(table)

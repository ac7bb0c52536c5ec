"""``ballast rebuild``: rebuild read models and snapshots from the events, and prove that nothing differed."""

import json
from functools import partial
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.cli.failure import Failure
from api.cli.opening import opened
from api.cli.options import Data, Json
from api.cli.progress import progress
from api.collector import calm_the_collector
from projections.audit.chain import CHAIN
from projections.audit.snapshots import SNAPSHOTS, mend
from projections.catalogue import BY_NAME, READ_MODELS
from projections.rebuild import Rebuild, Rebuilt

DIFFERS = 1


def rebuild(
    read_model: Annotated[
        str | None, typer.Argument(help="One read model, or snapshots; all of it when left out.")
    ] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Rebuild read models and snapshots from the events; exit code 1 when a live one differed."""
    if read_model == CHAIN:
        raise Failure(
            "The audit chain is never rebuilt: a new one would prove nothing. Try ballast verify.", 2
        )
    names = [*BY_NAME, SNAPSHOTS]
    if read_model is not None and read_model not in names:
        raise Failure(f"There is no read model {read_model}; there are {', '.join(names)}.", 2)
    calm_the_collector()
    models = [model for model in READ_MODELS if read_model in (None, model.name)]
    rebuilt = []
    with opened(data, "a rebuild") as (house, _), house.pool.connection() as connection, progress() as tell:
        if models:
            rebuilt += Rebuild(connection, house.log, models).run(tell)
        if read_model in (None, SNAPSHOTS):
            rebuilt.append(mend(connection, house.snapshots, partial(tell, SNAPSHOTS)))
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

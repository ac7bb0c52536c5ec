"""The read models' side of the schema: tables that are missing are made, changed ones are rebuilt."""

from collections.abc import Sequence
from typing import Any

from psycopg import Connection

from domain.policy import hash_of
from domain.streams import STREAM_TYPES
from projections.inline import append_function
from projections.read_model import ReadModel
from projections.shape import shape_of
from projections.tenancy import secure, secure_changed

UNFINISHED = "to be rebuilt"


def prepare(connection: Connection[dict[str, Any]], models: Sequence[ReadModel]) -> list[str]:
    """Make missing tables and the append function; answer the names of models that need a rebuild.

    A model whose definition has changed is emptied here, in its new shape, so that the function matches it.
    Its new definition counts only once the rebuild is done: one that is interrupted is answered again.
    """
    stale = []
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(hashtextextended('ballast read models', 0))")
        rows = connection.execute("select name, definition from read_models").fetchall()
        known = {row["name"]: row["definition"] for row in rows}
        for model in models:
            definition = definition_of(model)
            if known.get(model.name) == definition:
                secure_changed(connection, model)
                continue
            _create(connection, model)
            if _has_events(connection):
                stale.append(model.name)
                _record(connection, model, UNFINISHED)
            else:
                record_definition(connection, model)
        inline = [model for model in models if model.kind == "inline"]
        connection.execute(append_function(inline))
    return stale


def record_definition(connection: Connection[dict[str, Any]], model: ReadModel) -> None:
    """Remember that a model's tables have its present shape, with every event in them."""
    _record(connection, model, definition_of(model))


def _record(connection: Connection[dict[str, Any]], model: ReadModel, definition: str) -> None:
    connection.execute(
        "insert into read_models (name, definition) values (%s, %s)"
        " on conflict (name) do update set definition = excluded.definition",
        (model.name, definition),
    )


def _create(connection: Connection[dict[str, Any]], model: ReadModel) -> None:
    for table in model.tables:
        connection.execute(f"drop table if exists public.{table.name}")
        for statement in [*table.create(), *table.create_keys()]:
            connection.execute(statement)
        secure(connection, table)
    connection.execute("delete from followers where name = %s", (model.name,))


def _has_events(connection: Connection[dict[str, Any]]) -> bool:
    return connection.execute("select from stored_events limit 1").fetchone() is not None


def definition_of(model: ReadModel) -> str:
    """A model's tables in one hash, and the shape of the states that its rows are made of, where it reads them."""
    kinds = sorted({event.stream_kind for event in model.hears}) if model.needs_state else []
    told = [table.definition() for table in model.tables]
    told += [shape_of(STREAM_TYPES[kind].state_type) for kind in kinds]
    return hash_of("; ".join(told))

"""What ids stand for that something was asked with, as far as a person may see it."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal, LiteralString, NamedTuple
from uuid import UUID

from psycopg import Connection

from projections import runs
from projections.members import OF_MEMBER

Kind = Literal["order", "recommendation", "run", "position", "portfolio"]
NARROWEST_FIRST: Sequence[Kind] = ("order", "recommendation", "run", "position", "portfolio")


class Subject(NamedTuple):
    """``position_id`` is an order's; ``name`` a symbol, a portfolio's name, or the kind of a run or of advice."""

    kind: Kind
    id: UUID
    portfolio_id: UUID | None
    position_id: UUID | None
    name: str


FOUND: LiteralString = f"""
    select 'order' as kind, order_id as id, portfolio_id, position_id, symbol as name, client_order_id as also
    from orders where (order_id = any(%(ids)s) or client_order_id = any(%(names)s)) and {OF_MEMBER}
    union all
    select 'recommendation', recommendation_id, portfolio_id, null, kind, null
    from recommendations where recommendation_id = any(%(ids)s) and {OF_MEMBER}
    union all
    select 'run', run_id, portfolio_id, null, kind, null
    from runs where run_id = any(%(ids)s) and {runs.MINE}
    union all
    select 'position', position_id, portfolio_id, null, symbol, null
    from positions where position_id = any(%(ids)s) and {OF_MEMBER}
    union all
    select 'portfolio', portfolio_id, portfolio_id, null, title, null
    from portfolios where portfolio_id = any(%(ids)s) and {OF_MEMBER}"""


def of(
    connection: Connection[dict[str, Any]], member: str, asked: Sequence[Sequence[Any]]
) -> list[list[Subject]]:
    """For each list of arguments what it is about: of all that it names, what says most, such as its orders."""
    names = [list(_texts(each)) for each in asked]
    known = _known(connection, member, sorted({name for each in names for name in each}))
    return [_narrowest([known[name] for name in each if name in known]) for each in names]


def _known(connection: Connection[dict[str, Any]], member: str, names: list[str]) -> dict[str, Subject]:
    ids = [found for found in map(_as_id, names) if found is not None]
    rows = connection.execute(FOUND, {"ids": ids, "names": names, "member": member}).fetchall()
    known: dict[str, Subject] = {}
    for row in rows:
        also = row.pop("also")
        subject = Subject(**row)
        known |= {str(subject.id): subject} | ({} if also is None else {also: subject})
    return known


def _narrowest(found: list[Subject]) -> list[Subject]:
    kind = next((kind for kind in NARROWEST_FIRST if any(each.kind == kind for each in found)), None)
    return list(dict.fromkeys(each for each in found if each.kind == kind))


def _texts(argument: object) -> Iterable[str]:
    if isinstance(argument, str):
        yield argument
    elif isinstance(argument, Sequence):
        for each in argument:
            yield from _texts(each)


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None

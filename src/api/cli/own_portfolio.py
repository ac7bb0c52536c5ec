"""The portfolio that a command is about: the one that is named, or the only one there is."""

from uuid import UUID

from api.wiring import House
from domain.access.person import LOCAL
from domain.refusals import Conflict, NotFound
from projections import members, portfolios


def own_portfolio(house: House, named: UUID | None) -> UUID:
    """Its id. Raises NotFound for one that is not there, and Conflict where none is named and there is a choice."""
    with house.pool.connection() as connection:
        if named is not None and not members.sees(connection, LOCAL, named):
            raise NotFound("portfolio", named)
        mine = portfolios.page(connection, LOCAL, None, 2)
    if named is None and len(mine) != 1:
        raise Conflict("Name the portfolio with --portfolio; there is not exactly one.")
    return named or mine[0].id

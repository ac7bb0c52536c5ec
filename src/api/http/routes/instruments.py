"""Instruments: the securities as such, one for each ISIN."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.http.answers import encode, json_answer, page_answer, renamed
from api.http.asked import After, Limit, TheHouse, UpToDate, id_after
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.fields import Body, Isin, Text
from api.http.operators import ByOperators
from api.http.problems import refuse_null
from api.http.schemas import Instrument, Page
from api.http.strict_request import StrictRoute
from domain.instrument import Distribution, Kind, Particulars
from domain.instrument import Instrument as State
from domain.refusals import NotFound
from projections import instruments as rows

router = APIRouter(prefix="/instruments", tags=["listings"], route_class=StrictRoute)

CREATED = 201


class Told(Body):
    """What is left out is not known yet, or stays as it is."""

    isin: Isin | None = None
    name: Text | None = None
    kind: Kind | None = None
    distribution: Distribution | None = None

    def particulars(self) -> Particulars:
        """What is told, as the domain has it."""
        return Particulars(isin=self.isin, title=self.name, kind=self.kind, distribution=self.distribution)


@router.post("", responses=answers(Instrument, CREATED), response_model=None, status_code=CREATED)
def register(house: TheHouse, command: ACommand, body: Told) -> Response:
    """Make an instrument known; of the one that has its ISIN already, what was not known is learnt."""
    told = body.particulars()
    return command.run(lambda cause: house.keep_instruments.register(cause, told), _written, CREATED)


@router.patch(
    "/{instrument_id}", responses=answers(Instrument), response_model=None, dependencies=[ByOperators]
)
def change(house: TheHouse, command: ACommand, instrument_id: UUID, body: Told) -> Response:
    """Tell more of an instrument, or something else. An ISIN that it has remains."""
    refuse_null(body)
    told = body.particulars()
    return command.run(lambda cause: house.keep_instruments.change(cause, instrument_id, told), _written)


@router.get("", responses=answers(Page[Instrument]), response_model=None, dependencies=[UpToDate])
def page(house: TheHouse, isin: Isin | None = None, after: After = None, limit: Limit = 100) -> Response:
    """Instruments in the order of their ids."""
    with house.pool.connection() as connection:
        found = rows.page(connection, isin, id_after(after), limit)
    cursor = str(found[-1]["instrument_id"]) if len(found) == limit else None
    return page_answer([_row(row) for row in found], cursor)


@router.get("/{instrument_id}", responses=answers(Instrument), response_model=None, dependencies=[UpToDate])
def one(house: TheHouse, instrument_id: UUID) -> Response:
    """One instrument."""
    with house.pool.connection() as connection:
        row = rows.one(connection, instrument_id)
    if row is None:
        raise NotFound("instrument", instrument_id)
    return json_answer(encode(_row(row)))


def _row(row: dict[str, object]) -> dict[str, object]:
    return renamed(
        row, id="instrument_id", isin="isin", name="title", kind="kind", distribution="distribution"
    )


def _written(instrument: State) -> bytes:
    known = instrument.particulars
    return encode(
        {
            "id": instrument.id,
            "isin": known.isin,
            "name": known.title,
            "kind": known.kind,
            "distribution": known.distribution,
        }
    )

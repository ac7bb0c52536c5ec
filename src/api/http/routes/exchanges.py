"""Where most listings are, and in which units prices come."""

from fastapi import APIRouter, Response

from api.http.access import Principal
from api.http.answers import encode, json_answer
from api.http.documents import answers
from api.http.schemas.exchanges import Exchanges
from api.http.strict_request import StrictRoute
from domain.money import CALLED, MINOR_QUOTE_UNITS, WRITTEN
from domain.numbers import plain
from domain.venues import VENUES, Venue

router = APIRouter(prefix="/exchanges", tags=["listings"], route_class=StrictRoute)


@router.get("", responses=answers(Exchanges), response_model=None)
def get(_: Principal) -> Response:
    """Exchanges to propose, each with its usual currency and quote unit, and the units that are parts of a currency."""
    units = [
        {"unit": WRITTEN.get(unit, unit), "currency": currency, "scale": plain(scale), "called": CALLED[unit]}
        for unit, (currency, scale) in MINOR_QUOTE_UNITS.items()
    ]
    return json_answer(encode({"items": [_shown(each) for each in VENUES], "units": units}))


def _shown(venue: Venue) -> dict[str, str]:
    return {
        "exchange": venue.exchange,
        "name": venue.name,
        "currency": venue.currency,
        "quote_unit": venue.quote_unit,
    }

"""Where a portfolio's prices come from. Keys only ever go in."""

from typing import Any

from fastapi import APIRouter, Response
from pydantic import Field

from api.http.answers import encode, json_answer
from api.http.asked import OwnPortfolio, TheHouse, UpToDate
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.fields import Body
from api.http.problems import invalid
from api.http.routes.brokers import KeyPair, Secret
from api.http.routes.runs import ACCEPTED, requested
from api.http.schemas.market_data import MarketData
from api.http.schemas.runs import Run
from api.http.strict_request import StrictRoute
from application.market_data.set_providers import Listed
from application.ports.broker import Credentials
from application.ports.provider_keys import ProviderSecret
from domain.market_data.providers import Provider

router = APIRouter(prefix="/portfolios/{portfolio_id}/market-data", tags=["prices"], route_class=StrictRoute)

PROVIDERS_MAX = 10


class ProviderIn(Provider):
    """A provider, with its key when that is new: ``key`` for http, ``credentials`` for Alpaca. Both are write-only."""

    key: Secret | None = None
    credentials: KeyPair | None = None

    @property
    def described(self) -> Provider:
        """What anybody may know of it."""
        return Provider(**{name: getattr(self, name) for name in Provider.model_fields})


class Wanted(Body):
    """The whole list, in the order in which they are asked."""

    providers: list[ProviderIn] = Field(max_length=PROVIDERS_MAX)


@router.put("", responses=answers(MarketData), response_model=None)
def put(house: TheHouse, command: ACommand, portfolio_id: OwnPortfolio, body: Wanted) -> Response:
    """Ask these providers from now on, in this order. A key that was given before stays, unless the host changes."""
    wanted, given = [each.described for each in body.providers], _secrets(body)
    return command.run(lambda cause: house.set_providers(cause, portfolio_id, wanted, given), _written)


@router.get("", responses=answers(MarketData), response_model=None, dependencies=[UpToDate])
def get(house: TheHouse, portfolio_id: OwnPortfolio) -> Response:
    """The providers in the order in which they are asked."""
    return json_answer(_written(house.set_providers.listed(portfolio_id)))


@router.post("/refresh", responses=answers(Run, ACCEPTED), response_model=None, status_code=ACCEPTED)
def refresh(house: TheHouse, command: ACommand, portfolio_id: OwnPortfolio) -> Response:
    """Ask the providers now for what the portfolio watches; a run, whose summary says what came."""
    return requested(house, command, portfolio_id, "price_refresh")


def _secrets(body: Wanted) -> dict[int, ProviderSecret]:
    """The keys by the providers' places. Raises Problem 422 for one of the wrong kind."""
    found, wrong = dict[int, ProviderSecret](), []
    for place, each in enumerate(body.providers):
        if each.key is not None and each.kind != "http":
            wrong.append((f"providers[{place}].key", "Only a provider of the kind http has one."))
        elif each.credentials is not None and each.kind != "alpaca":
            wrong.append((f"providers[{place}].credentials", "Only a provider of the kind alpaca has them."))
        elif each.key is not None:
            found[place] = each.key
        elif each.credentials is not None:
            found[place] = Credentials(each.credentials.key_id, each.credentials.secret_key)
    if wrong:
        raise invalid(*wrong)
    return found


def _written(listed: list[Listed]) -> bytes:
    return encode({"providers": [_json(each) for each in listed]})


def _json(listed: Listed) -> dict[str, Any]:
    return listed.provider.model_dump(mode="json") | {"has_key": listed.has_key}

"""The proof that nothing was changed, for whoever asks."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api.http.access import Principal
from api.http.answers import encode, json_answer, moment
from api.http.asked import TheHouse
from api.http.documents import answers
from api.http.schemas.audit import ChainStanding
from api.http.schemas.audit import Verification as Verified
from api.http.schemas.audit import Verifying as BeingVerified
from api.http.strict_request import StrictRoute
from api.http.verifying import UnderWay, Verifying
from domain.audit.chain_told import ChainTold
from domain.audit.difference import Difference
from domain.policy import hash_of
from projections.audit.chain import chain_end

router = APIRouter(prefix="/audit", tags=["proof"], route_class=StrictRoute)

PATIENCE_SECONDS = 20.0
HEADS_SHOWN = 24


async def the_verifying(request: Request) -> Verifying:
    """What verifies in this process."""
    verifying: Verifying = request.app.state.verifying
    return verifying


@router.get("/verify", responses=answers(Verified, s202=BeingVerified), response_model=None)
def verify(verifying: Annotated[Verifying, Depends(the_verifying)], _: Principal) -> Response:
    """Hold the log against its chain, decide again, rebuild beside. What takes longer answers 202: ask again.

    A log has many owners: what their portfolios hold, and the keys of their rows, are told by their hashes; `ballast
    verify` tells them in clear.
    """
    found = verifying.ask(PATIENCE_SECONDS)
    if isinstance(found, UnderWay):
        answer = json_answer(
            encode({"step": found.step, "done": found.done, "in_all": found.in_all}), HTTPStatus.ACCEPTED
        )
        answer.headers["Retry-After"] = "5"
        return answer
    content = {
        "ok": found.ok,
        "events": found.events,
        "chain_head": found.chain_head,
        "decisions": found.decisions,
        "differences": [_told(each) for each in found.differences],
        "inputs_retired": found.inputs_retired,
        "not_verified": [*found.not_verified],
    }
    return json_answer(encode(content))


@router.get("/chain", responses=answers(ChainStanding), response_model=None)
def chain(house: TheHouse, _: Principal) -> Response:
    """How far the chain of hashes goes, when the log was last verified, and the latest heads that are kept outside."""
    with house.house_pool.connection() as connection:
        last, end = house.log.last_number(connection), chain_end(connection)
    latest, heads = house.verifications.latest(), list(house.heads.all())
    content = {
        "sentence": ChainTold(
            last, end.number if end else 0, latest.differences if latest else None
        ).sentence(),
        "events": last,
        "chained": end.number if end else 0,
        "head": end.hash.hex() if end else None,
        "verified": latest and latest._asdict() | {"ended_at": moment(latest.ended_at)},
        "heads_kept": len(heads),
        "heads": [
            {"number": each.number, "hash": each.hash, "at": moment(each.at)}
            for each in reversed(heads[-HEADS_SHOWN:])
        ],
    }
    return json_answer(encode(content))


def _told(difference: Difference) -> dict[str, object]:
    def side(text: str | None) -> str | None:
        return hash_of(text) if text and difference.is_content else text

    key = side(difference.key)
    return {
        "number": difference.number,
        "what": f"{difference.what} {key}" if key else difference.what,
        "expected": side(difference.expected),
        "found": side(difference.found),
    }

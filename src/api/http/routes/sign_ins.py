"""One's own sign-ins: where one is signed in, and an end to it. See also `POST /auth/logout`."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api.http.access import ACaller, Principal
from api.http.answers import encode, json_answer, moment
from api.http.asked import TheHouse
from api.http.documents import answers
from api.http.schemas.access import OwnSignIn, SignedOut
from api.http.schemas.answer import Page
from api.http.signed_in import InPerson, TheCallers
from api.http.strict_request import StrictRoute
from application.ports.access import KnownSignIn
from domain.refusals import NotFound

router = APIRouter(prefix="/auth/sign-ins", tags=["sign-in"], route_class=StrictRoute)


@router.get("", responses=answers(Page[OwnSignIn]), response_model=None)
def page(house: TheHouse, principal: Principal, caller: ACaller) -> Response:
    """Wherever one is signed in, the newest first. In open mode nobody is."""
    now, own = house.ledger.clock(), caller and caller.secret_hash
    items = [
        _json(each, is_this=each.secret_hash == own)
        for each in house.sign_ins.of(principal)
        if not each.sign_in.is_over(now)
    ]
    return json_answer(encode({"items": items, "next": None}))


@router.delete("", responses=answers(SignedOut), response_model=None)
def end_others(house: TheHouse, callers: TheCallers, caller: InPerson) -> Response:
    """Sign out everywhere but here."""
    ended = house.sign_ins.end_all(caller.user_id, but=caller.secret_hash)
    callers.forget()
    return json_answer(encode({"ended": ended}))


@router.delete("/{sign_in_id}", responses=answers(SignedOut), response_model=None)
def end(house: TheHouse, callers: TheCallers, caller: InPerson, sign_in_id: UUID) -> Response:
    """Sign out there. 404 for a sign-in that is over, or another person's."""
    ended = house.sign_ins.end_one(caller.user_id, sign_in_id)
    if not ended:
        raise NotFound("sign-in", sign_in_id)
    callers.forget()
    return json_answer(encode({"ended": ended}))


def _json(known: KnownSignIn, *, is_this: bool) -> dict[str, Any]:
    return {
        "id": str(known.id),
        "is_this": is_this,
        "came_from": known.came_from,
        "begun_at": moment(known.sign_in.begun_at),
        "seen_at": moment(known.sign_in.seen_at),
        "ends_at": moment(known.sign_in.ends_at),
    }

"""One's second factor: offered, confirmed by a first code, removed."""

from collections.abc import Sequence

from fastapi import APIRouter, Response
from pydantic import SecretStr

from api.http.answers import encode, json_answer
from api.http.asked import TheHouse
from api.http.documents import answers
from api.http.fields import Body
from api.http.schemas.access import RecoveryCodes, SecondFactorGone, SecondFactorOffered
from api.http.signed_in import AnAccount, Code, Proven
from api.http.strict_request import StrictRoute

router = APIRouter(prefix="/auth/second-factor", tags=["sign-in"], route_class=StrictRoute)


class Confirmation(Body):
    code: Code


@router.post("", responses=answers(SecondFactorOffered), response_model=None, dependencies=[Proven])
def begin(house: TheHouse, account: AnAccount) -> Response:
    """Offer a secret for a device. Nobody is asked for codes before one has been given."""
    offered = house.second_factor.begin(account)
    told = {"secret": offered.secret.get_secret_value(), "uri": offered.uri.get_secret_value()}
    return json_answer(encode(told))


@router.post("/confirm", responses=answers(RecoveryCodes), response_model=None)
def confirm(house: TheHouse, account: AnAccount, body: Confirmation) -> Response:
    """Give a first code; from now on signing in takes one. The answer has the recovery codes: write them down."""
    return json_answer(_told(house.second_factor.confirm(account, body.code)))


@router.post("/recovery-codes", responses=answers(RecoveryCodes), response_model=None, dependencies=[Proven])
def renew(house: TheHouse, account: AnAccount) -> Response:
    """Other recovery codes; those before count no more."""
    return json_answer(_told(house.second_factor.renew_recovery(account)))


@router.delete("", responses=answers(SecondFactorGone), response_model=None, dependencies=[Proven])
def remove(house: TheHouse, account: AnAccount) -> Response:
    """Sign in without codes again."""
    return json_answer(encode({"removed": house.second_factors.remove(account.user_id)}))


def _told(codes: Sequence[SecretStr]) -> bytes:
    return encode({"recovery_codes": [code.get_secret_value() for code in codes]})

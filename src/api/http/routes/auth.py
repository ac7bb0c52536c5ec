"""Sign in, sign out, say who one is, and prove it again."""

from functools import partial
from http import HTTPStatus
from typing import Annotated, Literal, NoReturn

from fastapi import APIRouter, Request, Response
from pydantic import Field, SecretStr, StrictBool

from api.http import cookies
from api.http.access import LOCAL, ACaller, Principal
from api.http.answers import encode, json_answer, moment
from api.http.asked import TheHouse
from api.http.documents import answers
from api.http.fields import Body, Label
from api.http.problems import Problem
from api.http.schemas.access import Me, SignedOut
from api.http.signed_in import InPerson, TheCallers, TheSite, Turns
from api.http.site import address_of
from api.http.strict_request import StrictRoute
from application.access.recognise import Caller
from application.ports.access import Account
from domain.access.person import PASSWORD_CHARACTERS_MAX
from domain.access.sign_in import PROOF, SignIn

router = APIRouter(prefix="/auth", tags=["sign-in"], route_class=StrictRoute)

Password = Annotated[SecretStr, Field(min_length=1, max_length=PASSWORD_CHARACTERS_MAX)]
Auth = Literal["open", "password", "oidc"]


class Credentials(Body):
    name: Label
    password: Password


class Leaving(Body):
    """``everywhere`` ends all of one's sign-ins, on other devices too."""

    everywhere: StrictBool = False


class Proof(Body):
    password: Password


class NewPassword(Body):
    password: Password
    new_password: Password


@router.post("/login", responses=answers(Me), response_model=None)
async def login(
    request: Request, house: TheHouse, site: TheSite, turns: Turns, body: Credentials
) -> Response:
    """Sign in; the answer brings a cookie. Whatever is wrong, the answer is the same and takes as long."""
    _require_passwords(request)
    secret_before = cookies.secret_in(request.headers, request.scope, site)
    begun = await turns.run(
        partial(house.sign_in_by_password, body.name, body.password, address_of(request.scope), secret_before)
    )
    answer = json_answer(_me(request.app.state.auth, begun.account, begun.sign_in))
    cookies.put(answer, request.scope, site, begun.secret)
    return answer


@router.post("/logout", responses=answers(SignedOut), response_model=None)
def logout(
    request: Request,
    house: TheHouse,
    site: TheSite,
    callers: TheCallers,
    caller: InPerson,
    body: Leaving | None = None,
) -> Response:
    """Sign out here, or everywhere."""
    if body is not None and body.everywhere:
        ended = house.sign_ins.end_all(caller.user_id)
    else:
        ended = house.sign_ins.end(caller.secret_hash)
    callers.forget()
    answer = json_answer(encode({"ended": ended}))
    cookies.take_away(answer, request.scope, site)
    return answer


@router.get("/me", responses=answers(Me), response_model=None)
def me(request: Request, house: TheHouse, principal: Principal, caller: ACaller) -> Response:
    """Who asks. Nobody is answered 401, with `auth` saying how one signs in here."""
    auth: Auth = request.app.state.auth
    account = house.accounts.by_id(principal)
    if caller is None:
        return json_answer(_described(auth, LOCAL, account.name if account else LOCAL, "machine"))
    known = account or _gone()
    if caller.sign_in is None:
        return json_answer(_described(auth, known.user_id, known.name, "token", caller))
    return json_answer(_me(auth, known, caller.sign_in))


@router.post("/proof", responses=answers(Me), response_model=None)
async def prove(
    request: Request, house: TheHouse, callers: TheCallers, turns: Turns, caller: InPerson, body: Proof
) -> Response:
    """Prove again who one is, for what wants that within the last five minutes."""
    _require_passwords(request)
    account = await turns.run(lambda: house.accounts.by_id(caller.user_id)) or _gone()
    sign_in = await turns.run(
        lambda: house.sign_in_by_password.prove(
            caller.secret_hash, account, body.password, address_of(request.scope)
        )
    )
    callers.forget()
    return json_answer(_me(request.app.state.auth, account, sign_in))


@router.post("/password", responses=answers(Me), response_model=None)
async def change_password(
    request: Request, house: TheHouse, callers: TheCallers, turns: Turns, caller: InPerson, body: NewPassword
) -> Response:
    """Another password; every other sign-in ends. Tokens go on: remove them where they are not wanted."""
    _require_passwords(request)
    account = await turns.run(lambda: house.accounts.by_id(caller.user_id)) or _gone()
    sign_in = await turns.run(
        lambda: house.sign_in_by_password.change_password(
            caller.secret_hash, account, body.password, body.new_password, address_of(request.scope)
        )
    )
    callers.forget()
    return json_answer(_me(request.app.state.auth, account, sign_in))


def _require_passwords(request: Request) -> None:
    if request.app.state.auth != "password":
        sentence = "Nobody signs in with a password here; BALLAST_AUTH says how one does."
        raise Problem(HTTPStatus.NOT_FOUND, sentence)


def _gone() -> NoReturn:
    raise Problem(HTTPStatus.UNAUTHORIZED, "This account is gone.")


def _me(auth: Auth, account: Account, sign_in: SignIn) -> bytes:
    return _described(auth, account.user_id, account.name, "sign_in", None, sign_in)


def _described(
    auth: Auth,
    user_id: str,
    name: str,
    via: Literal["machine", "sign_in", "token"],
    caller: Caller | None = None,
    sign_in: SignIn | None = None,
) -> bytes:
    return encode(
        {
            "auth": auth,
            "id": user_id,
            "name": name,
            "via": via,
            "scope": caller.scope if caller else "trade",
            "ends_at": moment(sign_in.ends_at if sign_in else None),
            "proven_until": moment(sign_in.proven_at + PROOF if sign_in else None),
        }
    )

"""Sign in, sign out, say who one is, and prove it again."""

from functools import partial
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field, SecretStr, StrictBool

from api.http import browser_cookie, cookies, me
from api.http.access import ACaller, Principal
from api.http.answers import encode, json_answer
from api.http.asked import TheHouse
from api.http.documents import answers
from api.http.fields import Body, Label
from api.http.problems import Problem, invalid
from api.http.schemas.access import Me, SignedOut
from api.http.signed_in import AnAccount, Code, InPerson, TheCallers, TheSite, Turns, gone
from api.http.site import address_of, came_from
from api.http.strict_request import StrictRoute
from api.wiring import House
from application.access.sign_in import Begun, CountedTry
from application.ports.access import Account, Whereabouts
from domain.access.person import PASSWORD_CHARACTERS_MAX
from domain.access.sign_in import SignIn

router = APIRouter(prefix="/auth", tags=["sign-in"], route_class=StrictRoute)

Password = Annotated[SecretStr, Field(min_length=1, max_length=PASSWORD_CHARACTERS_MAX)]


class Credentials(Body):
    """``code`` is a one-time code, or a recovery code, of who has a second factor."""

    name: Label
    password: Password
    code: Code | None = None


class Leaving(Body):
    """``everywhere`` ends all of one's sign-ins, on other devices too."""

    everywhere: StrictBool = False


class Proof(Body):
    """A one-time code of who has a second factor, the password of anybody else."""

    password: Password | None = None
    code: Code | None = None


class NewPassword(Body):
    password: Password
    new_password: Password


@router.post("/login", responses=answers(Me), response_model=None)
async def login(
    request: Request, house: TheHouse, site: TheSite, callers: TheCallers, turns: Turns, body: Credentials
) -> Response:
    """Sign in; the answer brings a cookie. A name that is not there is answered as a wrong password, as late.

    Who has a second factor is answered 401 with the type `/problems/code-missing` until the code is given too.
    """
    _require_passwords(request)
    before = cookies.secret_in(request.headers, request.scope, site)
    browser = browser_cookie.found(request.headers, request.scope, site, house.browser_seals, body.name)
    at = Whereabouts(address_of(request.scope), browser, came_from(request.scope))
    sign_in = house.sign_in_by_password

    def signed_in(counted: CountedTry) -> tuple[Begun, bytes]:
        begun = sign_in(counted, body.password, body.code, before)
        return begun, _me(request, house, begun.account, begun.sign_in)

    async with turns.of_stranger(at.address) if browser is None else turns.of_known(browser) as turn:
        counted = await turn.count(partial(sign_in.count, body.name, at))
        begun, told = await turn.judge(partial(signed_in, counted))
    answer = json_answer(told)
    cookies.put(answer, request.scope, site, begun.secret)
    callers.expect(begun.secret.get_secret_value())
    browser_cookie.put(answer, request.scope, site, house.browser_seals, body.name)
    return answer


@router.get(
    "/browser/{browser_pass}",
    response_class=RedirectResponse,
    status_code=HTTPStatus.SEE_OTHER,
    include_in_schema=False,
)
def know_browser(request: Request, house: TheHouse, site: TheSite, browser_pass: str) -> Response:
    """Know this browser as one of the person's whom `ballast user pass` gave the address to. It signs nobody in."""
    _require_passwords(request)
    value = house.browser_seals.cookie_for(browser_pass, house.ledger.clock())
    if value is None:
        raise Problem(HTTPStatus.NOT_FOUND, "This pass is over, or is none; ask for another one.")
    answer = RedirectResponse("/ui/", HTTPStatus.SEE_OTHER)
    browser_cookie.keep(answer, request.scope, site, value)
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
def who_asks(request: Request, house: TheHouse, principal: Principal, caller: ACaller) -> Response:
    """Who asks. Nobody is answered 401, with `auth` saying how one signs in here."""
    account = house.accounts.by_id(principal)
    if caller is None:
        return json_answer(me.at_this_machine(account))
    known = account or gone()
    if caller.sign_in is not None:
        return json_answer(_me(request, house, known, caller.sign_in))
    second_factor = house.second_factors.is_confirmed(known.user_id)
    return json_answer(me.by_token(request.app.state.auth, known, caller.scope, second_factor=second_factor))


@router.post("/proof", responses=answers(Me), response_model=None)
async def prove(
    request: Request,
    house: TheHouse,
    callers: TheCallers,
    turns: Turns,
    caller: InPerson,
    account: AnAccount,
    body: Proof,
) -> Response:
    """Prove again who one is, for what wants that within the last five minutes."""

    def proven() -> bytes:
        if house.second_factors.is_confirmed(account.user_id):
            sign_in = house.sign_in_by_password.prove_by_code(caller.secret_hash, account, body.code)
        else:
            password = _password_of(request, body)
            sign_in = house.sign_in_by_password.prove(caller.secret_hash, account, password)
        return _me(request, house, account, sign_in)

    async with turns.of_known(caller.secret_hash.hex()) as turn:
        answer = json_answer(await turn.judge(proven))
    callers.forget()
    return answer


@router.post("/password", responses=answers(Me), response_model=None)
async def change_password(
    request: Request,
    house: TheHouse,
    callers: TheCallers,
    turns: Turns,
    caller: InPerson,
    account: AnAccount,
    body: NewPassword,
) -> Response:
    """Another password; every other sign-in ends. Tokens go on: remove them where they are not wanted."""
    _require_passwords(request)

    def changed() -> bytes:
        sign_in = house.sign_in_by_password.change_password(
            caller.secret_hash, account, body.password, body.new_password
        )
        return _me(request, house, account, sign_in)

    async with turns.of_known(caller.secret_hash.hex()) as turn:
        answer = json_answer(await turn.judge(changed))
    callers.forget()
    return answer


def _me(request: Request, house: House, account: Account, sign_in: SignIn) -> bytes:
    second_factor = house.second_factors.is_confirmed(account.user_id)
    return me.signed_in(request.app.state.auth, account, sign_in, second_factor=second_factor)


def _password_of(request: Request, body: Proof) -> SecretStr:
    _require_passwords(request)
    if body.password is None:
        raise invalid(("password", "This field is required."))
    return body.password


def _require_passwords(request: Request) -> None:
    if request.app.state.auth != "password":
        sentence = "Nobody signs in with a password here."
        if request.app.state.auth == "oidc":
            sentence = (
                "People sign in at the issuer here: GET /auth/oidc/login, with fresh=true to prove it again."
            )
        raise Problem(HTTPStatus.NOT_FOUND, sentence)

"""Sign in at the issuer: there, and back again. Both are a browser's own steps, answered by sending it on."""

import re
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import SecretStr

from api.http import cookies, flow_cookie
from api.http.asked import TheHouse
from api.http.problems import Problem
from api.http.signed_in import TheCallers, TheSite
from api.http.site import came_from
from api.http.strict_request import StrictRoute
from application.access.sign_in_at_issuer import SignInAtIssuer

router = APIRouter(prefix="/auth/oidc", tags=["sign-in"], route_class=StrictRoute)

OWN_PAGE = re.compile(r"/ui/[\w\-./?=&%]*", re.ASCII)
HOME = "/ui/"

Text = Annotated[str | None, Query(max_length=4_000)]
Next = Annotated[str, Query(max_length=500, description="The page to come back to, below /ui/")]


def at_issuer(house: TheHouse) -> SignInAtIssuer:
    """Signing in at the issuer. Raises Problem 404 where there is none."""
    if house.sign_in_at_issuer is None:
        raise Problem(
            HTTPStatus.NOT_FOUND, "Nobody signs in at an issuer here; BALLAST_AUTH says how one does."
        )
    return house.sign_in_at_issuer


AtIssuer = Annotated[SignInAtIssuer, Depends(at_issuer)]


@router.get("/login", response_class=RedirectResponse, status_code=HTTPStatus.FOUND, include_in_schema=False)
def login(
    request: Request, issuer: AtIssuer, site: TheSite, next: Next = HOME, fresh: bool = False
) -> Response:
    """Go to the issuer; ``fresh`` has it ask for the password again, for what wants a proof."""
    flow, address = issuer.begin(fresh=fresh)
    answer = RedirectResponse(address, HTTPStatus.FOUND)
    flow_cookie.put(answer, request.scope, site, flow, next if OWN_PAGE.fullmatch(next) else HOME)
    return answer


@router.get(
    "/callback", response_class=RedirectResponse, status_code=HTTPStatus.SEE_OTHER, include_in_schema=False
)
def callback(
    request: Request,
    issuer: AtIssuer,
    site: TheSite,
    callers: TheCallers,
    state: Text = None,
    code: Text = None,
    iss: Text = None,
) -> Response:
    """Come back from the issuer, signed in. It must be the browser that went there, and the issuer it went to."""
    begun = flow_cookie.found(request.headers, request.scope, site)
    if begun is None or state is None or not begun.is_of(state):
        raise _refused("This sign-in was not begun in this browser, or is over; begin it again.")
    if iss is not None and iss != issuer.issuer.name:  # RFC 9207
        raise _refused("Another issuer has answered.")
    if code is None:
        raise _refused("The issuer has let nobody in.")
    before = cookies.secret_in(request.headers, request.scope, site)
    signed_in = issuer.end(SecretStr(code), begun.flow, before, came_from(request.scope))
    answer = RedirectResponse(begun.next, HTTPStatus.SEE_OTHER)
    flow_cookie.take_away(answer, request.scope, site)
    cookies.put(answer, request.scope, site, signed_in.secret)
    callers.expect(signed_in.secret.get_secret_value())
    return answer


def _refused(sentence: str) -> Problem:
    return Problem(HTTPStatus.UNAUTHORIZED, sentence, kind="not-vouched-for")

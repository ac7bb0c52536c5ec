"""The gate before every route where people sign in: who is not recognised gets no further.

A route need not ask for it, so none can forget to. What everybody may ask is listed here, and nowhere else.
"""

from contextlib import suppress
from http import HTTPStatus
from typing import Literal
from urllib.parse import parse_qs

import psycopg
from psycopg_pool import PoolTimeout
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from adapters.seals.browser import BrowserSeals
from api.http import browser_cookie, cookies, problems
from api.http.access import SAFE_METHODS, foreign_origin
from api.http.callers import Callers, Kind
from api.http.problems import Problem
from api.http.request_limits import RequestLimits
from api.http.site import Site, address_of
from application.access.recognise import Caller
from application.ports.issuer import IssuerSilent

EVERYBODY = frozenset(
    {
        "/",
        "/ui",
        "/openapi.json",
        "/health/live",
        "/health/ready",
        "/auth/login",
        "/auth/oidc/login",
        "/auth/oidc/callback",
        "/orders/callback",  # signed in its own way
    }
)
UNCOUNTED = ("/health/", "/orders/callback", "/ui/")
"""What asks often by its nature, and costs little before it is known."""

EVERYBODY_BELOW = ("/ui/", "/orders/callback/", "/auth/browser/")
SIGNING_IN = "/auth/"

TELLS_MORE = "/health/ready"
"""What everybody may ask, and who has signed in is told more of."""

CHALLENGE = 'Bearer realm="Ballast"'

Auth = Literal["password", "oidc"]


class Gate:
    """Lets those through who have signed in or bring a token that may do what is asked."""

    def __init__(
        self,
        app: ASGIApp,
        auth: Auth,
        callers: Callers,
        site: Site,
        limits: RequestLimits,
        browser_seals: BrowserSeals,
    ) -> None:
        self._app = app
        self._auth = auth
        self._callers = callers
        self._site = site
        self._limits = limits
        self._browser_seals = browser_seals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its caller, or answer the problem."""
        if scope["type"] == "http":
            try:
                await self._admit(scope)
            except (Problem, IssuerSilent) as error:
                await problems.answer(problems.as_problem(error))(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _admit(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        changes = scope["method"] not in SAFE_METHODS
        if changes and self._is_foreign(headers):
            raise foreign_origin()
        if is_for_everybody(scope["path"]):
            await self._let_in_anybody(scope, headers)
            return
        caller = await self._recognised(scope, headers)
        if changes and caller.sign_in is not None and not self._comes_from_own_page(headers):
            sentence = "A change under a cookie must say by its Origin that it comes from Ballast's own page."
            raise Problem(HTTPStatus.FORBIDDEN, sentence, kind="no-origin")
        if changes and caller.scope == "read" and not _is_dry_run(scope):
            raise _beyond_its_scope()
        scope.setdefault("state", {})["caller"] = caller

    async def _let_in_anybody(self, scope: Scope, headers: Headers) -> None:
        path = scope["path"]
        if not path.startswith(UNCOUNTED):
            self._count(scope, headers)
        if path == TELLS_MORE:
            with suppress(Problem, IssuerSilent, psycopg.Error, PoolTimeout):
                caller = await self._recognised(scope, headers)
                scope.setdefault("state", {})["caller"] = caller

    def _count(self, scope: Scope, headers: Headers) -> None:
        """Count what everybody may ask; who signs in with a known browser does not stand behind its neighbours."""
        if not scope["path"].startswith(SIGNING_IN):
            self._limits.count_stranger(address_of(scope), "page")
            return
        browser = browser_cookie.known(headers, scope, self._site, self._browser_seals)
        if browser is None:
            self._limits.count_stranger(address_of(scope), "sign-in")
        else:
            self._limits.count_browser(browser)

    async def _recognised(self, scope: Scope, headers: Headers) -> Caller:
        """Who asks. A secret that has let nobody in here before counts against its address before it is looked up."""
        kind, secret = self._secret(scope, headers)
        if secret is None:
            raise self._nobody(kind)
        if not self._callers.is_familiar(kind, secret):
            self._limits.count_stranger(address_of(scope), "let-in")
        caller = await self._callers.of(kind, secret)
        if caller is None:
            raise self._nobody(kind)
        self._limits.count_person(caller.user_id)
        return caller

    def _secret(self, scope: Scope, headers: Headers) -> tuple[Kind, str | None]:
        authorization = headers.get("authorization")
        if authorization is None:
            return "cookie", cookies.secret_in(headers, scope, self._site)
        scheme, _, secret = authorization.partition(" ")
        return "token", secret.strip() if scheme.lower() == "bearer" else None

    def _nobody(self, kind: Kind) -> Problem:
        if kind == "cookie":
            sentence, challenge = "Sign in first.", CHALLENGE
        else:
            sentence = "This token lets nobody in, or not any more."
            challenge = f'{CHALLENGE}, error="invalid_token"'
        headers = {"WWW-Authenticate": challenge}
        return Problem(HTTPStatus.UNAUTHORIZED, sentence, headers=headers, also={"auth": self._auth})

    def _is_foreign(self, headers: Headers) -> bool:
        """Whether a browser says that another site's page has sent it."""
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return True
        origin = headers.get("origin")
        return origin is not None and not self._site.is_own(origin, headers)

    def _comes_from_own_page(self, headers: Headers) -> bool:
        """Whether a browser says that our own page has sent it; call after _is_foreign."""
        return headers.get("sec-fetch-site") == "same-origin" or headers.get("origin") is not None


def is_for_everybody(path: str) -> bool:
    """Whether an address answers who has not signed in."""
    return path in EVERYBODY or path.startswith(EVERYBODY_BELOW)


def _is_dry_run(scope: Scope) -> bool:
    """Whether it is the one POST that changes nothing, unmistakably."""
    parts = scope["path"].split("/")
    if len(parts) != 4 or (parts[1], parts[3]) != ("positions", "evaluate"):
        return False
    asked = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    return asked.get("dry_run") == ["true"]


def _beyond_its_scope() -> Problem:
    challenge = f'{CHALLENGE}, error="insufficient_scope", scope="trade"'
    return Problem(
        HTTPStatus.FORBIDDEN,
        "This token may read, and nothing else.",
        kind="insufficient-scope",
        headers={"WWW-Authenticate": challenge},
    )

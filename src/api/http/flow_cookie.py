"""The cookie that ties a sign-in's end to the browser in which it was begun; for ten minutes, and for one end."""

import hmac
from dataclasses import dataclass
from urllib.parse import quote, unquote

from fastapi import Response
from starlette.datastructures import Headers
from starlette.types import Scope

from api.http.cookies import value_of
from api.http.site import Site
from application.ports.issuer import Flow

SECURE, ON_THIS_MACHINE = "__Host-ballast-flow", "ballast-flow"
LASTS_SECONDS = 600
PARTS = 4


@dataclass(frozen=True, slots=True)
class BegunFlow:
    """A flow, and the page to go to at its end."""

    flow: Flow
    next: str

    def is_of(self, state: str) -> bool:
        """Whether it is the flow that comes back under this state."""
        return hmac.compare_digest(self.flow.state.encode(), state.encode())


def put(response: Response, scope: Scope, site: Site, flow: Flow, next_page: str) -> None:
    """Have the browser keep a flow. It comes back from another site, so Lax: by a link, and in no form."""
    response.set_cookie(
        _name(site, scope),
        ":".join((flow.state, flow.nonce, flow.verifier, quote(next_page, safe=""))),
        max_age=LASTS_SECONDS,
        path="/",
        secure=site.is_secure(scope),
        httponly=True,
        samesite="lax",
    )


def found(headers: Headers, scope: Scope, site: Site) -> BegunFlow | None:
    """The flow that the browser is in."""
    parts = (value_of(headers, _name(site, scope)) or "").split(":")
    if len(parts) != PARTS or not all(parts):
        return None
    state, nonce, verifier, next_page = parts
    return BegunFlow(Flow(state, nonce, verifier), unquote(next_page))


def take_away(response: Response, scope: Scope, site: Site) -> None:
    """Have the browser forget it."""
    secure = site.is_secure(scope)
    response.delete_cookie(_name(site, scope), path="/", secure=secure, httponly=True, samesite="lax")


def _name(site: Site, scope: Scope) -> str:
    return SECURE if site.is_secure(scope) else ON_THIS_MACHINE

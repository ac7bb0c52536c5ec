"""The cookie of a browser in which somebody has signed in before. It lets nobody in: it has tries of its own."""

from datetime import timedelta

from fastapi import Response
from starlette.datastructures import Headers
from starlette.types import Scope

from adapters.seals.browser import BrowserSeals
from api.http.cookies import value_of
from api.http.site import Site

SECURE, ON_THIS_MACHINE = "__Host-ballast-browser", "ballast-browser"
LASTS = timedelta(days=180)


def found(headers: Headers, scope: Scope, site: Site, seals: BrowserSeals, name: str) -> str | None:
    """The id of a browser in which the person of this name has signed in."""
    value = value_of(headers, _name(site, scope))
    return None if value is None else seals.browser_of(value, name)


def known(headers: Headers, scope: Scope, site: Site, seals: BrowserSeals) -> str | None:
    """The id of a browser in which anybody has signed in."""
    value = value_of(headers, _name(site, scope))
    return None if value is None else seals.id_of(value)


def put(response: Response, scope: Scope, site: Site, seals: BrowserSeals, name: str) -> None:
    """Have the browser keep one, from a sign-in of this name on."""
    value = seals.new(name)
    if value is not None:
        keep(response, scope, site, value)


def keep(response: Response, scope: Scope, site: Site, value: str) -> None:
    """Have the browser keep this one."""
    response.set_cookie(
        _name(site, scope),
        value,
        max_age=int(LASTS.total_seconds()),
        path="/",
        secure=site.is_secure(scope),
        httponly=True,
        samesite="strict",
    )


def _name(site: Site, scope: Scope) -> str:
    return SECURE if site.is_secure(scope) else ON_THIS_MACHINE

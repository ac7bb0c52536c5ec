"""The cookie that a browser is signed in with."""

from fastapi import Response
from pydantic import SecretStr
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.types import Scope

from api.http.site import Site
from domain.access.sign_in import LASTING

SECURE, ON_THIS_MACHINE = "__Host-ballast", "ballast"
"""The first a browser takes over TLS only, from this very host, for all of it; nobody else can put one there."""


def secret_in(headers: Headers, scope: Scope, site: Site) -> str | None:
    """The sign-in's secret that a request brings."""
    return value_of(headers, name_of_cookie(site, scope))


def value_of(headers: Headers, name: str) -> str | None:
    """What a cookie says, None without it."""
    for header in headers.getlist("cookie"):
        found = cookie_parser(header).get(name)
        if found:
            return found
    return None


def put(response: Response, scope: Scope, site: Site, secret: SecretStr) -> None:
    """Have a browser keep the secret: for no script to read, and for no other site to send."""
    response.set_cookie(
        name_of_cookie(site, scope),
        secret.get_secret_value(),
        max_age=int(LASTING.total_seconds()),
        path="/",
        secure=site.is_secure(scope),
        httponly=True,
        samesite="strict",
    )


def take_away(response: Response, scope: Scope, site: Site) -> None:
    """Have a browser forget the secret."""
    response.delete_cookie(
        name_of_cookie(site, scope),
        path="/",
        secure=site.is_secure(scope),
        httponly=True,
        samesite="strict",
    )


def name_of_cookie(site: Site, scope: Scope) -> str:
    """What the cookie is called here."""
    return SECURE if site.is_secure(scope) else ON_THIS_MACHINE

"""What browsers are told with every answer: load nothing from elsewhere, be framed by nobody, guess no types."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.site import Site

DATA = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""An answer is data. Whoever has a browser show one as a document gets one that loads and does nothing."""

PAGE = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'none'"
)
"""The page loads what lies beside it, and obeys no script or style that stands in a document."""

DOCUMENTATION = (
    "default-src 'none'; connect-src 'self'; img-src 'self' data: https:; style-src 'unsafe-inline' https:;"
    " script-src 'unsafe-inline' https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""FastAPI's pages load their scripts from the net; they are there in open mode only, where no cookie can be stolen."""

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TLS_ONLY = "max-age=31536000"
"""For a year a browser does not even try plain HTTP; other names below this one are others' to decide."""


class SecurityHeaders:
    """Adds to each answer what it does not say itself."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._tell(scope, MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, telling)

    def _tell(self, scope: Scope, headers: MutableHeaders) -> None:
        path = scope["path"]
        for name, value in ALWAYS.items():
            headers.setdefault(name, value)
        headers.setdefault("Content-Security-Policy", _policy(path))
        if not path.startswith("/ui"):
            headers.setdefault("Cache-Control", "no-store")
        if self._site.is_over_tls(scope):
            headers.setdefault("Strict-Transport-Security", TLS_ONLY)


def _policy(path: str) -> str:
    if path.startswith("/ui"):
        return PAGE
    return DOCUMENTATION if path in ("/docs", "/redoc") else DATA

"""How this Ballast is reached: its own origin, and from where it is asked."""

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from api.http.loopback import is_loopback, name_of
from domain.access.sign_in import CameFrom

IPV6_PREFIX = 64
"""Whoever has one address of such a network has all of them."""


@dataclass(frozen=True, slots=True)
class Site:
    """``public_url`` is where people find it behind a proxy; without it each request's own Host is believed."""

    public_url: str | None = None

    def is_own(self, origin: str, headers: Headers) -> bool:
        """Whether a page of this origin is ours."""
        try:
            asked = urlsplit(origin)
            if self.public_url is None:
                return asked.netloc != "" and asked.netloc.lower() == headers.get("host", "").lower()
            own = urlsplit(self.public_url)
            return (asked.scheme, asked.hostname, _port(asked.scheme, asked.port)) == (
                own.scheme,
                own.hostname,
                _port(own.scheme, own.port),
            )
        except ValueError:
            return False

    def is_over_tls(self, scope: Scope) -> bool:
        """Whether a browser has reached it over TLS."""
        if self.public_url is not None:
            return self.public_url.startswith("https://")
        return bool(scope.get("scheme") == "https")

    def is_secure(self, scope: Scope) -> bool:
        """Whether a cookie goes over TLS only: always, but for this machine itself."""
        if self.public_url is not None or self.is_over_tls(scope):
            return self.is_over_tls(scope)
        return not is_loopback(name_of(Headers(scope=scope).get("host", "")))


def address_of(scope: Scope) -> str:
    """The network that a request comes from, as far as it can be told from its neighbours."""
    client = scope.get("client")
    host = str(client[0]) if client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return host
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), IPV6_PREFIX), strict=False))


def came_from(scope: Scope) -> CameFrom:
    """What kind of address a request comes from."""
    client = scope.get("client")
    try:
        address = ip_address(str(client[0]) if client else "")
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    if address.is_loopback:
        return "machine"
    return "network" if address.is_private else "internet"


def _port(scheme: str, port: int | None) -> int | None:
    return port or {"http": 80, "https": 443}.get(scheme)

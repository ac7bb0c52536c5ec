"""Which addresses may be connected to when a person's configuration names a host.

A public address is reached over TLS. Everything else (private, loopback, link-local, reserved, multicast, and such in
disguise) is the operator's to allow, by network or by place; plain HTTP goes to nothing but what is allowed so.
"""

from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Self

VARIABLE = "BALLAST_OUTBOUND_ALLOW"

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

NAT64 = IPv6Network("64:ff9b::/96")  # an IPv4 address in its last 32 bits (RFC 6052)
TUNNELS = (IPv6Network("2002::/16"), IPv6Network("2001::/32"))  # 6to4 and Teredo end at an IPv4 address too
SPECIAL = (IPv4Network("192.88.99.0/24"), IPv4Network("192.0.0.0/24"))  # what Python 3.11 takes for public


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """What the operator allows beyond public addresses over TLS: networks, and places by name and port."""

    networks: tuple[Network, ...] = ()
    places: frozenset[tuple[str, int]] = field(default_factory=frozenset)

    @classmethod
    def parse(cls, text: str | None) -> Self:
        """Read ``10.0.0.0/8, nas.local:8080``. Raises ValueError, in one sentence."""
        networks, places = list[Network](), set[tuple[str, int]]()
        for item in filter(None, (each.strip() for each in (text or "").split(","))):
            try:
                networks.append(ip_network(item))
            except ValueError:
                places.add(_place(item))
        return cls(tuple(networks), frozenset(places))

    def written(self) -> str:
        """The policy as ``parse`` reads it."""
        places = [f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host, port in self.places]
        return ", ".join([*map(str, self.networks), *sorted(places)])

    def refusal(self, host: str, port: int, address: str, *, sealed: bool) -> str | None:
        """Why an address of a host must not be connected to, None when it may; ``sealed`` is over TLS."""
        if (host.lower().rstrip("."), port) in self.places:
            return None
        target = _undisguised(ip_address(address))
        if any(target in network for network in self.networks):
            return None
        if not _is_public(target):
            return f"{host} is at {address}, which is no public address; {VARIABLE} does not allow it"
        if not sealed:
            return f"{host} is reached over plain HTTP; use https, or allow it in {VARIABLE}"
        return None


def _place(item: str) -> tuple[str, int]:
    host, colon, port = item.rpartition(":")
    host = host.removeprefix("[").removesuffix("]").lower().rstrip(".")
    if not colon or not host or "/" in host or not port.isascii() or not port.isdigit():
        raise ValueError(f"{VARIABLE}: {item} is neither a network such as 10.0.0.0/8 nor a host:port")
    if not 0 < int(port) < 65536:
        raise ValueError(f"{VARIABLE}: {port} in {item} is no port")
    return host, int(port)


def _undisguised(address: Address) -> Address:
    """The IPv4 address that an IPv6 one only carries."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _is_public(address: Address) -> bool:
    if isinstance(address, IPv6Address) and (address.is_site_local or _within(address, TUNNELS)):
        return False
    odd = address.is_multicast or address.is_reserved or address.is_unspecified or _within(address, SPECIAL)
    return address.is_global and not odd


def _within(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address in network for network in networks)

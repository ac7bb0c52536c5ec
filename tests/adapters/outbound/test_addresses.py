"""Which addresses may be connected to: public ones over TLS, and what the operator allows."""

from ipaddress import IPv4Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.outbound.addresses import AddressPolicy

NOTHING = AddressPolicy()
PUBLIC = ("93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c")
INWARD = (
    "127.0.0.1", "127.255.255.254", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "0.0.0.0", "255.255.255.255", "224.0.0.1", "240.0.0.1", "192.0.0.8", "192.88.99.1", "198.18.0.1", "203.0.113.9",  # noqa: S104
    "::1", "::", "fe80::1", "fe80::1%lo", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1", "100::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1",
    "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe",
)  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_reached_over_tls(address: str) -> None:
    assert NOTHING.refusal("prices.example", 443, address, sealed=True) is None


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_not_reached_over_plain_http(address: str) -> None:
    assert "https" in str(NOTHING.refusal("prices.example", 80, address, sealed=False))


@pytest.mark.parametrize("address", INWARD)
def test_an_address_that_leads_inward_is_refused_whatever_its_disguise(address: str) -> None:
    assert "no public address" in str(NOTHING.refusal("prices.example", 443, address, sealed=True))


@given(
    network=st.sampled_from(
        ["10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"]
    ),
    bits=st.integers(0, 2**32 - 1),
    disguise=st.sampled_from(["{}", "::ffff:{}", "64:ff9b::{}", "::{}"]),
)
def test_no_private_address_is_ever_reached(network: str, bits: int, disguise: str) -> None:
    private = ip_network(network)
    inside = IPv4Address(int(private.network_address) | (bits & int(private.hostmask)))
    assert NOTHING.refusal("x.example", 443, disguise.format(inside), sealed=True) is not None


def test_the_operator_allows_networks_and_places() -> None:
    policy = AddressPolicy.parse("10.0.0.0/8, nas.local:8080, 192.168.1.9,[::1]:9000")
    assert policy.refusal("any", 80, "10.1.2.3", sealed=False) is None
    assert policy.refusal("any", 80, "::ffff:10.1.2.3", sealed=False) is None
    assert policy.refusal("NAS.local.", 8080, "192.168.1.1", sealed=False) is None
    assert policy.refusal("nas.local", 8081, "192.168.1.1", sealed=True) is not None
    assert policy.refusal("any", 80, "192.168.1.9", sealed=False) is None
    assert policy.refusal("any", 80, "192.168.1.8", sealed=True) is not None
    assert policy.refusal("::1", 9000, "::1", sealed=False) is None


@pytest.mark.parametrize("nothing", [None, "", " , "])
def test_nothing_allowed_is_nothing_allowed(nothing: str | None) -> None:
    assert AddressPolicy.parse(nothing) == NOTHING


@pytest.mark.parametrize(
    "wrong", ["nas.local", "10.0.0.1/8", ":80", "a:0", "a:70000", "a:８０", "http://a:80"]
)
def test_what_cannot_be_read_is_said_by_name(wrong: str) -> None:
    with pytest.raises(ValueError, match="BALLAST_OUTBOUND_ALLOW: "):
        AddressPolicy.parse(wrong)


@pytest.mark.parametrize("text", ["", "10.0.0.0/8", "192.168.1.9, nas.local:8080, [::1]:9000, fd00::/8"])
def test_a_policy_is_read_as_it_is_written(text: str) -> None:
    policy = AddressPolicy.parse(text)
    assert AddressPolicy.parse(policy.written()) == policy

"""One question to a host that a configuration names: checked after the name is resolved, bounded, never redirected."""

import gzip
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from adapters.outbound.addresses import AddressPolicy
from adapters.outbound.client import NotAllowed, Outbound, TooMuch, Unanswered
from provider_server.certificate import certificate_for
from provider_server.door import Asked, Door, Reply

LOOPBACK = AddressPolicy.parse("127.0.0.1")
PATIENCE_SECONDS = 60.0
"""Far more than any call here is given: whoever ends by then has not waited for the server."""

Serve = Callable[[Reply], Door]


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as open_doors:
        yield lambda reply: open_doors.enter_context(Door(lambda _: reply))


@pytest.fixture
def outbound() -> Iterator[Outbound]:
    with Outbound(LOOPBACK, body_bytes_max=1_000) as outbound:
        yield outbound


def answering(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """A name server for ``rebound.example``: each question gets the next answer, the last one for ever."""
    true, waiting, questions = socket.getaddrinfo, list(answers), list[str]()

    def resolve(host: str, port: int, *rest: Any, **options: Any) -> list[Any]:
        if host != "rebound.example":
            return list(true(host, port, *rest, **options))
        questions.append(host)
        addresses = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return questions


def test_what_is_asked_is_sent_and_what_comes_is_answered(serve: Serve, outbound: Outbound) -> None:
    door = serve(Reply(404, b"no such thing", {"Retry-After": "7"}))
    answer = outbound.ask("POST", f"{door.url}/a?b=c", {"X-Key": "k"}, b"hello")
    assert (answer.status, answer.body, answer.headers["retry-after"]) == (404, b"no such thing", "7")
    asked = door.asked[0]
    assert (asked.method, asked.path, asked.query, asked.content) == ("POST", "/a", {"b": "c"}, b"hello")
    assert (asked.headers["x-key"], asked.headers["host"]) == ("k", f"127.0.0.1:{door.port}")


def test_a_private_address_is_refused_before_anything_is_sent(serve: Serve) -> None:
    door = serve(Reply())
    with Outbound(AddressPolicy()) as strict, pytest.raises(NotAllowed, match=r"127\.0\.0\.1"):
        strict.ask("GET", door.url)
    assert door.asked == []


@pytest.mark.parametrize("spelling", ["2130706433", "0x7f.1", "127.1", "localhost", "[::ffff:127.0.0.1]"])
def test_an_odd_spelling_of_loopback_is_refused_too(serve: Serve, spelling: str) -> None:
    door = serve(Reply())
    with Outbound(AddressPolicy()) as strict, pytest.raises(NotAllowed):
        strict.ask("GET", f"https://{spelling}:{door.port}/")
    assert door.asked == []


def test_a_name_is_resolved_once_and_connected_to_where_it_was_checked(
    serve: Serve, outbound: Outbound, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = serve(Reply(content=b"checked"))
    questions = answering(monkeypatch, ["127.0.0.1"], ["127.0.0.2"])
    assert outbound.ask("GET", f"http://rebound.example:{door.port}/").body == b"checked"
    assert len(questions) == 1


def test_a_name_with_one_address_that_leads_inward_is_refused_whole(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = serve(Reply())
    answering(monkeypatch, ["8.8.8.8", "127.0.0.1"])
    with (
        Outbound(AddressPolicy()) as strict,
        pytest.raises(NotAllowed, match=r"rebound\.example is at 127\.0\.0\.1"),
    ):
        strict.ask("GET", f"https://rebound.example:{door.port}/")
    assert door.asked == []


def test_plain_http_goes_only_where_it_is_allowed(
    monkeypatch: pytest.MonkeyPatch, outbound: Outbound
) -> None:
    answering(monkeypatch, ["8.8.8.8"])
    with pytest.raises(NotAllowed, match="plain HTTP"):
        outbound.ask("GET", "http://rebound.example/")


def test_a_name_server_that_hangs_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, serve: Serve, outbound: Outbound
) -> None:
    door = serve(Reply())

    def hang(*_: Any, **__: Any) -> list[Any]:
        door.closing.wait(PATIENCE_SECONDS)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    began = time.monotonic()
    with pytest.raises(Unanswered, match="in time"):
        outbound.ask("GET", "http://slow.example/", seconds_max=0.2)
    assert time.monotonic() - began < PATIENCE_SECONDS


def test_a_redirect_is_answered_and_not_followed(serve: Serve, outbound: Outbound) -> None:
    inner = serve(Reply(content=b"secret"))
    outer = serve(Reply(302, b"", {"location": inner.url}))
    answer = outbound.ask("GET", outer.url)
    assert (answer.status, answer.body) == (302, b"")
    assert inner.asked == []


@pytest.mark.parametrize("manner", ["hang", "trickle", "trickle_headers"])
def test_one_deadline_holds_for_the_whole_call(serve: Serve, outbound: Outbound, manner: Any) -> None:
    """At a twentieth of a second for each byte the answer would take minutes."""
    door = serve(Reply(content=b" " * 900, headers={"x-long": "y" * 2_000}, manner=manner))
    began = time.monotonic()
    with pytest.raises(Unanswered, match="1 did not answer in time"):
        outbound.ask("GET", door.url, seconds_max=0.3)
    assert time.monotonic() - began < PATIENCE_SECONDS


def test_half_an_answer_is_none(serve: Serve, outbound: Outbound) -> None:
    door = serve(Reply(content=b"[" + b"1," * 100 + b"1]", manner="cut"))
    with pytest.raises(Unanswered, match="failed"):
        outbound.ask("GET", door.url)


def test_a_port_that_nobody_listens_on_is_no_answer(serve: Serve, outbound: Outbound) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(Unanswered, match="ConnectError"):
            outbound.ask("GET", f"http://127.0.0.1:{taken.getsockname()[1]}/")


def test_more_than_was_asked_for_is_not_read(serve: Serve, outbound: Outbound) -> None:
    assert len(outbound.ask("GET", serve(Reply(content=b"x" * 1_000)).url).body) == 1_000
    with pytest.raises(TooMuch, match="more than 1000 bytes"):
        outbound.ask("GET", serve(Reply(content=b"x" * 1_001)).url)


def test_a_packed_answer_is_not_unpacked(serve: Serve, outbound: Outbound) -> None:
    packed = gzip.compress(b"0" * 1_000_000)
    with pytest.raises(TooMuch, match="packed"):
        outbound.ask("GET", serve(Reply(content=packed[:900], headers={"content-encoding": "gzip"})).url)


@pytest.mark.parametrize(
    "wrong", ["ftp://a.example/", "prices.example", "https://", "https://me:pw@a.example/", "//a"]
)
def test_what_is_no_address_is_said_without_repeating_it(outbound: Outbound, wrong: str) -> None:
    with pytest.raises(ValueError, match="ddress") as refused:
        outbound.ask("GET", wrong)
    assert "pw" not in str(refused.value)


def test_a_failure_never_tells_the_query(serve: Serve, outbound: Outbound) -> None:
    door = serve(Reply(manner="hang"))
    with pytest.raises(Unanswered) as silent:
        outbound.ask("GET", f"{door.url}/?apikey=hidden", seconds_max=0.1)
    assert "hidden" not in str(silent.value)


def test_neither_a_proxy_nor_a_netrc_of_the_environment_is_used(
    serve: Serve, outbound: Outbound, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    proxy, door = serve(Reply(content=b"proxy")), serve(Reply(content=b"true"))
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password pw\n")
    monkeypatch.setenv("HTTP_PROXY", proxy.url)
    monkeypatch.setenv("http_proxy", proxy.url)
    monkeypatch.setenv("NETRC", str(netrc))
    assert outbound.ask("GET", door.url).body == b"true"
    assert "authorization" not in door.asked[0].headers


def test_connections_are_used_again_and_each_call_has_its_own_deadline(
    serve: Serve, outbound: Outbound
) -> None:
    lines = set[int]()

    def note(asked: Asked) -> Reply:
        return Reply(content=str(asked.query).encode())

    with Door(note) as door:
        for number in range(3):
            outbound.ask("GET", f"{door.url}/?n={number}", seconds_max=5)
            lines.update(id(each) for each in outbound._pool.connections)
    assert len(lines) == 1


def test_tls_is_held_to_the_name_and_not_to_the_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, trusted = certificate_for("rebound.example", tmp_path)
    answering(monkeypatch, ["127.0.0.1"])
    with Door(lambda _: Reply(content=b"sealed"), context) as door:
        with Outbound(LOOPBACK) as stranger, pytest.raises(Unanswered):
            stranger.ask("GET", f"https://rebound.example:{door.port}/")
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        with Outbound(LOOPBACK) as friend:
            assert friend.ask("GET", f"https://rebound.example:{door.port}/").body == b"sealed"
            with pytest.raises(Unanswered):
                friend.ask("GET", f"https://127.0.0.1:{door.port}/")

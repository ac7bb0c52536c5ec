"""Messages that go out by the real library, in a process of its own, to local servers that speak the real protocols."""

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.notifiers.apprise_sender import TOO_SLOW, AppriseSender
from adapters.outbound.addresses import AddressPolicy
from channel_servers.mail import MailServer
from domain.notifications.message import Message
from examples import eventually
from provider_server.door import Asked, Door, Reply

MESSAGE = Message(
    "CRITICAL", "Ballast: Portfolio frozen", "Example: Froze the portfolio: <b>a</b> price of 1 £."
)

Serve = Callable[[Reply], Door]


@pytest.fixture
def serve() -> Iterator[Serve]:
    with ExitStack() as open_doors:
        yield lambda reply: open_doors.enter_context(Door(lambda _: reply))


def sender(*allowed: str, seconds_max: float = 60.0) -> AppriseSender:
    """Sends to public addresses, and to these places and networks."""
    return AppriseSender(lambda: AddressPolicy.parse(", ".join(allowed)), seconds_max)


def send(url: str, *allowed: str) -> str | None:
    return sender(*allowed).send(SecretStr(url), MESSAGE)


def place(door: Door | MailServer) -> str:
    return f"127.0.0.1:{door.port}"


def only(door: Door) -> Asked:
    (asked,) = door.asked
    return asked


def test_a_webhook_gets_json(serve: Serve) -> None:
    door = serve(Reply())
    assert send(f"json://anna:secret@{place(door)}/hook", place(door)) is None
    asked = only(door)
    sent = json.loads(asked.content)
    assert (asked.method, asked.path) == ("POST", "/hook")
    assert (sent["title"], sent["message"], sent["type"]) == (MESSAGE.title, MESSAGE.body, "failure")
    assert asked.headers["authorization"] == f"Basic {b64encode(b'anna:secret').decode()}"


def test_ntfy_gets_a_message_on_its_topic(serve: Serve) -> None:
    door = serve(Reply(content=b'{"id":"x"}'))
    assert send(f"ntfy://{place(door)}/my-topic", place(door)) is None
    sent = json.loads(only(door).content)
    assert (sent["topic"], sent["title"], sent["message"]) == ("my-topic", MESSAGE.title, MESSAGE.body)


def test_a_mail_server_gets_a_mail() -> None:
    with MailServer() as server:
        url = f"mailto://{place(server)}/?from=ballast@mail.test&to=anna@mail.test"
        assert send(url, place(server)) is None
        (left,) = server.left
    assert (left.sender, left.recipients) == ("ballast@mail.test", ["anna@mail.test"])
    assert left.message["subject"] == MESSAGE.title
    body = left.message.get_body(("html", "plain"))
    assert body is not None
    assert body.get_content().strip() == MESSAGE.body


def test_an_address_may_be_looked_at_without_anything_being_sent(serve: Serve) -> None:
    door = serve(Reply())
    assert sender(place(door)).objection(SecretStr(f"json://{place(door)}/")) is None
    assert sender().objection(SecretStr("tgram://no-token")) == "This is no address of a tgram channel."
    assert door.asked == []


def test_a_private_address_is_refused_by_number_and_by_name(serve: Serve) -> None:
    """No connection is opened, and what is allowed is allowed by its own name only."""
    door = serve(Reply())
    for url, allowed in (
        (f"json://{place(door)}/", ""),
        (f"json://localhost:{door.port}/", place(door)),
        (f"ntfy://localhost:{door.port}/topic", ""),
        (f"mailto://localhost:{door.port}/?from=a@mail.test&to=b@mail.test", ""),
        ("jsons://169.254.169.254/latest/meta-data", ""),
        ("jsons://[::ffff:10.0.0.1]/", ""),
    ):
        assert "which is no public address" in str(send(url, allowed)), url
    assert door.asked == []


def test_what_is_not_sealed_goes_to_what_is_allowed_only() -> None:
    """It is refused before anything leaves, also where only a detail of the address says so."""
    for url in ("json://1.1.1.1/", "mailtos://1.1.1.1/?mode=insecure&from=a@mail.test&to=b@mail.test"):
        assert "plain" in str(send(url)), url


@pytest.mark.parametrize("allow_target", [False, True])
def test_a_redirect_leads_nowhere(serve: Serve, allow_target: bool) -> None:
    """Neither to a private address nor to one that would be allowed, though the address asks for redirects."""
    target = serve(Reply())
    door = serve(Reply(307, headers={"location": f"{target.url}/"}))
    allowed = [place(door), *([place(target)] if allow_target else [])]
    assert send(f"json://{place(door)}/?redirect=yes", *allowed) is not None
    assert len(door.asked) == 1
    assert target.asked == []


def test_a_refusal_is_told_by_its_status_alone(serve: Serve) -> None:
    door = serve(Reply(401, b'{"error":"topic-secret is not yours"}'))
    problem = send(f"ntfy://anna:hidden@{place(door)}/topic-secret", place(door))
    assert problem == "The service refused it with status 401."


def test_a_file_of_this_machine_is_never_part_of_a_message(tmp_path: Path) -> None:
    template = tmp_path / "template.json"
    template.write_text('{"text": "a secret of the host"}')
    for scheme in (
        "tgram://123456789:abcdefghij_klmnopqrstuvwxyzABCDEFG/12345",
        "discord://4174216298/JHMHI8qBe7bk2ZwO5U",
    ):
        assert (
            send(f"{scheme}?template={template}")
            == "A channel must neither read nor write files of this machine."
        )


def test_a_service_that_hangs_is_left_and_the_process_is_gone(serve: Serve) -> None:
    door = serve(Reply(manner="hang"))
    slow = sender(place(door), seconds_max=5.0)
    assert slow.send(SecretStr(f"json://{place(door)}/?rto=1000&cto=1000"), MESSAGE) == TOO_SLOW
    assert senders() == []


def test_no_secret_is_seen_from_outside(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the address nor what else this program knows stands among the arguments or in the environment."""
    monkeypatch.setenv("BALLAST_SEALING_KEY", "a secret of the program")
    door = serve(Reply(manner="hang"))
    with ThreadPoolExecutor() as threads:
        url = f"json://anna:hidden@{place(door)}/?rto=1000"
        sending = threads.submit(sender(place(door), seconds_max=20.0).send, SecretStr(url), MESSAGE)
        eventually(lambda: door.asked)
        (process,) = senders()
        seen = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        door.closing.set()
        sending.result()
    assert b"adapters.notifiers.send" in seen
    for secret in (b"hidden", b"a secret of the program", b"127.0.0.1", b"BALLAST"):
        assert secret not in seen


def senders() -> list[Path]:
    """The processes of ours that send."""
    children = [
        Path("/proc") / child
        for task in Path("/proc/self/task").glob("*/children")
        for child in task.read_text().split()
    ]
    return [each for each in children if b"adapters.notifiers.send" in (each / "cmdline").read_bytes()]

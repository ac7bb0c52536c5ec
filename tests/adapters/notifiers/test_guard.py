"""What the process that sends may not do, whatever a plugin or an address makes it try."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

import adapters

INSTALL = (
    "import os, socket, subprocess, sys\n"
    "from adapters.notifiers.guard import Guard, Refused\n"
    "from adapters.outbound.addresses import AddressPolicy\n"
    "guard = Guard(AddressPolicy.parse({allow!r}), sealed=True)\n"
    "guard.install()\n"
    "try:\n"
    "    {attempt}\n"
    "except Refused as refused:\n"
    "    assert str(refused) == guard.refusal\n"
    "    print('refused:', refused)\n"
    "else:\n"
    "    print('done')\n"
)


def attempted(attempt: str, allow: str = "") -> str:
    """What becomes of an attempt in a process with a guard."""
    program = INSTALL.format(allow=allow, attempt=attempt)
    here = str(Path(adapters.__file__).parents[1])
    command, environment = [sys.executable, "-P", "-B", "-c", program], {"PYTHONPATH": here}
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return ended.stdout.strip()


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('127.0.0.1', 80))",
        "socket.create_connection(('localhost', 80))",
        "socket.create_connection(('10.1.2.3', 443))",
        "socket.create_connection(('169.254.169.254', 80))",
        "socket.socket(socket.AF_INET6).connect(('::ffff:192.168.0.1', 443))",
        "socket.socket(socket.AF_INET6).connect_ex(('fe80::1', 443, 0, 0))",
    ],
)
def test_a_private_address_is_not_connected_to(attempt: str) -> None:
    assert "no public address" in attempted(attempt)


def test_a_name_is_not_connected_to_before_its_address_was_seen() -> None:
    assert "by its name" in attempted("socket.socket().connect(('localhost', 80))")


def test_what_is_allowed_is_connected_to_and_nothing_beside_it() -> None:
    """The place that is allowed, by its own name only, and no other port of it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        allow = f"127.0.0.1:{port}"
        assert attempted(f"socket.create_connection(('127.0.0.1', {port}))", allow) == "done"
        assert attempted(f"socket.create_connection(('localhost', {port}))", f"localhost:{port}") == "done"
        assert "refused" in attempted(f"socket.create_connection(('localhost', {port}))", allow)
        assert "refused" in attempted(
            f"socket.create_connection(('127.0.0.1', {port}))", f"127.0.0.1:{port + 1}"
        )


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socket(socket.AF_UNIX).connect('/run/some.sock')",
        "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('8.8.8.8', 53))",
        "socket.socket(type=socket.SOCK_DGRAM).bind(('127.0.0.1', 0))",
        "subprocess.run(['true'])",
        "os.system('true')",
        "os.fork() or os._exit(0)",
        "os.posix_spawn('/bin/true', ['true'], {})",
    ],
)
def test_no_socket_of_this_machine_no_datagram_and_no_other_program(attempt: str) -> None:
    assert attempted(attempt).startswith("refused: A channel must not ")


def test_no_file_is_read_or_written_but_pythons_own(tmp_path: Path) -> None:
    secret, linked = tmp_path / "secret", tmp_path / "linked"
    secret.write_text("a secret")
    linked.symlink_to(secret)
    library = Path(subprocess.__file__)
    for attempt in (
        f"open('{secret}').read()",
        f"open('{linked}').read()",
        f"open('{library.parent}/../../../../../../../{secret}').read()",
        f"os.open('{secret}', os.O_RDONLY)",
        f"open('{tmp_path}/new', 'w')",
        f"open('{library}', 'a')",
        "open('/etc/passwd').read()",
        "open('/proc/self/environ').read()",
    ):
        assert "files of this machine" in attempted(attempt), attempt
    assert attempted(f"open('{library}').read()") == "done"
    assert not (tmp_path / "new").exists()
